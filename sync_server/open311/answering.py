"""What each address of GeoReport answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from asset_model.catalogue import Service
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.incidents import Report, ReportPhoto
from sync_server.intake import pictures
from sync_server.intake.line import Line
from sync_server.intake.pictures import Picture
from sync_server.intake.tables import ReportLink
from sync_server.intake.town import Town
from sync_server.open311 import documents, keys, searching
from sync_server.open311.faults import NO_KEY, UNKNOWN, Fault, Faulty, Unallowed
from sync_server.open311.guesses import Guesses
from sync_server.open311.sending import LANGUAGES, Given, sent_of
from sync_server.open311.updating import take_update
from sync_server.open311.writing import answer, bare
from sync_server.photo_depot import Depot


@dataclass(frozen=True)
class Asked:
    parts: tuple[str, ...]
    form: str
    method: str
    given: Given
    root: str
    """Scheme and host by which the client reached us."""
    photos: Sequence[Picture] = ()

    @property
    def language(self) -> str | None:
        asked = (self.given.plain.get("locale") or self.given.plain.get("lang") or "")[:2].lower()
        return asked if asked in LANGUAGES else None


@dataclass(frozen=True)
class Answering:
    database: Database
    town: Town
    depot: Depot | None
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    guesses: Guesses
    line: Line

    def to(self, asked: Asked) -> Response:
        """:raises Faulty: what the client did wrong; Unallowed"""
        self._check_jurisdiction(asked)
        place = (asked.parts[0], len(asked.parts))
        door = self.doors.get((asked.method, *place))
        if door is not None:
            return door(self, asked)
        if allowed := [method for method, *other in self.doors if tuple(other) == place]:
            raise Unallowed([*allowed, "HEAD"] if "GET" in allowed else allowed)
        raise Faulty(Fault(UNKNOWN, "there is nothing at this address"))

    def _discovery(self, asked: Asked) -> Response:
        told = documents.discovery(self._root(asked), self.town.contact or self.town.name)
        return bare("discovery", told, asked.form)

    def _services(self, asked: Asked) -> Response:
        query = select(Service).where(Service.active).order_by(Service.code)
        with self.database.reading() as session:
            told = [documents.service(row, asked.language) for row in session.scalars(query)]
        return answer("services", told, asked.form)

    def _definition(self, asked: Asked) -> Response:
        code = asked.parts[1]
        with self.database.reading() as session:
            row = session.scalars(select(Service).where(Service.code == code)).one_or_none()
        if row is None or not row.active:
            raise Faulty(Fault(UNKNOWN, f"service_code {code[:60]!r} was not found"))
        told = documents.definition(row, asked.language)
        return answer("service_definition", told, asked.form)

    def _requests(self, asked: Asked) -> Response:
        now = self.clock()
        with self.database.reading() as session:
            found = searching.found(session, asked.given.plain, now=now)
            told = self._told(session, asked, found, now)
        return answer("service_requests", told, asked.form)

    def _request(self, asked: Asked) -> Response:
        number = asked.parts[1]
        with self.database.reading() as session:
            found = searching.one(session, number)
            if found is None:
                raise Faulty(Fault(UNKNOWN, f"service_request_id {number[:60]!r} was not found"))
            told = self._told(session, asked, [found], self.clock())
        return answer("service_requests", told, asked.form)

    def _told(
        self, session: Session, asked: Asked, found: list[searching.Found], now: datetime
    ) -> list[dict[str, Any]]:
        by = keys.holder(session, asked.given.plain.get("api_key"), now=now)
        told = []
        for report, incident, service in found:
            own = by is not None and report.source_name == by
            document = documents.request(
                report,
                incident,
                service,
                language=asked.language or "fr",
                media_url=self._media(session, asked, report) if own else None,
                own=own,
                extended=searching.extended(asked.given.plain),
            )
            told.append(document)
        return told

    def _media(self, session: Session, asked: Asked, report: Report) -> str | None:
        """Its first picture: ours at an address that nobody guesses, or where it lies."""
        ours = select(ReportPhoto.id).where(ReportPhoto.report_id == report.id).limit(1)
        if session.scalar(ours) is None:
            return report.media_urls[0] if report.media_urls else None
        link = session.get(ReportLink, report.id)
        return f"{self._base(asked)}/311/{link.secret}/photo/0.jpg" if link else None

    def _new_request(self, asked: Asked) -> Response:
        now, photos = self.clock(), asked.photos
        if photos and self.depot is None:
            raise Refused("storage_unwritable")
        with self.database.reading() as session:
            by = self._holder(session, asked, now)
            sent = sent_of(session, asked.given, photos, by=by, now=now)
        if self.depot is not None:
            pictures.keep(self.depot, photos)  # Nothing is kept in vain: it is understood by now.
        received = self.line.take_in(sent)
        told = {
            "service_request_id": received.report.number,
            "service_notice": None,
            "account_id": None,
        }
        status = 200 if received.again else 201
        return answer("service_requests", [told], asked.form, status=status)

    def _token(self, asked: Asked) -> Response:
        """Ids are given at once; a token is one, or the number that the sender gave."""
        token = asked.parts[1]
        with self.database.reading() as session:
            by = keys.holder(session, asked.given.plain.get("api_key"), now=self.clock())
            named = (Report.external_id == token) & (Report.source_name == by)
            query = select(Report.number).where((Report.number == token) | named)
            number = session.scalars(query).first()
        if number is None:
            raise Faulty(Fault(UNKNOWN, f"token {token[:60]!r} was not found"))
        told = {"service_request_id": number, "token": token}
        return answer("service_requests", [told], asked.form)

    def _updates(self, asked: Asked) -> Response:
        with self.database.reading() as session:
            found = searching.updates(session, asked.given.plain, now=self.clock())
            told = [
                documents.update(
                    update,
                    report,
                    derived_id(update.id, report.id),
                    asked.language or report.language,
                )
                for update, report in found
            ]
        return answer("service_request_updates", told, asked.form)

    def _new_update(self, asked: Asked) -> Response:
        now = self.clock()
        with self.database.reading() as session:
            by = self._holder(session, asked, now)
        with self.database.writing() as session:
            id = take_update(session, asked.given.plain, by=by, now=now, new_id=self.new_id)
        return answer("service_request_updates", [{"update_id": id}], asked.form)

    def _holder(self, session: Session, asked: Asked, now: datetime) -> str:
        """:raises Faulty: 403 without a key, or with one that is none; Refused: too many of them"""
        by = keys.holder(session, asked.given.plain.get("api_key"), now=now)
        if by is None:
            session.close()  # What is counted is written, and a reader would be in its way.
            self.guesses.count(now)
            raise Faulty(Fault(NO_KEY, "a valid api_key is needed"))
        return by

    def _check_jurisdiction(self, asked: Asked) -> None:
        given = asked.given.plain.get("jurisdiction_id")
        if given and self.town.jurisdiction and given != self.town.jurisdiction:
            raise Faulty(Fault(UNKNOWN, f"jurisdiction_id {given[:60]!r} was not found"))

    def _base(self, asked: Asked) -> str:
        return self.town.public_url.rstrip("/") or asked.root

    def _root(self, asked: Asked) -> str:
        return f"{self._base(asked)}/open311/v2"

    doors: ClassVar[Mapping[tuple[str, str, int], Callable[[Any, Asked], Response]]] = {
        ("GET", "discovery", 1): _discovery,
        ("GET", "services", 1): _services,
        ("GET", "services", 2): _definition,
        ("GET", "requests", 1): _requests,
        ("POST", "requests", 1): _new_request,
        ("GET", "requests", 2): _request,
        ("GET", "tokens", 2): _token,
        ("GET", "servicerequestupdates", 1): _updates,
        ("POST", "servicerequestupdates", 1): _new_update,
    }
    """By the method, the first part of the address, and how many parts it has."""
