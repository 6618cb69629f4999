"""What citizens may be told beside “the work is done”, by how it ended: the town's own sentences.

A crew chooses one; the office may write others (`incident.answer_fr`, `answer_en`).
"""

from dataclasses import dataclass

from asset_model.errors import Refused
from asset_model.sync.wire import Columns


@dataclass(frozen=True)
class ClosingWords:
    """One outcome, and how it is said in each language."""

    code: str
    fr: str
    en: str


CLOSING_WORDS = (
    ClosingWords("lasting", "C’est réparé de façon permanente.", "It has been repaired for good."),
    ClosingWords(
        "for_now",
        "C’est réparé provisoirement\u00a0; la réparation permanente suivra.",
        "It has been repaired for now; a lasting repair will follow.",
    ),
    ClosingWords(
        "made_safe",
        "C’est sécurisé en attendant les travaux.",
        "It has been made safe until it is repaired.",
    ),
    ClosingWords(
        "not_found",
        "Rien trouvé à réparer sur place. Dites-le-nous si c’est encore là.",
        "Nothing was found to repair there. Tell us if it is still so.",
    ),
)


def check_chosen(after: Columns) -> None:
    """Who may only choose writes no words of their own to citizens.

    :raises Refused: ``bad_value``
    """
    for name, known in (
        ("answer_fr", {words.fr for words in CLOSING_WORDS}),
        ("answer_en", {words.en for words in CLOSING_WORDS}),
    ):
        said = after.get(name)
        if said is not None and said not in known:
            raise Refused("bad_value", field=name, value=said[:20], why="…")
