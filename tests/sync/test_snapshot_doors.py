"""The doors of the first copy, and a tablet's whole first copy, over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from starlette.types import Message, Receive, Scope, Send

from asset_model.shape import shape
from field_app.sync import first_copy
from field_app.sync.http import COPIES, HttpTransport
from field_app.sync.rounds import run_round
from field_app.sync.transport import LinkDown, NotEnrolled
from sync_server import feed
from sync_server.app import create_app
from sync_server.snapshots import Snapshots
from tests.server.listening import Caller, listening, refusal
from tests.sync import rig, town
from tests.sync.copies import (
    FileTablet,
    a_file_tablet,
    keep_copies,
    of_all_kinds,
    rows_on_disk,
    scope,
)

GZIP = {"Accept": "application/gzip", "Accept-Encoding": "gzip"}


class Cutting:
    """The application behind a link that breaks in the middle of a file. `cuts`: after how much."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cuts: list[int] = []
        self.ranges: list[str] = []

    async def __call__(self, its: Scope, receive: Receive, send: Send) -> None:
        if not its.get("path", "").startswith(f"{COPIES}/"):
            await self.app(its, receive, send)
            return
        self.ranges.append(dict(its["headers"]).get(b"range", b"").decode())
        left = self.cuts.pop(0) if self.cuts else None

        async def send_some(message: Message) -> None:
            nonlocal left
            body = message.get("body", b"")
            if left is None or len(body) <= left:
                left = None if left is None else left - len(body)
                await send(message)
                return
            await send({**message, "body": body[:left], "more_body": True})
            raise ConnectionAbortedError("cut")

        await self.app(its, receive, send_some)


@dataclass
class Doors:
    server: rig.Server
    copies: Snapshots
    cutting: Cutting
    address: str
    caller: Caller
    token: str

    def ask(self, **more: Any) -> requests.Response:
        with self.server.database.reading() as session:
            epoch, _ = feed.state(session)
        asked = {"epoch": epoch, "scope": scope(self.server, "T1").id, "shape": shape()}
        return self.caller.ask("GET", COPIES, params=asked | more, headers=GZIP)

    def fetch(self, name: str, **headers: str) -> requests.Response:
        return self.caller.ask("GET", f"{COPIES}/{name}", headers=GZIP | headers)


@contextmanager
def opened(server: rig.Server, folder: Path) -> Iterator[Doors]:
    copies = keep_copies(server, folder)
    app = create_app(server.database, clock=server.clock, new_id=rig.an_id, copies=copies)
    cutting = Cutting(app)
    _, token = town.add_tablet(server.database, "T9", town.NORTH)
    with listening(cutting) as address:  # type: ignore[arg-type]
        caller = Caller(address, token)
        yield Doors(server, copies, cutting, address, caller, token)
        caller.close()


@pytest.fixture
def doors(served: rig.Server, tmp_path: Path) -> Iterator[Doors]:
    """A listening server on either database, and a caller of the north crew."""
    with opened(served, tmp_path) as made:
        yield made


@pytest.fixture
def tablet(doors: Doors, tmp_path: Path) -> Iterator[FileTablet]:
    """A new tablet, which reaches the server over HTTP."""
    made = a_file_tablet(doors.server, tmp_path / "tablet", doors.copies)
    yield made
    made.database.close()


def sync(tablet: FileTablet, doors: Doors) -> None:
    link = HttpTransport(doors.address, doors.token)
    try:
        run_round(tablet.database, link, tablet.clock, copying=tablet.seen.append)
    finally:
        link.close()


def test_a_tablet_takes_its_first_copy_by_file_over_http(
    doors: Doors, tablet: FileTablet, tmp_path: Path
) -> None:
    of_all_kinds(doors.server)
    sync(tablet, doors)

    assert tablet.taken_by_file
    assert rows_on_disk(tablet) == rows_on_disk(rig.a_tablet(doors.server, tmp_path / "pages"))


def test_a_transfer_that_the_network_cuts_again_and_again_goes_on_by_range(
    doors: Doors, tablet: FileTablet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_copy, "GAIN_BYTES", 500)
    doors.cutting.cuts = [500, 700, 1_100]
    sync(tablet, doors)

    assert doors.cutting.ranges == ["bytes=0-", "bytes=500-", "bytes=1200-", "bytes=2300-"]
    assert rows_on_disk(tablet) == rows_on_disk(rig.a_tablet(doors.server, tmp_path / "pages"))


