"""A server's desk that the test holds in its hand, and people of the office who ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asset_model.errors import Refused
from field_app.sync.desk import Paper, Told
from tests.ui.fleet import add_person
from tests.ui.harness import Screen
from tests.ui.town import Town

DIRECTOR = "Hélène Marchand"


@dataclass
class Desk:
    """Tells what it was given under a name; `silent`: nobody answers; `refusal`: it says no."""

    now: datetime
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    decided: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    silent: bool = False
    refusal: Refused | None = None

    def tell(self, name: str, question: Mapping[str, str], person_id: str) -> Told:
        self._answers()
        self.asked.append((name, {key: value for key, value in question.items() if value}))
        return Told(self.now, self.bodies[name])

    def decide(self, name: str, body: dict[str, Any], person_id: str) -> Told:
        self._answers()
        self.decided.append((name, body))
        return Told(self.now, self.bodies[name])

    def paper(self, path: str, question: Mapping[str, str], person_id: str) -> Paper:
        self._answers()
        told = f"{path} {sorted(question.items())}".encode()
        return Paper(told, "application/pdf", path.rpartition("/")[2])

    def _answers(self) -> None:
        if self.silent:
            raise Refused("desk_silent")
        if self.refusal is not None:
            raise self.refusal


def with_desk(town: Town, **bodies: dict[str, Any]) -> Desk:
    """`bodies`: by name, a dash written as an underscore."""
    desk = Desk(town.now, {name.replace("_", "-"): body for name, body in bodies.items()})
    town.workplace.desk = desk
    return desk


def add_director(town: Town) -> str:
    add_person(town, DIRECTOR, "director")
    return "hélène"


WAITING = ("demande en cours", "Le serveur fait le calcul.")


def asked_once(screen: Screen, desk: Desk, count: int = 1) -> None:
    """Until the desk has been asked that often, and the screen drawn what it told."""
    screen.until(
        lambda: len(desk.asked) >= count and not any(word in screen.text for word in WAITING)
    )
