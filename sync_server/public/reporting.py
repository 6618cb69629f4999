"""Reporting in three steps: what, where (with what is known nearby), and the details."""

import secrets
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.responses import Response

from asset_model.catalogue import Service
from asset_model.errors import Refused
from asset_model.spatial import nearest_segment
from sync_server.intake import pictures
from sync_server.intake.pictures import Picture
from sync_server.intake.placing import Place, spot_of
from sync_server.public import failing
from sync_server.public import map as drawing
from sync_server.public.asking import Asking, Hands
from sync_server.public.filing import TRAP, Filled, check, position_of, sent_of
from sync_server.public.meant import place_meant
from sync_server.public.nearby import nearby
from sync_server.public.questions import questions_of
from sync_server.public.rendering import HEADERS
from sync_server.public.words import sayer

PHOTOS_MAX = 3
IN_TOWN_M = 1_500.0
"""From the nearest street of ours; farther out it is another town's."""
_NOT_TOUCHED = ((0, 0), (drawing.SIDE_PX / 2, drawing.SIDE_PX / 2))


def home(asking: Asking, hands: Hands) -> Response:
    """What is the problem?"""
    groups: dict[str, list[Service]] = defaultdict(list)
    with hands.database.reading() as session:
        for service in session.scalars(select(Service).where(Service.active)):
            groups[getattr(service, f"group_{asking.language}")].append(service)
    for services in groups.values():
        services.sort(key=lambda each: str(getattr(each, f"name_{asking.language}")))
    return asking.page("home", hands, groups=dict(sorted(groups.items())))


def where(asking: Asking, hands: Hands) -> Response:
    """Where is it, and is it known already?"""
    with hands.database.reading() as session:
        service = _service(session, asking)
        if (moved := _moved(asking)) is not None:
            return asking.to("/where", service=service.code, lat=moved[1], long=moved[0])
        filled = Filled(asking.given)
        position = _position(session, filled)
        place = known = None
        if position is not None:
            place = spot_of(session, Place(*position, filled.place)).place
            known = nearby(session, *position, service=service)
        return asking.page(
            "where",
            hands,
            status=422 if filled.errors else 200,
            service=service,
            filled=filled,
            position=position,
            place=place,
            known=known or [],
            sending=secrets.token_urlsafe(16),
            others=";".join(f"{each.longitude},{each.latitude}" for each in known or ()),
        )


def details(asking: Asking, hands: Hands) -> Response:
    """What was seen; what was typed in one language stays in the other."""
    with hands.database.reading() as session:
        service = _service(session, asking)
    if position_of(asking.given) is None:
        return asking.to("/where", service=service.code)
    given = {"sending": secrets.token_urlsafe(16), **asking.given}
    return _form(asking, hands, service, Filled(given))


def send(asking: Asking, hands: Hands) -> Response:
    """The form comes back with all that was typed where it cannot be taken."""
    with hands.database.reading() as session:
        service = _service(session, asking)
        filled = Filled(asking.given)
        inside = _position(session, filled) is not None
    if not inside:
        return asking.to("/where", service=service.code, address=filled.text("place"))
    try:
        return _sent(asking, hands, service, filled)
    except (Refused, DBAPIError, OSError) as error:
        failing.note(error, "POST /311/send")
        return _form(asking, hands, service, filled, failed=error)


def _sent(asking: Asking, hands: Hands, service: Service, filled: Filled) -> Response:
    """:raises Refused: too often, or no room for pictures"""
    hands.flood.try_once(asking.client, hands.clock())
    photos = _photos(asking, filled)
    answers = check(filled, service, photos)
    if filled.errors or not filled.text("sending"):
        return _form(asking, hands, service, filled)
    asking.check_flood(hands)
    now = hands.clock()
    if hands.depot is not None:
        pictures.keep(hands.depot, photos)
    sent = sent_of(filled, service, answers, photos, language=asking.language, now=now)
    return asking.to(f"/{hands.line.take_in(sent).secret}", new=1)


def map_picture(asking: Asking, hands: Hands) -> Response:
    """The streets around a place, and others numbered on it."""
    position = position_of(asking.given)
    if position is None:
        raise Refused("not_found")
    others = [
        place
        for pair in asking.given.get("others", "").split(";")[:9]
        if (place := position_of(dict(zip(("long", "lat"), pair.split(","), strict=False))))
    ]
    with hands.database.reading() as session:
        drawn = drawing.draw(session, *position, others)
    headers = {
        **HEADERS,
        "Cache-Control": "public, max-age=600",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    }
    return Response(drawn, headers=headers, media_type="image/svg+xml")


def _form(
    asking: Asking,
    hands: Hands,
    service: Service,
    filled: Filled,
    *,
    failed: Exception | None = None,
) -> Response:
    """`failed`: why it was not taken, though nothing in it is to be corrected."""
    status = 422 if filled.errors else 200
    if failed is not None:
        status, filled.errors["report"] = failing.told(failed, asking.language)
    told = {"trap": TRAP, "photos": hands.depot is not None, "photos_max": PHOTOS_MAX,
            "photo_bytes_max": pictures.BYTES_MAX}  # fmt: skip
    questions = list(questions_of(service, asking.language))
    lost = bool(asking.files or filled.text("photos"))
    answer = asking.page(
        "details",
        hands,
        status=status,
        service=service,
        filled=filled,
        lost=lost,
        questions=questions,
        **told,
    )
    answer.headers.update(failing.waiting(failed) if failed else {})
    return answer


def _service(session: Session, asking: Asking) -> Service:
    """:raises Refused: ``not_found``, which names the service"""
    code = asking.given.get("service", "")
    query = select(Service).where(Service.code == code, Service.active)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise Refused("not_found", service=code)
    return found


def _moved(asking: Asking) -> tuple[float, float] | None:
    """Where on the map somebody touched: its picture sends the point, no script needed.

    A key pressed on it sends its corner, and a reader of screens its middle: the pin stays.
    """
    middle = position_of(asking.given)
    try:
        x, y = float(asking.given["pin.x"]), float(asking.given["pin.y"])
    except (KeyError, ValueError):
        return None
    touched = (x, y) not in _NOT_TOUCHED
    within = touched and 0 <= x <= drawing.SIDE_PX and 0 <= y <= drawing.SIDE_PX
    return drawing.Frame(*middle).place(x, y) if middle and within else None


def _position(session: Session, filled: Filled) -> tuple[float, float] | None:
    """Where it is, by the pin or by the address; None, with what is wrong, where that is nowhere.

    An address that somebody has typed anew goes before the pin of the one before.
    """
    position, address = position_of(filled.given), filled.text("address")
    if address:
        meant = place_meant(session, address)
        if meant is None:
            filled.errors["address"] = "unknown_address"
            return None
        position, filled.place = meant.position, meant.place
        filled.street_only = not meant.exact
    if position is None:
        if "address" in filled.given:
            filled.errors["address"] = "need_place"
        return None
    if nearest_segment(session, position, within_m=IN_TOWN_M) is None:
        filled.errors["address"] = "outside"
        return None
    return position


def _photos(asking: Asking, filled: Filled) -> list[Picture]:
    if len(asking.files) > PHOTOS_MAX:
        filled.errors["photos"] = sayer(asking.language)("photos_many", n=PHOTOS_MAX)
        return []
    made = []
    for rank, content in enumerate(asking.files, 1):
        try:
            made.append(pictures.remade(content))
        except Refused as refused:
            which = f"Photo {rank} – " if len(asking.files) > 1 else ""
            filled.errors["photos"] = which + refused.sentence(asking.language)
            return []
    return made