def test_a_transfer_that_was_cut_goes_on_after_the_tablet_was_started_again(
    doors: Doors, tablet: FileTablet
) -> None:
    doors.cutting.cuts = [777]
    with pytest.raises(LinkDown):
        sync(tablet, doors)
    tablet.restart()
    sync(tablet, doors)

    assert doors.cutting.ranges == ["bytes=0-", "bytes=777-"]
    assert not tablet.parts.exists()


def test_a_file_is_given_whole_and_for_ever_by_its_name(doors: Doors) -> None:
    offer = doors.ask().json()
    answer = doors.fetch(offer["name"])

    assert (answer.status_code, len(answer.content)) == (200, offer["bytes"])
    assert answer.headers["ETag"] == f'"{offer["name"]}"'
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers  # Packed once, never twice.


def test_a_range_is_given_while_the_file_is_the_same(doors: Doors) -> None:
    offer = doors.ask().json()
    whole = doors.fetch(offer["name"]).content
    part = doors.fetch(offer["name"], Range="bytes=1000-", **{"If-Range": f'"{offer["name"]}"'})
    other = doors.fetch(offer["name"], Range="bytes=1000-", **{"If-Range": '"another"'})

    assert (part.status_code, part.content) == (206, whole[1000:])
    assert part.headers["Content-Range"] == f"bytes 1000-{len(whole) - 1}/{len(whole)}"
    assert (other.status_code, other.content) == (200, whole)


def test_a_range_past_the_end_is_told_so(doors: Doors) -> None:
    offer = doors.ask().json()

    assert doors.fetch(offer["name"], Range=f"bytes={offer['bytes']}-").status_code == 416


def test_another_crews_copy_is_refused(doors: Doors) -> None:
    offer = doors.ask().json()
    _, token = town.add_tablet(doors.server.database, "T8", town.SOUTH)
    south = Caller(doors.address, token)

    answer = south.ask("GET", f"{COPIES}/{offer['name']}")
    south.close()

    assert refusal(answer) == (403, "snapshot_out_of_scope")


def test_nobody_without_a_token_is_offered_or_given_anything(doors: Doors) -> None:
    offer = doors.ask().json()
    nobody = Caller(doors.address, "no token of ours")
    answers = [nobody.ask("GET", COPIES), nobody.ask("GET", f"{COPIES}/{offer['name']}")]
    nobody.close()

    assert [refusal(answer) for answer in answers] == [(401, "device_unknown")] * 2


def test_a_copy_that_is_not_kept_any_more_is_told_so(doors: Doors) -> None:
    offer = doors.ask().json()

    assert refusal(doors.fetch(offer["name"].replace("-", "-0", 1))) == (404, "snapshot_gone")


@pytest.mark.parametrize("other", [{"shape": "other"}, {"epoch": ""}, {"scope": "x"}])
def test_where_pages_serve_better_nothing_is_offered(doors: Doors, other: dict[str, str]) -> None:
    answer = doors.ask(**other)

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_server_that_keeps_no_copies_is_asked_for_pages(
    served: rig.Server, tablet: FileTablet, tmp_path: Path
) -> None:
    _, token = town.add_tablet(served.database, "T7", town.NORTH)
    app = create_app(served.database, clock=served.clock, new_id=rig.an_id)
    with listening(app) as address:
        link = HttpTransport(address, token)
        run_round(tablet.database, link, tablet.clock, copying=tablet.seen.append)
        link.close()

    assert tablet.seen == []
    assert rows_on_disk(tablet) == rows_on_disk(rig.a_tablet(served, tmp_path / "pages"))


def test_a_tablet_whose_token_ended_during_the_transfer_says_so(
    doors: Doors, tablet: FileTablet
) -> None:
    doors.cutting.cuts = [777]
    with pytest.raises(LinkDown):
        sync(tablet, doors)
    doors.token = "ended"

    with pytest.raises(NotEnrolled):
        sync(tablet, doors)
    assert (tablet.parts / "packed").stat().st_size == 777
