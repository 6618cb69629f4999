"""Following a report by its own address: nobody guesses it, and it shows nobody else's words."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response, StreamingResponse

from asset_model.errors import Refused
from asset_model.incident_vocabulary import OPEN_INCIDENTS, ReportSource
from asset_model.incidents import Incident, Report, ReportPhoto
from sync_server.intake.receiving import Sent, report_at
from sync_server.intake.sendings import REMEMBERED_FOR, mark_of
from sync_server.notices import wishes
from sync_server.public.asking import Asking, Hands
from sync_server.public.rendering import HEADERS
from sync_server.public.status import rate, say_not_fixed, standing_of
from sync_server.public.work_photos import MEDIA_TYPE, work_photos

RATINGS = {str(rating): rating for rating in range(1, 6)}


def follow(asking: Asking, hands: Hands) -> Response:
    """Join what is known already: a report of one's own, without words.

    :raises Refused: ``not_found``, too often
    """
    asking.check_flood(hands)
    now = hands.clock()
    with hands.database.reading() as session:
        incident = session.get(Incident, asking.given.get("incident", ""))
    if incident is None or incident.status not in OPEN_INCIDENTS:
        raise Refused("not_found")
    nonce = asking.given.get("sending") or hands.new_id()
    sent = Sent(
        service_id=incident.service_id,
        incident_id=incident.id,
        follows=True,
        source=ReportSource.WEB,
        language=asking.language,
        place=incident.place,
        longitude=incident.longitude,
        latitude=incident.latitude,
        reported_at=now,
        mark=mark_of("follow", incident.id, nonce),
        twin_within=REMEMBERED_FOR,
    )
    return asking.to(f"/{hands.line.take_in(sent).secret}", new=1)


def standing(asking: Asking, hands: Hands) -> Response:
    with hands.database.reading() as session:
        report = _report(session, asking)
        now = hands.clock()
        told = standing_of(session, report, asking.language, now=now)
        mail = wishes.standing(session, report.id)
        done = work_photos(session, told.incident, hands.depot)
    secret = asking.request.path_params["secret"]
    is_open, due = told.incident.status in OPEN_INCIDENTS, told.incident.promised_by
    return asking.page(
        "standing", hands, standing=told, secret=secret, said=asking.given.get("said", ""),
        new="new" in asking.given, ratings=RATINGS, mail=mail,
        done=done, open=is_open, late=is_open and due is not None and due < now,
    )  # fmt: skip


def not_fixed(asking: Asking, hands: Hands) -> Response:
    asking.check_flood(hands)
    with hands.database.writing() as session:
        report = _report(session, asking)
        words = asking.given.get("words", "").strip()
        say_not_fixed(
            session, report, words, asking.language, now=hands.clock(), new_id=hands.new_id
        )
    return asking.to(f"/{asking.request.path_params['secret']}", said="not_fixed_said")


def rating(asking: Asking, hands: Hands) -> Response:
    asking.check_flood(hands)
    given = RATINGS.get(asking.given.get("rating", ""))
    if given is None:
        raise Refused("malformed_request", why="rating")
    with hands.database.writing() as session:
        report = _report(session, asking)
        rate(session, report, given, now=hands.clock())
    return asking.to(f"/{asking.request.path_params['secret']}", said="rated")


def photo(asking: Asking, hands: Hands) -> Response:
    with hands.database.reading() as session:
        report = _report(session, asking)
        query = select(ReportPhoto).where(
            ReportPhoto.report_id == report.id,
            ReportPhoto.rank == asking.request.path_params["rank"],
        )
        found = session.scalars(query).one_or_none()
    if found is None:
        raise Refused("not_found")
    return _file(hands, found.sha256, found.byte_size, found.media_type)


def work_photo(asking: Asking, hands: Hands) -> Response:
    with hands.database.reading() as session:
        incident = session.get_one(Incident, _report(session, asking).incident_id)
        found = work_photos(session, incident, hands.depot)
    rank: int = asking.request.path_params["rank"]
    if rank >= len(found):
        raise Refused("not_found")
    photo = found[rank]
    return _file(hands, photo.thumbnail_sha256, photo.thumbnail_size, MEDIA_TYPE)


def _file(hands: Hands, sha256: str, size: int, media_type: str) -> Response:
    """:raises Refused: ``not_found``"""
    if hands.depot is None or hands.depot.store.size(sha256) is None:
        raise Refused("not_found")
    content = hands.depot.store.read(sha256, 0, size)
    return StreamingResponse(content, headers=HEADERS, media_type=media_type)


def _report(session: Session, asking: Asking) -> Report:
    """:raises Refused: ``not_found``"""
    report = report_at(session, asking.request.path_params["secret"])
    if report is None:
        raise Refused("not_found")
    return report
