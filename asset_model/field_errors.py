"""The catalogue's part on a crew's work: time that runs, orders handed over, tags that are read."""

FIELD_SENTENCES: dict[str, tuple[str, str]] = {
    "time_ran_too_long": (
        "The time has run for more than {hours} h. Forget it, and write the hours yourself.",
        "Le temps court depuis plus de {hours} h. Oubliez-le et écrivez les heures vous-même.",
    ),
    "not_yours_to_hand_over": (
        "This order is neither yours nor your crew’s: its foreman gives it to somebody else.",
        "Ce bon n’est ni à vous ni à votre équipe : le contremaître le confie à d’autres.",
    ),
}
