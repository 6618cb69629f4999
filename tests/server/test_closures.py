"""Street closures that come in: who may make, move and lift them, and what cannot be."""

from typing import Any

import pytest

from asset_model.closures import Closure, closures_of_asset, closures_of_order
from asset_model.matters import Matter
from asset_model.sync.wire import Change, Columns
from tests.sync import town
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, MARC

STREET = town.named("street", "1")
AT_NINE, AT_NOON = "2026-11-23T14:00:00.000Z", "2026-11-23T17:00:00.000Z"


def closing(row: str = "c", **more: Any) -> Change:
    given: Columns = {
        "asset_id": STREET, "order_id": town.order_id(1), "person_id": LUC, "made_at": AT_NINE,
        "kind": "closed", "from_m": 10, "to_m": 60, "begins_at": AT_NINE, "ends_at": AT_NOON,
        "cause": "works", "detour": "Par la rue Rideau.",
    }  # fmt: skip
    return insert("closure", row, **{**given, **more})


def lifting(person: str = LUC) -> Change:
    after = {"status": "lifted", "lifted_at": AT_NOON, "lifted_by": person}
    return edit("closure", "c", {"status": "in_force", "lifted_at": None, "lifted_by": None},
                **after)  # fmt: skip


def said(server: Server, change: Change, *, person: str = LUC, device: str = "T1") -> str | None:
    return server.push(group(change, person=person), device=device)[-1].code


def test_a_crew_closes_a_street_and_every_tablet_of_the_town_hears_of_it(served: Server) -> None:
    assert said(served, closing()) is None

    (row,) = served.rows(Closure)
    assert (row.status, row.buckets) == ("in_force", "town")


def test_it_is_found_by_its_order_and_by_its_segment_while_it_stands(served: Server) -> None:
    served.write(closing(), closing("d", order_id=None))
    said(served, lifting())

    with served.database.reading() as session:
        assert [each.id for each in closures_of_order(session, town.order_id(1))] == ["c"]
        assert [each.id for each in closures_of_asset(session, STREET)] == ["d"]
        assert len(closures_of_asset(session, STREET, lifted=True)) == 2


def test_another_crew_lifts_it_in_its_own_name(served: Server) -> None:
    served.write(closing())

    assert said(served, lifting(LUC), person=MARC, device="T2") == "role_not_allowed"
    assert said(served, lifting(MARC), person=MARC, device="T2") is None


def test_a_crew_does_not_move_a_closure(served: Server) -> None:
    served.write(closing())

    def moving() -> Change:
        return edit("closure", "c", {"to_m": 60.0}, to_m=90.0)

    assert said(served, moving()) == "role_not_allowed"
    assert said(served, moving(), person=BOSS, device="B1") is None


def test_what_was_lifted_stays_lifted(served: Server) -> None:
    served.write(closing())
    said(served, lifting())

    again = edit("closure", "c", {"status": "lifted"}, status="in_force")

    assert said(served, again, person=BOSS, device="B1") == "closure_lifted"


def test_two_who_differ_on_whether_it_is_over_are_a_matter_for_the_foreman(served: Server) -> None:
    served.write(closing(status="planned"))
    said(served, edit("closure", "c", {"status": "planned"}, status="lifted"))

    begun = edit("closure", "c", {"status": "planned"}, status="in_force")
    said(served, begun, person=ANNE)

    row = served.row("closure", "c")
    assert row is not None
    assert row["status"] == "lifted"
    (matter,) = served.rows(Matter)
    assert (matter.kind, matter.person_id) == ("contested", ANNE)


def test_words_of_two_about_it_are_both_kept(served: Server) -> None:
    served.write(closing(note="Signaleur au coin."))
    before = {"note": "Signaleur au coin."}
    said(served, edit("closure", "c", before, note="Signaleur au coin.\nDeux cônes."))
    theirs = edit("closure", "c", before, note="Signaleur au coin.\nAutobus avisé.")
    said(served, theirs, person=ANNE)

    row = served.row("closure", "c")
    assert row is not None
    assert row["note"].split("\n") == ["Signaleur au coin.", "Deux cônes.", "Autobus avisé."]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"asset_id": "nowhere"}, "row_unknown"),
        ({"kind": "half"}, "bad_value"),
        ({"side": "middle"}, "bad_value"),
        ({"status": "open"}, "bad_value"),
        ({"cause": "whim"}, "bad_value"),
        ({"from_m": 60}, "closure_no_stretch"),
        ({"from_m": -1}, "closure_no_stretch"),
        ({"ends_at": AT_NINE}, "closure_backwards"),
        ({"person_id": MARC}, "role_not_allowed"),
        ({"ends_at": None, "side": "left", "kind": "restricted"}, None),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    served: Server, more: Columns, code: str | None
) -> None:
    assert said(served, closing(**more)) == code


def test_only_a_street_is_closed(served: Server) -> None:
    served.write(
        insert("asset", "v", tag="V-1", class_code="valve", name="Vanne 1", attributes={},
               geometry={"type": "Point", "coordinates": [-75.7, 45.4]})
    )  # fmt: skip

    assert said(served, closing(asset_id="v")) == "closure_no_line"
