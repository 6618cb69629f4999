"""The catalogue's part on a crew's work: time that runs, orders handed over, tags that are read."""

FIELD_SENTENCES: dict[str, tuple[str, str]] = {
    "time_ran_too_long": (
        "The time has run for more than {hours} h. Forget it, and write the hours yourself.",
        "Le temps court depuis plus de {hours} h. Oubliez-le et écrivez les heures vous-même.",
    ),
    "tags_unknown": (
        "There is no asset here for: {tags}.",
        "Il n’y a pas d’actif ici pour : {tags}.",
    ),
    "tags_too_many": (
        "More than {limit} tags at once: print them class by class, or name fewer.",
        "Plus de {limit} étiquettes à la fois : imprimez une classe à la fois, ou moins.",
    ),
    "scan_not_installed": (
        "This device has no reader of codes. Type the tag.",
        "Cet appareil n’a pas de lecteur de codes. Tapez l’étiquette.",
    ),
    "not_yours_to_hand_over": (
        "This order is neither yours nor your crew’s: its foreman gives it to somebody else.",
        "Ce bon n’est ni à vous ni à votre équipe : le contremaître le confie à d’autres.",
    ),
}
