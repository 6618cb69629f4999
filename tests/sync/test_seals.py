"""A database put back by hand is known by a tablet that can prove it; a claim harms no other."""

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from asset_model.facts import Comment
from asset_model.sync.wire import Page, Pull, Terms
from asset_model.tables import SCHEMA
from field_app.actions.facts import comment
from field_app.store.local import Replica
from field_app.sync import engine
from sync_server import feed, seals
from sync_server.seals import Seals, open_seals
from sync_server.tables import DeviceReport
from tests.sync.rig import Server, Tablet, a_server, a_tablet, an_id
from tests.sync.town import order_id

ORDER = order_id(1)


def epoch(server: Server) -> str:
    with server.database.reading() as session:
        return feed.state(session)[0]


def put_back(server: Server, positions: int = 1) -> None:
    """The history is an earlier copy of itself."""
    with server.database.writing() as session:
        feed.take_positions(session, -positions)


def asked(tablet: Tablet) -> Pull:
    with tablet.database.reading() as session:
        return engine.next_pull(session)


def test_what_a_tablet_was_told_under_seal_proves_that_the_database_is_an_older_copy(
    served: Server, tmp_path: Path
) -> None:
    tablet = a_tablet(served, tmp_path)
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    before = epoch(served)
    put_back(served)

    tablet.sync()

    assert epoch(served) != before
    assert [replica.epoch for replica in tablet.all(Replica)] == [epoch(served)]
    assert served.rows(DeviceReport) == []
    tablet.database.close()


def test_an_answer_to_a_push_is_under_seal_as_well(served: Server, tmp_path: Path) -> None:
    """The link may die before the pull: then it is all that the tablet has heard."""
    tablet = a_tablet(served, tmp_path)
    tablet.do(comment, ORDER, "Fait.")
    tablet.link.before = refuse_pulls
    with pytest.raises(InterruptedError):
        tablet.sync()
    before = epoch(served)
    put_back(served)

    tablet.link.before = lambda _: None
    tablet.sync()

    assert epoch(served) != before
    tablet.database.close()


def refuse_pulls(kind: str) -> None:
    if kind == "pull":
        raise InterruptedError


FORGERIES: dict[str, Callable[[Pull], Pull]] = {
    "no seal": lambda pull: replace(pull, heard=10_000, seal=""),
    "the seal of another position": lambda pull: replace(pull, heard=10_000),
    "an invented seal": lambda pull: replace(pull, heard=10_000, seal="0" * 32),
    "letters that no seal has": lambda pull: replace(pull, heard=10_000, seal="é"),
    "positions alone": lambda pull: replace(pull, positions=dict.fromkeys(pull.positions, 10_000)),
    "a seal of another server": lambda pull: replace(
        pull, heard=10_000, seal=Seals(b"mine").of(pull.epoch or "", 10_000)
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_claim_that_proves_nothing_sends_nobody_else_back(
    served: Server, tmp_path: Path, forgery: str
) -> None:
    tablet, other = a_tablet(served, tmp_path), a_tablet(served, tmp_path, "T2")
    before = epoch(served)

    answer = served.pull(FORGERIES[forgery](asked(tablet)))

    assert isinstance(answer, Terms)
    assert epoch(served) == before
    assert isinstance(served.pull(asked(other), device="T2"), Page)
    for each in (tablet, other):
        each.database.close()


def test_a_claim_is_reported_once_however_often_it_is_made(served: Server, tmp_path: Path) -> None:
    tablet = a_tablet(served, tmp_path)
    for _ in range(3):
        served.pull(replace(asked(tablet), heard=10_000))

    (report,) = served.rows(DeviceReport)
    assert (report.kind, report.details["position"]) == ("ahead", 10_000)
    tablet.database.close()


def test_a_tablet_whose_claim_is_not_believed_brings_back_its_own_work(
    server: Server, tmp_path: Path
) -> None:
    """The key was lost with the data folder: what the tablet holds is all there is."""
    tablet = a_tablet(server, tmp_path)
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    older = a_server()
    older.devices["T1"] = server.devices["T1"]
    older.seals = Seals(b"made anew")
    with server.database.reading() as session:
        same, _ = feed.state(session)
    with older.database.writing() as session:
        feed.begin_history(session, same)
    tablet.link.server = older

    for _ in range(3):
        tablet.sync()

    assert epoch(older) == same
    assert [c.text for c in older.rows(Comment)] == ["Fait."]
    assert [c.text for c in tablet.all(Comment)] == ["Fait."]
    assert tablet.states() == ["settled"]


@pytest.mark.parametrize("protocol", [1, 2])
def test_an_older_app_that_cannot_prove_it_is_told_another_history_and_then_ours(
    server: Server, tablet: Tablet, protocol: int
) -> None:
    claim = replace(asked(tablet), heard=10_000, seal="", protocol=protocol)

    doubt = server.pull(claim)
    assert isinstance(doubt, Terms)
    again = Pull(schema=SCHEMA, epoch=doubt.epoch, scope=doubt.scope, positions={})
    terms = server.pull(replace(again, protocol=protocol))

    assert isinstance(terms, Terms)
    assert doubt.epoch != terms.epoch == epoch(server)
    assert doubt.buckets == ()
    assert terms.buckets


def test_an_answer_of_a_former_history_accepts_nothing_in_the_new_one(tablet: Tablet) -> None:
    server = tablet.link.server
    tablet.do(comment, ORDER, "Fait.")
    with tablet.database.reading() as session:
        push = engine.next_push(session, now=tablet.clock())
    assert push is not None
    late = server.reply(push, device="T1")
    older = a_server()
    older.devices["T1"] = server.devices["T1"]
    with older.database.writing() as session:
        feed.begin_history(session, "restored")
    tablet.link.server = older
    terms = older.pull(asked(tablet))
    assert isinstance(terms, Terms)
    with tablet.database.writing() as session:
        engine.take_terms(session, terms, now=tablet.clock())

    with tablet.database.writing() as session:
        engine.take_reply(session, late, now=tablet.clock())

    assert tablet.states() == ["pending"]


def test_the_key_is_made_once_and_is_for_the_servers_eyes_only(tmp_path: Path) -> None:
    made = open_seals(tmp_path / "data")
    file = tmp_path / "data" / seals.FILE

    assert open_seals(tmp_path / "data") == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [seals.FILE]


def test_of_two_servers_that_start_together_one_makes_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other: list[Seals] = []
    link = os.link

    def late(*given: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        other.append(open_seals(tmp_path))
        link(*given)

    monkeypatch.setattr(os, "link", late)

    assert [open_seals(tmp_path)] == other


def test_a_key_that_is_not_whole_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / seals.FILE).write_bytes(b"short")

    assert open_seals(tmp_path) == open_seals(tmp_path)


def test_where_no_key_can_be_kept_the_server_runs_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()

    assert open_seals(tmp_path / "file").of("e", 1)
    assert "cannot be kept" in caplog.text


def test_a_seal_is_of_one_history_and_one_position() -> None:
    made = Seals(an_id().encode())

    assert made.holds(made.of("e", 7), "e", 7)
    assert not made.holds(made.of("e", 7), "e", 8)
    assert not made.holds(made.of("e", 7), "f", 7)
