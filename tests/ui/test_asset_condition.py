"""The page of an asset: how good it is and where that goes; its papers, opened or kept at hand."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import flet as ft
import pytest
from sqlalchemy import select

from asset_model.conditions import Trend, gauge_of, trend
from asset_model.documents import AssetDocument
from asset_model.meters import MeterReading
from field_app.store.local import LocalChange, PhotoFile
from field_app.store.photo_folder import PhotoFolder
from tests.ui.test_photos import PICTURE
from tests.ui.town import NOW, Town

PDF = b"%PDF-1.7\n" + b"tour de vanne " * 9_000 + b"\n%%EOF\n"


@pytest.fixture
def street(town: Town, tmp_path: Path) -> str:
    town.workplace.photos = tmp_path / "photos"
    return town.ids["Rue de l’Église"]


def graded(town: Town, street: str, grade: float, days: int) -> None:
    reading = MeterReading(
        id=town.workplace.new_id(), meter_id=gauge_of(street), asset_id=street, value=grade,
        taken_at=NOW - timedelta(days=days), person_id=town.ids["anne"], source="person",
    )  # fmt: skip
    town.add(reading)


def every(town: Town, model: type[Any]) -> list[Any]:
    with town.database.reading() as session:
        return list(session.scalars(select(model)))


@pytest.mark.parametrize(
    ("newest_first", "goes"),
    [
        ((3,), None),
        ((3, 3), Trend.STEADY),
        ((4, 4, 2), Trend.WORSE),
        ((1, 4), Trend.BETTER),
    ],
)
def test_the_trend_is_against_the_last_other_grade(
    newest_first: tuple[float, ...], goes: Trend | None
) -> None:
    assert trend(newest_first) == goes


def test_the_latest_grade_stands_with_its_trend_in_words_and_its_past(
    town: Town, street: str
) -> None:
    graded(town, street, 2, 900)
    graded(town, street, 4, 30)
    with town.signed_in(route=f"/assets/{street}") as screen:
        assert "4 · mauvais" in screen.text
        assert "se dégrade" in screen.text
        said = [getattr(control, "label", None) for control in screen.controls()]
        assert any("2024-06 2, 2026-10 4" in (label or "") for label in said)
        assert "Anne Côté" in screen.text


def test_a_condition_is_judged_with_a_note_and_a_picture_as_one_group(
    town: Town, street: str
) -> None:
    with town.signed_in(route=f"/assets/{street}") as screen:
        assert "Personne n’a encore jugé son état." in screen.text
        screen.tap("judge")
        assert screen.one("judge-save").disabled
        screen.tap("grade-3")
        screen.enter("condition-note", "Fissures en réseau")
        screen.choose("condition-photo", "IMG.jpg", PICTURE)
        screen.until(lambda: any(isinstance(c, ft.Image) for c in screen.controls()))
        screen.resize(800)
        screen.tap("judge-save")

        assert "3 · passable" in screen.text
        assert "Fissures en réseau" in screen.text
        assert not screen.failures
    (reading,), (picture,) = every(town, MeterReading), every(town, AssetDocument)
    assert (reading.value, reading.person_id) == (3.0, town.ids["luc"])
    assert (picture.kind, picture.reading_id) == ("condition", reading.id)
    assert {change.table for change in every(town, LocalChange)} == {
        "meter_reading", "asset_document",
    }  # fmt: skip


def test_the_office_attaches_a_plan_and_anybody_opens_it(town: Town, street: str) -> None:
    with town.signed_in("diane", route=f"/assets/{street}") as screen:
        screen.tap("attach")
        screen.tap("document-kind-plan")
        screen.choose("attach-file", "Plan 12-B.pdf", PDF)
        screen.until(lambda: bool(every(town, AssetDocument)))
        screen.settle()
        assert "Joint\u00a0: Plan 12-B." in screen.text
        (plan,) = every(town, AssetDocument)
        screen.tap(f"withdraw-{plan.id}")
        assert not screen.has(f"open-{plan.id}")
        screen.tap("undo")
    with town.signed_in(route=f"/assets/{street}") as screen:
        assert "Plan · 0,1\u00a0Mo · Diane Roy" in screen.text
        assert not screen.has("attach")
        address = screen.one(f"open-{plan.id}").action.url
    make = town.workplace.printouts.maker_at(f"/{address}")
    assert make is not None
    assert (make().content, make().media_type) == (PDF, "application/pdf")


def test_what_is_not_here_is_fetched_or_kept_at_hand_after_its_size_was_told(
    town: Town, street: str
) -> None:
    row = AssetDocument(
        id="doc", asset_id=street, person_id=town.ids["diane"], kind="manual",
        title="Guide d’entretien", sha256="b" * 64, byte_size=4_404_019,
        media_type="application/pdf", attached_at=NOW, version=3,
    )  # fmt: skip
    town.add(row)
    with town.signed_in(route=f"/assets/{street}") as screen:
        assert "4,2\u00a0Mo" in screen.text
        assert not screen.has("open-doc")
        screen.tap("pin-doc")

        assert "En route\u00a0: 0\u00a0%" in screen.text
    (file,) = every(town, PhotoFile)
    assert (file.sha256, file.state, file.pinned) == ("b" * 64, "wanted", True)


def test_a_file_that_is_no_document_is_refused_in_a_sentence(town: Town, street: str) -> None:
    with town.signed_in("diane", route=f"/assets/{street}") as screen:
        screen.tap("attach")
        screen.choose("attach-file", "plan.zip", b"PK\x03\x04")
        screen.until(lambda: "ne peut pas être gardé" in screen.text)
    assert every(town, AssetDocument) == []
    assert not list(PhotoFolder(town.workplace.photos or Path()).root.glob("*/*"))
