"""Campaigns on the screen: thought out in a form, looked at, made once, read on their day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.desk import add_director, asked_once, with_desk
from tests.ui.fleet import add_fleet
from tests.ui.harness import Screen
from tests.ui.town import Town, found
from tests.ui.workshops import a_campaign, a_preview, some_campaigns


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    add_fleet(founded)
    yield founded
    founded.database.close()


READY = {
    "id": "c1", "name": "Hiver 2026", "on": "2026-12-23", "ready": 1,
    "units": [
        {"id": "a", "unit": "205", "name": "Unité 205", "ready": False,
         "holds": [{"fr": "BT-19 n’est pas terminé", "en": "BT-19 is not done"}]},
        {"id": "b", "unit": "214", "name": "Unité 214", "ready": True, "holds": []},
    ],
}  # fmt: skip


def filled(screen: Screen) -> None:
    screen.enter("campaign-name", "Hiver 2026")
    screen.enter("campaign-ends", "2026-12-23")
    screen.tap("kind-plow_truck")
    screen.tap("campaign-plan-EP-12")


def test_a_campaign_is_seen_before_it_is_made(town: Town) -> None:
    desk = with_desk(town, campaigns=some_campaigns(), campaign_look=a_preview(),
                     campaign_make={**a_preview(), "id": "c1"}, campaign_ready=READY)  # fmt: skip

    with town.signed_in("sophie", route="/campaigns") as screen:
        asked_once(screen, desk)
        assert "Aucune campagne encore" in screen.text
        filled(screen)
        screen.tap("campaign-look")
        screen.until(lambda: screen.has("campaign-make"))
        for said in (
            "1 bon serait fait",
            "2026-11-30 · EP-10 + EP-1 · 4,5\u00a0h · selon la loi, au plus tard le 2027-01-21",
            "Déjà commandé\u00a0: BT-19",
            "Rien ne dit quand ce sera à faire",
        ):
            assert said in screen.text, said
        screen.tap("campaign-make")
        asked_once(screen, desk, 2)

        assert screen.page.route == "/campaigns/c1"
        assert "1 prêtes, 1 retenues le 2026-12-23" in screen.text
        assert "BT-19 n’est pas terminé" in screen.text

    (_, looked), (_, made) = desk.decided
    assert made == looked
    assert made["campaign"] == {
        "name": "Hiver 2026", "begins": "2026-11-23", "ends": "2026-12-23",
        "ready_on": "2026-12-23", "also_days": 30, "class": "vehicle",
        "filter": {"kind": ["plow_truck"]}, "plan": "EP-12",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", " ", "Donnez un nom"),
        ("ends", "", "Dites jusqu’à quand."),
        ("ends", "15 novembre", "n’est pas une date"),
        ("also_days", "-3", "vont de 0 à 366"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_before_the_server_is_asked(
    town: Town, field: str, text: str, said: str
) -> None:
    desk = with_desk(town, campaigns=some_campaigns())

    with town.signed_in("sophie", route="/campaigns", width=800) as screen:
        asked_once(screen, desk)
        filled(screen)
        screen.enter(f"campaign-{field}", text)
        screen.tap("campaign-look")

        assert said in screen.text
        assert desk.decided == []


def test_what_was_seen_is_not_made_once_the_words_have_changed(town: Town) -> None:
    desk = with_desk(town, campaigns=some_campaigns(), campaign_look=a_preview())

    with town.signed_in("sophie", route="/campaigns") as screen:
        asked_once(screen, desk)
        filled(screen)
        screen.tap("campaign-look")
        screen.until(lambda: screen.has("campaign-make"))
        screen.enter("campaign-ends", "2027-01-23")

        assert not screen.has("campaign-make")


def test_without_a_link_the_form_says_so_and_keeps_its_words(town: Town) -> None:
    desk = with_desk(town, campaigns=some_campaigns(a_campaign()))

    with town.signed_in("sophie", route="/campaigns") as screen:
        asked_once(screen, desk)
        assert "Du 2026-11-23 au 2026-12-23 · faite par Sophie Bergeron" in screen.text
        filled(screen)
        desk.silent = True
        screen.tap("campaign-look")
        screen.until(lambda: "Le serveur ne répond pas." in screen.text)

        assert screen.one("campaign-ends").value == "2026-12-23"


def test_those_who_only_read_have_no_form(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, campaigns=some_campaigns(a_campaign()))

    with town.signed_in(director, route="/campaigns") as screen:
        asked_once(screen, desk)

        assert screen.has("campaign-c1")
        assert not screen.has("campaign-look")
