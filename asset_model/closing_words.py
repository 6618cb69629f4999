"""What citizens may be told beside “the work is done”, by how it ended: the town's own sentences.

A crew chooses one; the office may write others (`incident.answer_fr`, `answer_en`). The town sets
its own (`voirie closing-words`); until then those of the product are offered.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.errors import Refused
from asset_model.sync.wire import Columns


class ClosingWords(Synced, Base):
    """One edition of the town's sentences: the newest holds, those before it stay known.

    `sentences` are what `Sentence.told` tells. A tablet that has not heard of the newest edition
    offers the one before, and what is chosen of it is taken.
    """

    __tablename__ = "closing_words"

    sentences: Mapped[list[Any]] = mapped_column(default=list)
    person_id: Mapped[str | None] = mapped_column(String(36))
    published_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Sentence:
    """One outcome, and how it is said in each language.

    `services` are the codes of what was asked of 311, `jobs` those of the templates of orders, of
    which it may be said; none: of any.
    """

    code: str
    fr: str
    en: str
    services: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in told.items()
            if name in NAMES
        }
        return cls(**known)

    def told(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }

    def fits(self, service: str, job: str | None) -> bool:
        of_service = not self.services or service in self.services
        return of_service and (not self.jobs or job in self.jobs)


NAMES = tuple(field.name for field in fields(Sentence))

OURS = (
    Sentence("lasting", "C’est réparé de façon permanente.", "It has been repaired for good."),
    Sentence(
        "for_now",
        "C’est réparé provisoirement\u00a0; la réparation permanente suivra.",
        "It has been repaired for now; a lasting repair will follow.",
    ),
    Sentence(
        "made_safe",
        "C’est sécurisé en attendant les travaux.",
        "It has been made safe until it is repaired.",
    ),
    Sentence(
        "not_found",
        "Rien trouvé à réparer sur place. Dites-le-nous si c’est encore là.",
        "Nothing was found to repair there. Tell us if it is still so.",
    ),
)


def in_force(editions: Iterable[ClosingWords]) -> tuple[Sentence, ...]:
    """Those of the newest edition; the product's where the town has none."""
    newest = max(editions, key=lambda each: (each.published_at, each.id), default=None)
    return OURS if newest is None else tuple(map(Sentence.of, newest.sentences))


def offered(sentences: Iterable[Sentence], service: str, job: str | None) -> list[Sentence]:
    """Those that fit, those made for this service or job first."""
    fitting = [each for each in sentences if each.fits(service, job)]
    return sorted(fitting, key=lambda each: not (each.services or each.jobs))


def check_chosen(after: Columns, editions: Iterable[ClosingWords]) -> None:
    """Who may only choose writes no words of their own to citizens.

    `editions`: all of them, for a tablet may have been without a signal for long.

    :raises Refused: ``bad_value``
    """
    known = [*OURS, *(Sentence.of(told) for each in editions for told in each.sentences)]
    for name, sentences in (
        ("answer_fr", {each.fr for each in known}),
        ("answer_en", {each.en for each in known}),
    ):
        said = after.get(name)
        if said is not None and said not in sentences:
            raise Refused("bad_value", field=name, value=said[:20], why="…")
