"""Assembling the server: its doors, its database, its clock."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp

from asset_model.database import Database
from asset_model.ids import NewId
from asset_model.sync.wire import PROTOCOL
from sync_server.basemap.packs import Packs
from sync_server.definition import define
from sync_server.http import (
    base_map,
    bulletins,
    enrolment,
    figures,
    papers,
    photos,
    shop_calendars,
    snapshots,
    sync,
    uploads,
)
from sync_server.http import live as events
from sync_server.http.gate import Gate
from sync_server.http.problems import answer_with_problems
from sync_server.http.under import Under
from sync_server.intake.line import Line
from sync_server.intake.town import Town
from sync_server.live import Live
from sync_server.notices.tokens import Tokens
from sync_server.ogc.doors import ogc_doors
from sync_server.open311.doors import open311_doors
from sync_server.photo_depot import Depot
from sync_server.public.doors import public_doors
from sync_server.seals import Seals, of_this_run
from sync_server.shared_gate import SharedGate
from sync_server.snapshots import Snapshots

ENROLMENTS_PER_MINUTE = 30

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    database: Database,
    *,
    clock: Callable[[], datetime],
    new_id: NewId,
    office: ASGIApp | None = None,
    depot: Depot | None = None,
    copies: Snapshots | None = None,
    packs: Packs | None = None,
    live: Live | None = None,
    seals: Seals | None = None,
    lifespan: Lifespan | None = None,
    town: Town | None = None,
) -> FastAPI:
    """The application over an upgraded database.

    `office` is the office's screens, if any; `depot` is where photos are kept, if they are;
    `copies` are kept ready for tablets that have nothing yet; `packs` are the base map's; `live`
    tells connected ones of news; `seals` prove to a later run what this one has told; `town` is
    what 311 says of the town.
    """
    app = FastAPI(
        title="Voirie", version="0.1.0", lifespan=lifespan, openapi_url="/api/openapi.json"
    )
    app.state.database = database
    app.state.clock = clock
    app.state.new_id = new_id
    app.state.seals = seals or of_this_run()
    app.state.enrolment_gate = Gate(ENROLMENTS_PER_MINUTE)
    # A small answer too: the checksum inside tells the tablet of a byte garbled on the way.
    app.add_middleware(GZipMiddleware, minimum_size=1, compresslevel=5)
    answer_with_problems(app)
    for doors in (sync, enrolment, shop_calendars, figures, papers, bulletins):
        app.include_router(doors.router)
    _open_where(app, live=live, depot=depot, copies=copies, packs=packs)
    app.get("/health")(_health)
    app.router.routes.append(Under("/ogc", ogc_doors(database, clock)))
    _open_311(app, town or Town(), depot)
    if office is not None:
        app.mount("/office", office)
    app.get("/", include_in_schema=False)(_leading_to("311/" if office is None else "office/"))
    define(app)
    return app


def _open_where(
    app: FastAPI,
    *,
    live: Live | None,
    depot: Depot | None,
    copies: Snapshots | None,
    packs: Packs | None,
) -> None:
    """The doors that need more than the database, where it is there."""
    if live is not None:
        app.state.live = live
        app.include_router(events.router)
    if depot is not None:
        app.state.depot = depot
        app.include_router(uploads.router)
        app.include_router(photos.router)
    if copies is not None:
        app.state.copies = copies
        app.include_router(snapshots.router)
    if packs is not None:
        app.state.packs = packs
        app.include_router(base_map.router)


def _open_311(app: FastAPI, town: Town, depot: Depot | None) -> None:
    state = app.state
    line = Line(state.database, state.clock, state.new_id)
    shared = SharedGate(state.database, state.seals.key)
    hands = {
        "town": town, "depot": depot, "clock": state.clock, "new_id": state.new_id, "line": line,
        "shared": shared,
    }  # fmt: skip
    app.router.routes.append(Under("/open311/v2", open311_doors(state.database, **hands)))
    tokens = Tokens(state.seals.key)
    app.router.routes.append(Under("/311", public_doors(state.database, **hands, tokens=tokens)))


def _leading_to(page: str) -> Callable[[], RedirectResponse]:
    """For whoever types the address of the server alone."""
    return lambda: RedirectResponse(page)


def _health(request: Request) -> dict[str, Any]:
    """Status 200 also where the last write found the disk full: what can be read is still served,
    and to start the server again, as some watchers do at another status, would mend nothing.
    """
    trouble = request.app.state.database.trouble
    return {"ok": trouble is None, "protocol": PROTOCOL, "trouble": trouble}
