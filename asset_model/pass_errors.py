"""The catalogue's part on passes along streets: English, then French."""

PASS_SENTENCES: dict[str, tuple[str, str]] = {
    "pass_no_line": (
        "A pass is made along a street: “{tag}” is none, or has no line on the map.",
        "Un passage se fait dans une rue : « {tag} » n’en est pas une, ou n’a pas de ligne.",
    ),
    "pass_no_stretch": (
        "A pass goes from a smaller measure to a greater one, not from {from_m} to {to_m} m.",
        "Un passage va d’une mesure à une plus grande, et non de {from_m} à {to_m} m.",
    ),
    "pass_no_material": (
        "Say what was spread: salt, sand or a mix.",
        "Dites ce qui a été épandu : sel, abrasif ou mélange.",
    ),
    "pass_not_yours": (
        "Only who told of a pass, or a foreman, takes it back.",
        "Seul celui qui a noté un passage, ou un contremaître, peut l’annuler.",
    ),
    "pass_of_another": (
        "A pass is taken back by its like: on the same street, and not twice over.",
        "Un passage s’annule par son pareil : sur la même rue, et jamais en double.",
    ),
}
