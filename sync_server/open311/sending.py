"""A request as a client sends it: understood, or refused with every fault at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from asset_model.attributes import problems
from asset_model.catalogue import Service
from asset_model.incident_vocabulary import ReportSource
from sync_server.intake.answers import answer_of
from sync_server.intake.contacts import contact_of
from sync_server.intake.desk import WORDS_MAX, on_earth
from sync_server.intake.forms import Pairs
from sync_server.intake.pictures import Picture
from sync_server.intake.receiving import Sent
from sync_server.intake.sendings import TWIN_WITHIN, mark_of, words_of
from sync_server.open311.faults import UNKNOWN, WRONG, Fault, Faulty

LASTING = timedelta(days=60)
"""For how long a number that the sender gave to a request means that request."""
LANGUAGES = ("fr", "en")
_ATTRIBUTE = re.compile(r"attribute\[([^\]]+)\](\[\])?\Z")
URL = r"https?://[^\x00-\x20\x7f-\xa0]+"
_URL = re.compile(rf"{URL}\Z")
_OWN_NUMBERS = ("external_id", "fixmystreet_id", "client_id")
_NOT_SAID = frozenset({"api_key", "jurisdiction_id"})
"""Of a repeat these may differ."""


@dataclass(frozen=True)
class Given:
    """The parameters, each with its last value, and those that may come several times."""

    plain: Mapping[str, str]
    pairs: Pairs
    idempotency_key: str | None = None

    def several(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key in (name, f"{name}[]") and value]


def given_of(pairs: Pairs, idempotency_key: str | None) -> Given:
    return Given(dict(pairs), pairs, idempotency_key)


def sent_of(
    session: Session, given: Given, photos: Sequence[Picture], *, by: str, now: datetime
) -> Sent:
    """What is to be received.

    :raises Faulty: with everything that is wrong
    """
    faults: list[Fault] = []
    service = _service(session, given.plain.get("service_code", ""), faults)
    longitude, latitude = _position(given.plain, faults)
    address = _text(given.plain, "address_string")
    if longitude is None and not address and not _text(given.plain, "address_id"):
        faults.append(Fault(WRONG, "a location is needed: lat and long, or address_string"))
    answers = _answers(service, given, faults)
    words = _text(given.plain, "description")
    if len(words or "") > WORDS_MAX:
        faults.append(Fault(WRONG, f"description: {WORDS_MAX} characters at most"))
    urls = _urls(given, faults)
    if faults or service is None:
        raise Faulty(*faults)
    mark, own = _mark(given, photos, by)
    return Sent(
        service_id=service.id,
        source=ReportSource.OPEN311,
        source_name=by,
        external_id=own,
        language=_language(given.plain),
        description=words,
        answers=answers,
        place=address,
        address_id=_text(given.plain, "address_id"),
        zipcode=_text(given.plain, "zipcode"),
        longitude=longitude,
        latitude=latitude,
        media_urls=urls,
        photos=photos,
        contact=contact_of(given.plain),
        reported_at=now,
        mark=mark,
        twin_within=LASTING if own or given.idempotency_key else TWIN_WITHIN,
    )


def _service(session: Session, code: str, faults: list[Fault]) -> Service | None:
    if not code:
        faults.append(Fault(WRONG, "service_code was not provided"))
        return None
    found = session.scalars(_ACTIVE, {"code": code}).one_or_none()
    if found is None:
        faults.append(Fault(UNKNOWN, f"service_code {code[:60]!r} was not found"))
    return found


_ACTIVE = select(Service).where(Service.code == bindparam("code"), Service.active)


def _position(given: Mapping[str, str], faults: list[Fault]) -> tuple[float | None, float | None]:
    told = given.get("long", "").strip(), given.get("lat", "").strip()
    if told == ("", ""):
        return None, None
    try:
        longitude, latitude = (float(text.replace(",", ".")) for text in told)
    except ValueError:
        longitude = latitude = float("nan")
    if not on_earth(longitude, latitude):
        faults.append(Fault(WRONG, f"lat, long: {told[1][:20]!r}, {told[0][:20]!r} is no place"))
        return None, None
    return longitude, latitude


def _answers(service: Service | None, given: Given, faults: list[Fault]) -> dict[str, Any]:
    if service is None:
        return {}
    schema = {question["name"]: question for question in service.questions}
    answers = {
        code: answer_of(schema[code], value)
        for name, value in given.pairs
        if (read := _ATTRIBUTE.match(name)) and (code := read[1]) in schema and value.strip()
    }
    faults += [Fault(WRONG, f"attribute {wrong}") for wrong in problems(service.questions, answers)]
    return answers


def _urls(given: Given, faults: list[Fault]) -> list[str]:
    urls = given.several("media_url")
    if wrong := [url for url in urls if not _URL.match(url) or len(url) > 2_000]:
        faults.append(Fault(WRONG, f"media_url: {wrong[0][:60]!r} is no address of a picture"))
    return urls


def _mark(given: Given, photos: Sequence[Picture], by: str) -> tuple[str, str | None]:
    """What a repeat would have too: the sender's own number, else everything that was said."""
    named = {read[1]: value for name, value in given.pairs if (read := _ATTRIBUTE.match(name))}
    known = {**given.plain, **named}
    own = next((known[name].strip() for name in _OWN_NUMBERS if known.get(name, "").strip()), None)
    if own or given.idempotency_key:
        return mark_of("open311", by, own or "", given.idempotency_key or ""), own
    said = sorted((name, value) for name, value in given.pairs if name not in _NOT_SAID)
    files = [photo.sha256 for photo in photos]
    return mark_of("open311", by, words_of(part for pair in said for part in pair), *files), None


def _language(given: Mapping[str, str]) -> str:
    asked = (given.get("locale") or given.get("lang") or "fr")[:2].lower()
    return asked if asked in LANGUAGES else "fr"


def _text(given: Mapping[str, str], name: str) -> str | None:
    return given.get(name, "").strip() or None
