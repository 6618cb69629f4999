"""No list of the tablet reads all assets or all orders to show a few of them.

SQLite plans by its indexes alone, since no tablet gathers statistics: of a small town the plans are
those of a large one.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.work_orders import WorkOrder
from field_app.reads.assets import find_assets, nearest_assets
from field_app.reads.orders import Wanted, latest_order_of, orders
from tests.ui.town import Town

HERE = (-75.7, 45.4)
PAGES = (
    "/", "/orders/{order}", "/assets", "/assets/{Chemin du Lac}", "/map", "/new", "/report",
    "/break", "/alerts", "/notes", "/sync", "/me", "/rounds", "/units", "/workshop", "/plans",
)  # fmt: skip
WHOLE = re.compile(rf"SCAN ({Asset.__tablename__}|{WorkOrder.__tablename__})\b")


def found_to_scan(town: Town, doing: Callable[[], Any]) -> dict[str, list[str]]:
    """By its SQL, the plan of each question asked meanwhile that reads a whole table of these."""
    plans: dict[str, list[str]] = {}

    def tell(connection: Connection, _: Any, sql: str, given: Any, *rest: Any) -> None:
        if sql.startswith("SELECT") and sql not in plans:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)
            plans[sql] = [str(row[-1]) for row in rows]

    event.listen(town.database.engine, "before_cursor_execute", tell)
    doing()
    event.remove(town.database.engine, "before_cursor_execute", tell)
    assert plans
    return {sql: plan for sql, plan in plans.items() if any(map(WHOLE.match, plan))}


@pytest.mark.parametrize("person", ["luc", "diane"])
def test_no_page_reads_a_whole_table(town: Town, person: str) -> None:
    pages = [page.format_map(town.ids) for page in PAGES]

    def looked_through() -> None:
        with town.signed_in(person) as screen:
            for page in pages:
                screen.fire(screen.page, "route_change", {"route": page})
            assert not screen.failures

    assert found_to_scan(town, looked_through) == {}


def asked(town: Town, session: Session) -> None:
    luc, crew = town.ids["luc"], town.ids["north"]
    for whose in ("mine", "crew", "near", "all"):
        for finished in (False, True):
            wanted = Wanted(luc, crew, whose, finished=finished, near=HERE)
            orders(session, wanted, now=town.now)
            narrow = Wanted(luc, crew, whose, finished, "lac 7", priority_max=2, near=HERE)
            orders(session, narrow, now=town.now)
    latest_order_of(session, luc, crew)
    nearest_assets(session, HERE)
    nearest_assets(session, HERE, classes=["road_segment"])
    for text in ("lac", "chemin du lac", "T-1", "12", "12 lac"):
        find_assets(session, text)
        find_assets(session, text, near=HERE, classes=["road_segment"])


def test_no_filter_and_no_search_reads_a_whole_table(town: Town) -> None:
    def narrowed() -> None:
        with town.database.reading() as session:
            asked(town, session)

    assert found_to_scan(town, narrowed) == {}
