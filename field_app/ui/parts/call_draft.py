"""A call of 311 as it is taken down, and what the server makes of it."""

from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from typing import Any

import flet as ft
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.grouping.concepts import DANGER, concepts_of
from field_app.reads.place_search import Spot
from field_app.ui.keeping import FLEETING, emptied, written_as

KEPT_FOR = timedelta(hours=24)
"""A call that was not ended stays on the disk for so long, with how to reach the caller."""
SERVICE = written_as(
    lambda service: service.id, lambda sitting, id: sitting.read(Session.get, Service, id)
)
SPOT = written_as(asdict, lambda _, told: Spot(**{**told, "position": tuple(told["position"])}))


@ft.observable
@dataclass
class Call:
    """`chosen`: the incident that it is said to be of; `apart`: those that it is said not to be.

    `look` is what would become of it, `done` what has: both as the server told them. `taken` is
    what was typed of one that is registered: in memory, so that it can be mended.
    """

    id: str = ""
    service: Service | None = field(default=None, metadata=SERVICE)
    asked: str = ""
    """What was written to find the service; `sought` is that for the place."""
    sought: str = ""
    spot: Spot | None = field(default=None, metadata=SPOT)
    words: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "fr"
    news_by: str = ""
    chosen: str = ""
    apart: list[str] = field(default_factory=list)
    history: dict[str, Any] | None = field(default=None, metadata=FLEETING)
    history_of: str = field(default="", metadata=FLEETING)
    look: dict[str, Any] | None = field(default=None, metadata=FLEETING)
    done: dict[str, Any] | None = field(default=None, metadata=FLEETING)
    taken: dict[str, Any] = field(default_factory=dict, metadata=FLEETING)
    trouble: str = field(default="", metadata=FLEETING)
    busy: bool = field(default=False, metadata=FLEETING)

    @property
    def placed(self) -> bool:
        return self.service is not None and self.spot is not None

    @property
    def unanswered(self) -> list[str]:
        """Required questions without an answer, by their codes."""
        questions = self.service.questions if self.service else []
        return [
            each["name"]
            for each in questions
            if each.get("required") and self.answers.get(each["name"]) in (None, "")
        ]

    @property
    def ready(self) -> bool:
        return self.placed and bool(self.words.strip()) and not self.unanswered and not self.busy

    @property
    def dangers(self) -> bool:
        return bool(concepts_of(self.words) & DANGER)

    def choose_service(self, service: Service | None) -> None:
        self.service, self.asked, self.answers, self.look = service, "", {}, None

    def place(self, spot: Spot | None) -> None:
        self.spot, self.sought, self.look = spot, "", None
        self.chosen, self.apart = "", []

    def answer(self, name: str, value: Any) -> None:
        self.answers = {**self.answers, name: value}

    def tell_apart(self, incident_id: str) -> None:
        self.apart = [*self.apart, incident_id]
        self.chosen = "" if self.chosen == incident_id else self.chosen

    def register(self, told: dict[str, Any]) -> None:
        """Nothing of it stays on this disk: the server has it."""
        taken = {each.name: getattr(self, each.name) for each in fields(self)}
        emptied(self)
        self.taken, self.done = taken, told

    def mend(self, taken: dict[str, Any]) -> None:
        """What was typed is there again, as a call that nobody has registered."""
        for name, value in {**taken, "id": "", "done": None}.items():
            setattr(self, name, value)

    def body(self, id: str) -> dict[str, Any]:
        """What the server is told; of a place by its words alone there is no point."""
        assert self.service is not None
        assert self.spot is not None
        contact = {
            "last_name": self.name,
            "phone": self.phone,
            "email": self.email,
            "news_by": self.news_by,
        }
        answers = {name: value for name, value in self.answers.items() if value not in (None, "")}
        return {
            "id": id,
            "service": self.service.id,
            "language": self.language,
            "words": self.words.strip(),
            "place": self.spot.label,
            "longitude": self.spot.position[0],
            "latitude": self.spot.position[1],
            "answers": answers,
            "incident": self.chosen or None,
            "apart": self.apart,
            "contact": {name: value.strip() for name, value in contact.items() if value.strip()},
        }
