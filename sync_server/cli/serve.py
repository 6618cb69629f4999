"""`voirie serve`: the sync server, and the office's screens over a replica of their own."""

import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path
from random import SystemRandom
from typing import Annotated, Any
from uuid import uuid4

import typer
from fastapi import FastAPI

from asset_model.database import Database
from sync_server import expected, forgetting, high_water
from sync_server.app import create_app
from sync_server.basemap.packs import Packs
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.notices_beside import notice_jobs
from sync_server.cli.opening import (
    clock,
    database_or_exit,
    depot_or_exit,
    new_id,
    settings_or_exit,
    stop,
)
from sync_server.cli.saying import said, say
from sync_server.cli.tiles_beside import MapMaker
from sync_server.enrolment import Place, keep_device
from sync_server.escalation import escalate
from sync_server.file_lock import taken
from sync_server.intake import sendings
from sync_server.intake.town import Town
from sync_server.jobs import Job, Jobs
from sync_server.live import Live
from sync_server.notices.keeping import forget_past
from sync_server.push import understand_again
from sync_server.seals import open_seals
from sync_server.settings import ServerSettings
from sync_server.shared_gate import forget_passages
from sync_server.snapshots import Snapshots
from sync_server.standing import tell_office

OFFICE = Place("BUREAU", "office")
KEEP_ALIVE_S = 60
"""Longer than a tablet pauses between two rounds: it need not connect anew for each."""
ALERTS_EVERY = timedelta(seconds=10)
"""How late a call may be noted; whose turn it is, tablets know without."""
PLANS_EVERY = timedelta(hours=1)
FORGETTING_EVERY = timedelta(hours=6)
PASSAGES_EVERY = timedelta(minutes=10)
log = logging.getLogger(__name__)


def serve(
    database: DatabaseOption = None,
    data: DataOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (VOIRIE_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (VOIRIE_PORT).")] = None,
    office: Annotated[bool, typer.Option(help="Serve the office's screens at /office.")] = True,
    plans: Annotated[bool, typer.Option(help="Work maintenance plans out every hour.")] = True,
    tiles: Annotated[bool, typer.Option(help="Draw the base map anew where it changed.")] = True,
) -> None:
    """Run the server until Ctrl-C.

    Several may run over one database, behind one address: each with its own --port, and all but
    one with --no-office, since a browser's session of the office lives in one process.
    """
    settings = settings_or_exit(database=database, data=data, host=host, port=port)
    opened = database_or_exit(settings, made=True)
    high_water.check(opened, settings.data, new_epoch=lambda: str(uuid4()))
    with opened.writing() as session:
        understand_again(session, now=clock())
    listener = _listen(settings.host, settings.port)
    address = f"http://{settings.host}:{listener.getsockname()[1]}"
    held = _office_held(settings.data) if office else None
    screens = _office(opened, settings.data, address) if held else None
    seals = open_seals(settings.data)
    town = Town(
        settings.town, settings.contact, settings.jurisdiction, settings.public_url or address
    )
    live, copies = Live(opened), Snapshots(settings.data / "snapshots", opened)
    telling = notice_jobs(opened, settings, town, seals.key)
    beside = _beside(opened, settings, copies, live, screens, telling, plans=plans, tiles=tiles)
    app = create_app(
        opened,
        clock=clock,
        new_id=new_id,
        office=screens.asgi if screens else None,
        depot=depot_or_exit(settings),
        copies=copies,
        packs=Packs(settings.base_map),
        live=live,
        seals=seals,
        lifespan=_lifespan(beside),
        town=town,
    )
    say("listens", address=address)
    if screens:
        say("office", address=address)
    _run(app, listener, live)
    opened.close()
    if held:
        held.close()


def _beside(
    database: Database,
    settings: ServerSettings,
    copies: Snapshots,
    live: Live,
    screens: Any,
    telling: list[Job],
    *,
    plans: bool,
    tiles: bool,
) -> list[AbstractAsyncContextManager[Any]]:
    maps = MapMaker(settings, database)
    return [
        high_water.kept(database, settings.data),
        forgetting.running(database, clock),
        expected.running(database, copies, clock),
        live.running(),
        _jobs(database, telling, plans=plans, maps=maps if tiles else None).running(),
        maps.ending(),
        *([screens.running()] if screens else []),
    ]


def _listen(host: str, port: int) -> Any:
    import socket

    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # Who calls from now on is kept waiting, not turned away.
    except OSError as error:
        listener.close()
        raise stop(said("no_listening", host=host, port=port, why=error.strerror)) from None
    return listener


def _run(app: FastAPI, listener: Any, live: Live) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: Any) -> None:
            """Runs in the event loop's thread: the live lines end before they would be cut."""
            live.hang_up()
            super().handle_exit(sig, frame)

    # What was made until now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=KEEP_ALIVE_S,
        access_log=False,
        server_header=False,
    )
    Server(config).run(sockets=[listener])


def _office_held(folder: Path) -> Any:
    """The right to be the office of this data folder; None, with a word, where it is taken.

    Two would be one device that talks with two voices, and each would end the other's token.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = taken(folder / "office.lock")
    if held is None:
        say("office_taken", folder=folder)
    return held


def _office(database: Database, folder: Path, address: str) -> Any:
    """The office's screens, from whichever package brings them; None when none does."""
    for point in entry_points(group="voirie.office"):
        try:
            make = point.load()
        except ModuleNotFoundError as missing:
            log.warning("no office screens: %s is not installed", missing.name)
            continue
        with database.writing() as session:
            device = keep_device(session, OFFICE, now=clock(), new_id=new_id)
        return make(
            folder=folder / "office",
            server=address,
            device=asdict(device),
            clock=clock,
            new_id=new_id,
            random=SystemRandom(),
        )
    return None


def _jobs(database: Database, telling: list[Job], *, plans: bool, maps: MapMaker | None) -> Jobs:
    """What this process does by itself, where no other process of the town's is at it."""
    every = [Job("plans", PLANS_EVERY, lambda: _make_orders(database))] if plans else []
    every += [*(maps.jobs(new_id) if maps else []), *telling]
    every += [
        Job("sendings", FORGETTING_EVERY, lambda: _forget(database, sendings.forget)),
        Job("old notices", FORGETTING_EVERY, lambda: _forget(database, forget_past)),
        Job("passages", PASSAGES_EVERY, lambda: _forget(database, forget_passages)),
        Job("alerts", ALERTS_EVERY, lambda: escalate(database, now=clock(), new_id=new_id)),
        Job("tablets", ALERTS_EVERY, lambda: tell_office(database, now=clock(), new_id=new_id)),
    ]
    return Jobs(database, every, holder=new_id(), clock=clock)


def _forget(database: Database, old: Callable[..., object]) -> None:
    with database.writing() as session:
        old(session, now=clock())


def _make_orders(database: Database) -> None:
    from sync_server.generation import generate

    worked = generate(database, now=clock(), new_id=new_id)
    if worked.written:
        log.info("plans asked for %d occurrence(s)", worked.written)
    for plan, why in worked.broken:
        log.warning("plan %s cannot be worked out: %s", plan.code, why)


def _lifespan(beside: Iterable[AbstractAsyncContextManager[Any]]) -> Any:
    """What runs beside the doors, in this order, and ends in the other.

    The office's screens come last: they synchronize with a server that answers.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            for each in beside:
                await running.enter_async_context(each)
            yield

    return lifespan
