"""The catalogue's part on street closures: English, then French."""

CLOSURE_SENTENCES: dict[str, tuple[str, str]] = {
    "closure_no_line": (
        "Only a street can be closed: “{tag}” is none, or has no line on the map.",
        "On ne ferme qu’une rue : « {tag} » n’en est pas une, ou n’a pas de ligne sur la carte.",
    ),
    "closure_no_street": (
        "There is no street near this work on this tablet: say in the notes what is closed.",
        "Aucune rue près de ce travail sur cette tablette : notez dans l’ordre ce qui est fermé.",
    ),
    "closure_no_stretch": (
        "A closure goes from a smaller measure to a greater one, not from {from_m} to {to_m} m.",
        "Une fermeture va d’une mesure à une plus grande, et non de {from_m} à {to_m} m.",
    ),
    "closure_backwards": (
        "A closure ends after it has begun: {begins_at} to {ends_at}.",
        "Une fermeture finit après avoir commencé : {begins_at} à {ends_at}.",
    ),
    "closure_lifted": (
        "This closure has been lifted. If the street is closed again, make a new one.",
        "Cette fermeture est levée. Si la rue est refermée, faites-en une nouvelle.",
    ),
    "closure_unknown": (
        "There is no closure “{closure}”.",
        "Il n’y a pas de fermeture « {closure} ».",
    ),
    "order_unknown": (
        "There is no work order “{order}”.",
        "Il n’y a pas de bon de travail « {order} ».",
    ),
}
