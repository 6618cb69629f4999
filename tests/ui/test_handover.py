"""Notes between shifts: left by who goes, before the work of who comes until they are read."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.dispatching import HandoverNote, NoteRead
from tests.ui.town import NOW, Town


def a_note(town: Town, name: str = "note", **more: Any) -> HandoverNote:
    town.ids[name] = town.workplace.new_id()
    told: dict[str, Any] = {
        "text": f"Vanne 12 fermée ({name})",
        "crew_id": town.ids["north"],
        "shift_on": date(2026, 11, 23),
        "shift": "day",
        "order_ids": [town.ids["order"]],
        "created_at": NOW - timedelta(hours=1),
        "created_by": town.ids["diane"],
    }
    return HandoverNote(id=town.ids[name], **{**told, **more})


def rows(town: Town, model: Any) -> list[Any]:
    with town.database.reading() as session:
        return list(session.scalars(select(model)))


def test_a_note_stands_before_one_s_work_until_it_is_read(town: Town) -> None:
    town.add(a_note(town))

    with town.signed_in("luc") as screen:
        assert "Vanne 12 fermée" in screen.text
        assert "Réparer un nid-de-poule" in screen.text  # Pinned to it.
        assert not screen.has("search")
        screen.tap("notes-read")
        assert screen.has("search")
        assert not screen.failures
    assert [(row.note_id, row.person_id) for row in rows(town, NoteRead)] == [
        (town.ids["note"], town.ids["luc"])
    ]
    with town.signed_in("luc") as screen:
        assert screen.has("search")
    with town.signed_in("anne") as screen:
        assert not screen.has("search")


def test_notes_of_other_crews_of_other_days_and_one_s_own_stop_nobody(town: Town) -> None:
    town.add(
        a_note(town, "south", crew_id=town.ids["south"]),
        a_note(town, "old", shift_on=date(2026, 11, 18)),
        a_note(town, "later", shift_on=date(2026, 11, 24)),
        a_note(town, "own", created_by=town.ids["luc"]),
    )

    with town.signed_in("luc") as screen:
        assert screen.has("search")


def test_a_note_that_arrives_later_takes_no_screen_from_anybody(town: Town) -> None:
    with town.signed_in("luc") as screen:
        town.add(a_note(town))
        town.workplace.changed()
        screen.settle()

        assert screen.has("search")
        assert not screen.failures


def test_a_note_is_left_for_a_crew_and_its_shift_with_orders_pinned(town: Town) -> None:
    with town.signed_in("diane", route="/notes") as screen:
        assert "Aucune note n’a encore été écrite." in screen.text
        screen.enter("note-text", "Pompe en marche au coin du quai")
        screen.tap("note-crew-1")
        screen.tap("note-shift-night")
        screen.tap(f"pin-{town.ids['order']}")
        screen.tap("note-save")

        assert "Pompe en marche" in screen.text
        assert screen.one("note-text").value == ""
        assert not screen.failures
    (note,) = rows(town, HandoverNote)
    assert (note.crew_id, note.shift, note.order_ids) == (
        town.ids["north"], "night", [town.ids["order"]],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "shift"), [(3, "day"), (8, "day"), (14, "evening"), (23, "night"), (0, "night")]
)
def test_a_note_is_for_the_shift_that_comes(town: Town, hour: int, shift: str) -> None:
    town.now = datetime(2026, 11, 24, hour, 12, tzinfo=town.workplace.zone)

    with town.signed_in("diane", route="/notes") as screen:
        screen.enter("note-text", "Pompe en marche au coin du quai")
        screen.tap("note-save")

    (note,) = rows(town, HandoverNote)
    assert (note.shift_on, note.shift) == (date(2026, 11, 24), shift)


def test_who_has_read_a_note_stands_on_it(town: Town) -> None:
    town.add(
        a_note(town),
        NoteRead(id=town.workplace.new_id(), note_id=town.ids["note"], person_id=town.ids["luc"],
                 read_at=NOW),
    )  # fmt: skip

    with town.signed_in("diane", route="/notes") as screen:
        assert "Lu par Luc Bélanger" in screen.text
        assert not screen.failures
