"""A change of an older revision is read in today's words, and spoken of in its own."""

from asset_model.sync.schemas import LIFTS, Lift, lifted
from asset_model.sync.wire import Change, Columns, Outcome
from asset_model.tables import SCHEMA

OLD: dict[int, Lift] = {
    1: Lift(
        tables={"job": "task"},
        columns={("job", "remarks"): "notes"},
        dropped=frozenset({("job", "colour")}),
        values={("job", "priority"): lambda letter: "ABC".index(letter) + 1},
    ),
    2: Lift(tables={"task": "work_order"}, columns={("task", "notes"): "description"}),
}


def edit(table: str, before: Columns, after: Columns) -> Change:
    return Change(id="c", table=table, row="r", op="edit", before=before, after=after)


def test_every_revision_before_today_s_has_its_lift() -> None:
    assert sorted(LIFTS) == list(range(1, SCHEMA))


def test_a_change_of_today_is_taken_as_it_is() -> None:
    change = edit("work_order", {"remarks": None}, {"remarks": "Fait."})

    assert lifted(change, 3, OLD).change is change


def test_a_change_of_a_revision_that_nobody_knows_is_taken_as_it_is() -> None:
    change = edit("job", {}, {"remarks": "Fait."})

    assert [lifted(change, schema, OLD).change for schema in (0, -1, 99)] == [change] * 3


def test_a_change_is_lifted_one_revision_after_the_other() -> None:
    change = edit("job", {"remarks": None, "priority": "A"}, {"remarks": "Fait.", "priority": "C"})

    today = lifted(change, 1, OLD).change

    assert today == edit(
        "work_order", {"description": None, "priority": 1}, {"description": "Fait.", "priority": 3}
    )


def test_a_change_of_the_revision_between_is_lifted_from_there() -> None:
    today = lifted(edit("task", {}, {"notes": "Fait.", "priority": 2}), 2, OLD).change

    assert today == edit("work_order", {}, {"description": "Fait.", "priority": 2})


def test_a_value_that_has_no_place_any_more_is_set_aside_and_not_lost() -> None:
    spoken = lifted(edit("job", {"colour": "red"}, {"colour": "blue", "remarks": "x"}), 1, OLD)

    told = spoken.lowered(Outcome(change="c", result="applied", position=7))

    assert spoken.change.after == {"description": "x"}
    assert (told.result, told.set_aside, told.position) == ("merged", {"colour": "blue"}, 7)


def test_a_refused_change_is_refused_whole() -> None:
    spoken = lifted(edit("job", {}, {"colour": "blue"}), 1, OLD)
    refused = Outcome(change="c", result="refused", code="out_of_scope")

    assert spoken.lowered(refused) == refused


def test_what_lost_a_merge_is_told_by_the_name_it_had() -> None:
    spoken = lifted(edit("job", {"remarks": "a"}, {"remarks": "b"}), 1, OLD)

    told = spoken.lowered(
        Outcome(
            change="c",
            result="merged",
            columns={"description": "z"},
            set_aside={"description": "b"},
        )
    )

    assert (told.columns, told.set_aside) == ({"remarks": "z"}, {"remarks": "b"})


def test_what_was_empty_stays_empty_however_it_is_spelt() -> None:
    assert lifted(edit("job", {}, {"priority": None}), 1, OLD).change.after == {"priority": None}
