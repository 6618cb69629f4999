"""A form that somebody filled: what is to be received, or what is to be corrected, by field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asset_model.attributes import problems
from asset_model.catalogue import Service
from asset_model.incident_vocabulary import ReportSource
from sync_server.intake.answers import answer_of
from sync_server.intake.contacts import LENGTH_MAX, contact_of
from sync_server.intake.desk import WORDS_MAX
from sync_server.intake.pictures import Picture
from sync_server.intake.receiving import Sent
from sync_server.intake.sendings import REMEMBERED_FOR, mark_of

TRAP = "website"
"""A field that nobody sees, and programs that fill in every form do fill in."""
QUESTION = "q_"
_EMAIL = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+\.[^@\s,;:<>\"()\[\]\\]+\Z")


@dataclass
class Filled:
    """What somebody typed, and what is wrong with it: the key of a sentence by field.

    `street_only`: of the address, the street was found and its number was not. `place`: what was
    found of it, as the town writes it.
    """

    given: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    street_only: bool = False
    place: str | None = None

    def text(self, name: str) -> str:
        return self.given.get(name, "").strip()


def is_mail(text: str) -> bool:
    """Whether it may be one address of mail."""
    return len(text) <= LENGTH_MAX and _EMAIL.match(text) is not None


def position_of(given: Mapping[str, str]) -> tuple[float, float] | None:
    """(longitude, latitude), where both are numbers that can be a place."""
    try:
        longitude, latitude = float(given["long"]), float(given["lat"])
    except (KeyError, ValueError):
        return None
    fits = abs(longitude) <= 180 and abs(latitude) <= 90
    return (longitude, latitude) if fits else None


def check(filled: Filled, service: Service, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The answers to the service's questions; what is wrong is noted in `filled.errors`."""
    if filled.text(TRAP):
        filled.errors[TRAP] = "trapped"
    answers = _answers(filled, service)
    words = filled.text("description")
    if not words and not pictures:
        filled.errors["description"] = "need_words"
    if len(words) > WORDS_MAX:
        filled.errors["description"] = "too_long"
    email = filled.text("email")
    if email and not is_mail(email):
        filled.errors["email"] = "bad_email"
    return answers


def _answers(filled: Filled, service: Service) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in service.questions:
        name = question["name"]
        text = filled.text(QUESTION + name)
        if text:
            answers[name] = answer_of(question, text)
        alone = {} if not text else {name: answers[name]}
        if next(problems([question], alone), None):
            filled.errors[QUESTION + name] = "bad_answer" if text else "need_answer"
    return answers


def sent_of(
    filled: Filled,
    service: Service,
    answers: Mapping[str, Any],
    pictures: Sequence[Picture],
    *,
    language: str,
    now: datetime,
) -> Sent:
    position = position_of(filled.given)
    assert position is not None
    return Sent(
        service_id=service.id,
        source=ReportSource.WEB,
        language=language,
        description=filled.text("description") or None,
        answers=answers,
        place=filled.text("place") or None,
        longitude=position[0],
        latitude=position[1],
        photos=pictures,
        contact=contact_of(
            {
                "last_name": filled.text("name"),
                "email": filled.text("email"),
                "phone": filled.text("phone"),
            }
        ),
        reported_at=now,
        mark=mark_of("web", filled.text("sending")),
        twin_within=REMEMBERED_FOR,
    )
