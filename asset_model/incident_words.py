"""What every reporter is told of where an incident stands, unless somebody answered otherwise."""

from asset_model.incident_vocabulary import ANSWERED_INCIDENTS
from asset_model.incident_vocabulary import IncidentStatus as I

# French, English.
_SENTENCES: dict[str, tuple[str, str]] = {
    I.RECEIVED: (
        "Votre signalement est reçu. Nous allons le vérifier.",
        "Your report has been received. We will look into it.",
    ),
    I.UNDER_REVIEW: (
        "Quelqu’un de la Ville étudie ce signalement.",
        "Somebody at the town is looking into this report.",
    ),
    I.PLANNED: (
        "Le travail est prévu ; une équipe s’en occupera.",
        "The work is planned; a crew will take care of it.",
    ),
    I.IN_PROGRESS: ("Une équipe y travaille.", "A crew is working on it."),
    I.RESOLVED: ("Le travail est terminé.", "The work is done."),
    I.REOPENED: (
        "On nous a dit que ce n’est pas réglé : un contremaître va revoir le travail.",
        "We were told that this is not fixed: a foreman will look at it again.",
    ),
    I.NOT_RETAINED: (
        "Ce signalement n’est pas retenu.",
        "This report is not one that the town will act on.",
    ),
    I.MERGED: (
        "Ce signalement est joint à un autre, au même endroit.",
        "This report is joined to another one of the same place.",
    ),
}

_FOLLOWED = (
    "Ce problème est signalé. Nous allons le vérifier.",
    "This problem has been reported. We will look into it.",
)
"""Of what is received, to whoever only follows it: they have reported nothing."""


def status_sentence(status: str, language: str, *, follows: bool = False) -> str:
    received = follows and status == I.RECEIVED
    french, english = _FOLLOWED if received else _SENTENCES[I(status)]
    return french if language == "fr" else english


def answer_told(status: str, french: str | None, english: str | None, language: str) -> str | None:
    """The town's own words, in the language that is asked for, else in the one they were said in.

    None while the incident is open: what is prepared for its end is not said yet.
    """
    if status not in ANSWERED_INCIDENTS:
        return None
    own, other = (french, english) if language == "fr" else (english, french)
    return own or other
