"""The director's page: every number is as long as its list, however it is narrowed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asset_model.base import instant
from asset_model.errors import Refused
from sync_server.dashboard.board import board
from sync_server.dashboard.listing import listed
from sync_server.tables import Device
from tests.server.dashboard_town import asks, fill
from tests.sync.rig import Server, a_server

NOW = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
COUNTS = {
    "emergencies": 23,
    "overdue": 21,
    "backlog": 89,
    "compliance": 21,
    "fleet": 7,
    "cost": 66,
    "requests": 15,
    "requests_on_time": 2,
}


def figures(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {figure["code"]: figure for figure in told["figures"]}


def rows_of(session: Any, **question: str) -> list[dict[str, Any]]:
    """Every page of a list, one after the other."""
    rows: list[dict[str, Any]] = []
    page = listed(asks(session, NOW, **question))
    for number in range(page["pages"]):
        page = listed(asks(session, NOW, page=str(number), **question))
        rows += page["rows"]
    assert page["count"] == len(rows)
    return rows


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10_000),
    district=st.sampled_from(("", "d0", "d1")),
    crew=st.sampled_from(("", "c0", "c2", "c3")),
    month=st.sampled_from(("", "2026-10", "2025-11")),
)
def test_every_count_is_that_of_its_list(seed: int, district: str, crew: str, month: str) -> None:
    server = a_server()
    narrowed = {"district": district, "crew": crew, "month": month}
    with server.database.writing() as session:
        fill(session, now=NOW, seed=seed)
        for code, figure in figures(board(asks(session, NOW, **narrowed))).items():
            rows = rows_of(session, figure=code, **narrowed)

            assert len(rows) == figure["count"], code
            assert len({(row["table"], row["id"]) for row in rows}) == len(rows)
            for part in figure["parts"]:
                share = rows_of(session, figure=code, part=part["code"], **narrowed)
                assert len(share) == part["count"], (code, part["code"])
            if code == "cost":
                spent = sum(row["amount"] or 0 for row in rows)
                assert round(spent, 2) == figure["value"]
    server.database.close()


@pytest.fixture
def filled(served: Server) -> Server:
    with served.database.writing() as session:
        fill(session, now=NOW, seed=7)
    return served


def test_both_engines_tell_the_same_page(filled: Server) -> None:
    with filled.database.reading() as session:
        told = figures(board(asks(session, NOW)))
        late = rows_of(session, figure="overdue", part="law")

    assert {code: figure["count"] for code, figure in told.items()} == COUNTS
    assert late
    assert all(row["law"] for row in late)
    assert told["overdue"]["count"] == sum(part["count"] for part in told["overdue"]["parts"])


NARROWED: tuple[dict[str, str], ...] = (
    {},
    {"district": "d1", "week": "2026-11-23"},
    {"crew": "c0"},
)


def test_every_count_of_a_week_is_that_of_its_list(filled: Server) -> None:
    with filled.database.reading() as session:
        for narrowed in NARROWED:
            for figure in board(asks(session, NOW, **narrowed))["week"]["figures"]:
                for which, told in {"": figure, **figure["beside"]}.items():
                    if "no_record" in (told.get("why") or ""):
                        assert (told["value"], told["count"]) == (None, 0)
                        continue
                    question = {"figure": figure["code"], "beside": which, **narrowed}
                    assert len(rows_of(session, **question)) == told["count"], question
                for part in figure["parts"]:
                    question = {"figure": figure["code"], "part": part["code"], **narrowed}
                    assert len(rows_of(session, **question)) == part["count"], question


def test_the_backlog_is_in_weeks_of_one_crew_of_the_trade(filled: Server) -> None:
    with filled.database.reading() as session:
        backlog = figures(board(asks(session, NOW)))["backlog"]
        hours = sum(row["hours"] or 0 for row in rows_of(session, figure="backlog", part="roads"))

    trades = {part["code"]: part for part in backlog["parts"]}
    # Two crews share the 80 hours of the roads; nobody has said how many the water has.
    assert trades["roads"]["value"] == round(hours / 40, 2)
    assert trades["water"]["value"] is None
    assert trades["none"]["count"] > 0
    assert trades["roads"]["notes"] == [f"unestimated:{_unestimated(filled, 'roads')}"]


def _unestimated(filled: Server, trade: str) -> int:
    with filled.database.reading() as session:
        rows = rows_of(session, figure="backlog", part=trade)
    return sum(row["hours"] is None for row in rows)


def test_the_cost_of_a_running_month_is_beside_the_same_days_of_last_year(filled: Server) -> None:
    with filled.database.reading() as session:
        cost = figures(board(asks(session, NOW)))["cost"]

    assert cost["value"] > 0
    assert cost["before"] > 0
    assert round(sum(part["value"] for part in cost["parts"]), 2) == cost["value"]
    assert round(sum(part["before"] for part in cost["parts"]), 2) == cost["before"]
    assert cost["notes"]
    assert cost["notes"][0].startswith("unpriced:")


def test_tablets_that_are_quiet_are_told_the_quietest_first(filled: Server) -> None:
    with filled.database.writing() as session:
        for device in session.query(Device):
            device.seen_at = NOW - timedelta(hours=9) if device.code == "T1" else NOW
        told = board(asks(session, NOW))["freshness"]

    assert told["tablets"][0]["code"] == "T1"
    assert told["tablets"][0]["seen_at"] == instant(NOW - timedelta(hours=9))
    assert [tablet["quiet"] for tablet in told["tablets"]].count(True) == 1


@pytest.mark.parametrize(
    "question",
    [{"month": "2026-13"}, {"month": "2031-01"}, {"figure": "moon"}, {"page": "-1"}],
    ids=str,
)
def test_a_question_that_cannot_be_is_refused(filled: Server, question: dict[str, str]) -> None:
    with filled.database.reading() as session, pytest.raises(Refused) as refused:
        listed(asks(session, NOW, **{"figure": "cost", **question}))

    assert refused.value.code == "bad_value"
