"""The door of shops' calendars: whoever has the secret address reads one."""

from fastapi import APIRouter, Request, Response

from asset_model.errors import Refused
from sync_server.foresight import calendar_of, shop_at

router = APIRouter()

FRESH_S = 900


@router.get("/calendars/{secret}.ics")
def shop_calendar(secret: str, request: Request) -> Response:
    """The shop's work in iCalendar; 404 for an address that is none, or none any more."""
    with request.app.state.database.reading() as session:
        shop = shop_at(session, secret)
        if shop is None:
            raise Refused("not_found")
        body = calendar_of(session, shop, now=request.app.state.clock())
    headers = {"Cache-Control": f"private, max-age={FRESH_S}"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)
