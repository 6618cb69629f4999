"""Grades of a condition and papers of an asset that come in: what is kept, and what is not."""

from typing import Any

import pytest

from asset_model.conditions import gauge_of
from asset_model.documents import AssetDocument
from asset_model.meters import Meter, MeterReading
from asset_model.sync.wire import Change
from tests.sync import town
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC

STREET = town.named("street", "1")
FILE = "a" * 64


def graded(row: str, grade: float, day: int, *, by: str = LUC, **more: Any) -> Change:
    return insert(
        "meter_reading", row, meter_id=gauge_of(STREET), asset_id=STREET, value=grade,
        taken_at=f"2026-10-{day:02d}T12:00:00.000Z", person_id=by, source="person", **more,
    )  # fmt: skip


def paper(row: str = "d", *, by: str = BOSS, **more: Any) -> Change:
    given = {
        "asset_id": STREET, "person_id": by, "kind": "warranty", "title": "Garantie du pavage",
        "sha256": FILE, "byte_size": 70_000, "media_type": "application/pdf",
        "attached_at": "2026-10-03T12:00:00.000Z",
    }  # fmt: skip
    return insert("asset_document", row, **{**given, **more})


def gone(by: str) -> Change:
    before = {"withdrawn_at": None, "withdrawn_by": None}
    at = "2026-10-04T12:00:00.000Z"
    return edit("asset_document", "d", before, withdrawn_at=at, withdrawn_by=by)


def said(server: Server, *changes: Change, person: str = LUC, device: str = "T1") -> str | None:
    return server.push(group(*changes, person=person), device=device)[-1].code


def test_the_first_grade_makes_the_gauge_and_an_older_one_arrives_late(server: Server) -> None:
    assert said(server, graded("a", 3, 12, note="Deux fissures")) is None
    assert said(server, graded("b", 2, 2, by=ANNE), person=ANNE) is None

    (gauge,) = server.rows(Meter)
    assert (gauge.measure, gauge.kind, gauge.total) == ("condition", "gauge", 3)
    kept = {each.id: (each.review, each.note) for each in server.rows(MeterReading)}
    assert kept == {"a": ("sound", "Deux fissures"), "b": ("sound", None)}


@pytest.mark.parametrize("grade", [0, 6, 2.5])
def test_what_is_no_grade_is_refused(server: Server, grade: float) -> None:
    assert said(server, graded("a", grade, 12)) == "grade_unknown"
    assert server.rows(Meter) == []


def test_the_office_keeps_a_paper_with_an_asset_and_takes_it_away(server: Server) -> None:
    assert said(server, paper(), person=BOSS, device="B1") is None
    assert said(server, gone(LUC)) == "role_not_allowed"
    assert said(server, gone(BOSS), person=BOSS, device="B1") is None

    (kept,) = server.rows(AssetDocument)
    assert (kept.title, kept.withdrawn_by) == ("Garantie du pavage", BOSS)


def test_a_crew_adds_pictures_of_what_it_judged_and_no_paper(server: Server) -> None:
    picture = {"kind": "condition", "media_type": "image/jpeg", "by": LUC}
    assert said(server, paper(by=LUC)) == "document_of_office"
    assert said(server, paper(**{**picture, "media_type": "application/pdf"})) == (
        "document_of_office"
    )

    assert said(server, graded("a", 4, 12), paper(reading_id="a", **picture)) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("media_type", "text/html"), ("byte_size", 0), ("title", " "), ("kind", "song"),
     ("sha256", "../etc/passwd"), ("thumbnail_size", 300)],
)  # fmt: skip
def test_what_a_paper_may_not_be_is_refused(server: Server, field: str, value: Any) -> None:
    assert said(server, paper(**{field: value}), person=BOSS, device="B1") == "bad_value"


def taken_back() -> Change:
    before = {"status": "draft", "reason": None}
    return edit("work_order", "w", before, status="cancelled", reason="Marqué par erreur")


def test_a_report_made_by_mistake_is_taken_back_by_whoever_made_it(server: Server) -> None:
    made = insert("work_order", "w", title="Nid-de-poule", created_by=LUC, status="draft",
                  crew_id=town.NORTH, created_at="2026-10-03T12:00:00.000Z")  # fmt: skip
    said(server, made)

    assert said(server, taken_back(), person=ANNE) == "role_not_allowed"
    assert said(server, taken_back()) is None
