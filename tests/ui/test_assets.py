"""An asset is found by its tag, and its page tells what it is, what is to be done and was done."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.work_orders import Step, WorkOrder
from field_app import scanning
from field_app.scanning import read_tags, tag_of
from field_app.ui.screens import assets as screen_of_assets
from sync_server.papers.tags import png_of
from tests.ui.harness import Screen
from tests.ui.test_photos import PICTURE
from tests.ui.town import NOW, Town


@pytest.fixture
def route(town: Town) -> str:
    return f"/assets/{town.ids['Rue de l’Église']}"


def scan(screen: Screen, data: bytes) -> None:
    screen.choose("scan", "a.png", data)


def past_order(town: Town, depth: str, days: int) -> list[Any]:
    order_id = town.workplace.new_id()
    at = NOW - timedelta(days=days)
    return [
        WorkOrder(
            id=order_id, number=f"BT-2025-{days}", title="Colmatage", status="closed",
            asset_id=town.ids["Rue de l’Église"], source="person", created_at=at, completed_at=at,
            completed_by=town.ids["luc"], from_m=12.0, to_m=40.0,
        ),
        Step(
            id=town.workplace.new_id(), work_order_id=order_id, rank=1, kind="number",
            label_fr="Profondeur", label_en="Depth", unit="cm", answer=depth, answered_at=at,
        ),
    ]  # fmt: skip


def test_the_page_tells_what_is_to_be_done_and_what_was_done_along_the_street(
    town: Town, route: str
) -> None:
    town.add(*past_order(town, "12.5", 30))
    with town.signed_in(route=route) as screen:
        assert "À faire ici · 1" in screen.text
        assert "Réparer un nid-de-poule" in screen.text
        assert "Fait ici · 1" in screen.text
        assert "de 12\u00a0m à 40\u00a0m" in screen.text
        assert "50\u00a0km/h" in screen.text
        assert not screen.failures


def test_what_was_measured_has_its_past(town: Town, route: str) -> None:
    town.add(*past_order(town, "12.5", 30), *past_order(town, "8", 400))
    with town.signed_in(route=route) as screen:
        assert "12,5\u00a0cm, 2026-10-24" in screen.text
        assert "avant\u00a0: 8\u00a0cm, 2025-10-19" in screen.text


def test_plans_tell_what_is_asked_next_and_when_it_was_last_done(town: Town, route: str) -> None:
    plan = MaintenancePlan(
        id=town.workplace.new_id(), code="EP-7", title_fr="Nivelage", title_en="Grading",
        starts_on=date(2026, 1, 1), steps=[], class_code="road_segment",
    )  # fmt: skip
    told = {"plan_id": plan.id, "asset_id": town.ids["Rue de l’Église"], "reasons": []}
    town.add(
        plan,
        Occurrence(
            id=town.workplace.new_id(), due_on=date(2026, 6, 1), wanted_on=date(2026, 6, 1),
            status="done", made_at=NOW, done_at=NOW - timedelta(days=170), **told,
        ),
        Occurrence(
            id=town.workplace.new_id(), due_on=date(2026, 12, 1), wanted_on=date(2026, 12, 1),
            status="generated", made_at=NOW, **told,
        ),
    )  # fmt: skip
    with town.signed_in(route=route) as screen:
        assert "Nivelage" in screen.text
        assert "EP-7 · demandé pour le 2026-12-01 · fait le 2026-06-06" in screen.text


def test_a_problem_is_reported_from_it(town: Town, route: str) -> None:
    with town.signed_in(route=route) as screen:
        screen.tap("report-here")
        assert "Rue de l’Église" in screen.text
        screen.tap("what-0")
        screen.tap("report")

        assert "Signalé\u00a0: Nid-de-poule, Rue de l’Église." in screen.text
        assert not screen.failures


@pytest.mark.parametrize(
    "said", ["T-2", "https://ville.example/a/T-2", "https://v.example/T-2/?x=1"]
)
def test_a_picture_of_its_code_opens_it_without_a_signal(town: Town, said: str) -> None:
    town.link.online = False
    with town.signed_in(route="/assets") as screen:
        scan(screen, png_of(said))

        assert screen.page.route == f"/assets/{town.ids['Rue des Érables']}"
        assert "Rue des Érables" in screen.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PICTURE, "Aucun code lisible."),
        (png_of("T-999"), "L’étiquette T-999 n’est celle d’aucun actif"),
        (b"Not a picture.", "n’est pas une image"),
    ],
)
def test_a_picture_that_leads_nowhere_says_why(town: Town, data: bytes, words: str) -> None:
    with town.signed_in(route="/assets") as screen:
        scan(screen, data)

        assert words in screen.text
        assert not screen.failures


def test_a_tag_is_typed_where_no_reader_is_installed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_of_assets, "can_scan", lambda: False)
    with town.signed_in(route="/assets") as screen:
        assert "Cet appareil ne lit pas les codes" in screen.text
        assert not screen.has("scan")
        screen.enter("assets-search", "t-3")
        screen.tap("asset-T-3")

        assert screen.page.route == f"/assets/{town.ids['Chemin du Lac']}"


def test_reading_without_the_reader_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scanning, "find_spec", lambda _: None)
    with pytest.raises(Refused, match="scan_not_installed"):
        read_tags(png_of("T-1"))


def test_a_code_on_a_crooked_photo_is_read(tmp_path: Path) -> None:
    import io

    from PIL import Image

    code = Image.open(io.BytesIO(png_of("BI-0043"))).convert("L").resize((260, 260))
    scene = Image.new("L", (1600, 1200), 170)
    scene.paste(code.rotate(17, expand=True, fillcolor=170), (700, 400))
    out = io.BytesIO()
    scene.save(out, "JPEG", quality=60)

    assert read_tags(out.getvalue()) == ["BI-0043"]


def test_a_tag_is_what_an_address_ends_in() -> None:
    assert [tag_of(" BI-1 "), tag_of("http://a/b/BI-2/"), tag_of("http://a/BI-3?u=1")] == [
        "BI-1", "BI-2", "BI-3",
    ]  # fmt: skip


def test_an_asset_that_is_not_here_says_so(town: Town) -> None:
    with town.signed_in(route="/assets/none") as screen:
        assert "Cet actif n’est pas parmi ceux de cette tablette." in screen.text
