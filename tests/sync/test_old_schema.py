"""A tablet of any revision of the tables can push; its words are understood, kept and answered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from asset_model.base import instant
from asset_model.sync import schemas
from asset_model.sync.schemas import Lift
from asset_model.sync.wire import Change, Group, Outcome
from asset_model.tables import SCHEMA
from field_app.actions import work_orders
from field_app.actions.facts import comment as add_comment
from field_app.store.images import keep_image, rebuild
from field_app.store.local import LocalChange
from sync_server.push import understand_again
from tests.sync.rig import Server, Tablet, a_push, a_tablet, an_id, comment, edit, group, insert
from tests.sync.town import LUC, NORTH, order_id
from tests.threads import together

ORDER = order_id(1)

A_LIFT = Lift(
    tables={"remark": "comment"},
    columns={("work_order", "remarks"): "description", ("remark", "words"): "text"},
    dropped=frozenset({("work_order", "colour")}),
    values={("work_order", "status"): lambda word: "in_progress" if word == "begun" else word},
)


@pytest.fixture(autouse=True)
def _renamed_since() -> Iterator[None]:
    """Since revision 1, things are called otherwise than they were."""
    with patch.dict(schemas.LIFTS, {1: A_LIFT}):
        yield


def said(server: Server, *groups: Group, schema: int = 1) -> list[Outcome]:
    return list(server.reply(replace(a_push(*groups), schema=schema), device="T1").outcomes)


def in_old_words(order: str = ORDER, person: str = LUC) -> Change:
    return insert(
        "remark",
        work_order_id=order,
        person_id=person,
        words="Fait.",
        written_at="2026-11-23T08:00:00.000Z",
    )


def test_a_renamed_table_and_column_are_understood(served: Server) -> None:
    outcomes = said(
        served,
        group(in_old_words()),
        group(edit("work_order", ORDER, {"remarks": None}, remarks="Bosse.")),
        group(edit("work_order", ORDER, {"status": "dispatched"}, status="begun")),
    )

    assert [(o.result, o.code) for o in outcomes] == [("applied", None)] * 3
    order = served.row("work_order", ORDER) or {}
    assert (order["description"], order["status"]) == ("Bosse.", "in_progress")


def test_the_journal_keeps_it_as_it_came(served: Server) -> None:
    change = in_old_words()
    said(served, group(change))

    entry = served.journal(change)

    assert entry is not None
    assert (entry.schema, entry.table, entry.after) == (1, "remark", change.after)


def test_a_repeat_has_the_same_answer_and_no_second_effect(served: Server) -> None:
    once = group(edit("work_order", ORDER, {"colour": None}, colour="red", remarks="Bosse."))

    first, second = said(served, once), said(served, once)

    assert first == second
    assert [(o.result, o.set_aside) for o in first] == [("merged", {"colour": "red"})]


def test_what_stands_instead_is_told_in_the_old_words(served: Server) -> None:
    served.set("work_order", ORDER, status="cancelled")

    (outcome,) = said(
        served, group(edit("work_order", ORDER, {"remarks": None}, remarks="a", colour="red"))
    )

    assert outcome.set_aside == {"colour": "red"}
    assert outcome.columns.keys() <= {"remarks", "colour"}


def test_what_was_parked_in_old_words_is_understood_when_its_row_arrives(served: Server) -> None:
    born, change = an_id(), in_old_words()
    orphan = replace(change, after={**change.after, "work_order_id": born})
    (waiting,) = said(served, group(orphan))
    assert (waiting.result, waiting.code) == ("parked", "row_unknown")

    served.push(group(insert("work_order", born, **an_order())))

    entry = served.journal(orphan)
    assert entry is not None
    assert (entry.result, entry.after) == ("applied", orphan.after)


def an_order() -> dict[str, str]:
    return {
        "title": "Regard",
        "status": "dispatched",
        "crew_id": NORTH,
        "source": "person",
        "created_at": "2026-11-23T08:00:00.000Z",
    }


@pytest.mark.parametrize("schema", [-1, 0, SCHEMA + 1, 1_000])
def test_whatever_revision_it_names_a_tablet_can_push(served: Server, schema: int) -> None:
    known = group(comment(ORDER))
    unknown = group(edit("work_order", order_id(3), {"of_tomorrow": None}, of_tomorrow="?"))

    outcomes = said(served, known, unknown, schema=schema)

    assert [o.result for o in outcomes] == ["applied", "parked"]


def test_what_a_newer_app_says_is_understood_once_the_server_is_updated(served: Server) -> None:
    change = edit("work_order", ORDER, {"wetness": None}, wetness="Flaque.")
    behind = edit("work_order", ORDER, {"description": None}, description="Bosse.")
    parked = said(served, group(change), group(behind), schema=SCHEMA)
    assert [o.code for o in parked] == ["column_unknown", "behind_parked"]

    since = Lift(columns={("work_order", "wetness"): "description"})
    with patch.dict(schemas.LIFTS, {SCHEMA: since}), served.database.writing() as session:
        understood = understand_again(session, now=served.clock())

    assert understood == 2
    order = served.row("work_order", ORDER) or {}
    assert set(order["description"].split("\n")) == {"Flaque.", "Bosse."}


def test_a_server_that_was_not_updated_leaves_it_parked(served: Server) -> None:
    change = edit("work_order", ORDER, {"wetness": None}, wetness="Flaque.")
    said(served, group(change))

    with served.database.writing() as session:
        assert understand_again(session, now=served.clock()) == 0

    entry = served.journal(change)
    assert entry is not None
    assert (entry.result, entry.code) == ("parked", "column_unknown")


def made_before_the_update(tablet: Tablet, *, schema: int = 1, **after: str) -> None:
    """A change waits that an app before this one made, in the words of its revision."""
    by = tablet.by()
    with tablet.database.writing() as session:
        keep_image(session, "work_order", ORDER)
        session.add(
            LocalChange(
                id=by.new_id(),
                group_id=by.new_id(),
                person_id=by.person_id,
                made_at=instant(by.now),
                schema=schema,
                table="work_order",
                row=ORDER,
                op="edit",
                before=dict.fromkeys(after),
                after=after,
            )
        )
        session.flush()
        rebuild(session, [("work_order", ORDER)])


def test_work_that_waits_through_an_update_of_the_app_goes_in_the_words_it_was_made_in(
    served: Server, tmp_path: Path
) -> None:
    tablet = a_tablet(served, tmp_path)
    made_before_the_update(tablet, remarks="Avant.")
    tablet.do(add_comment, ORDER, "Après.")
    made_before_the_update(tablet, colour="red")

    tablet.sync()

    sent = [p for p in tablet.link.asked if hasattr(p, "groups")]
    assert [(push.schema, len(push.groups)) for push in sent] == [(1, 1), (SCHEMA, 1), (1, 1)]
    assert (served.row("work_order", ORDER) or {})["description"] == "Avant."
    assert tablet.states() == ["settled"] * 3
    tablet.database.close()


def test_work_that_waits_through_an_update_of_the_app_stays_in_sight(tablet: Tablet) -> None:
    made_before_the_update(tablet, remarks="Avant.")

    assert tablet.order().description == "Avant."


def test_an_update_of_the_app_rewrites_nothing_that_waits(tablet: Tablet) -> None:
    made_before_the_update(tablet, remarks="Avant.")
    tablet.do(work_orders.move, ORDER, "accepted")

    (old, *_) = tablet.changes()

    assert (old.schema, old.after) == (1, {"remarks": "Avant."})
    assert {change.schema for change in tablet.changes()[1:]} == {SCHEMA}


def test_servers_that_are_updated_together_understand_it_once(served: Server) -> None:
    change = edit("work_order", ORDER, {"wetness": None}, wetness="Flaque.")
    said(served, group(change), schema=SCHEMA)
    understood: list[int] = []

    def start() -> None:
        with served.database.writing() as session:
            understood.append(understand_again(session, now=served.clock()))

    since = Lift(columns={("work_order", "wetness"): "description"})
    with patch.dict(schemas.LIFTS, {SCHEMA: since}):
        together(*[start] * 3)

    assert sorted(understood) == [0, 0, 1]
