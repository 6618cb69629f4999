"""What the screens say of the server: the pill, what waits, and what was not taken."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from asset_model.roles import may_insert
from asset_model.tables import SYNCED
from asset_model.vocabulary import Role
from field_app.store.base_map import BaseMap
from field_app.store.local import FileState, LocalChange, PhotoFile, Replica, State
from field_app.ui.screens.synchronization import ACTS
from field_app.ui.tiles import Tiles
from tests.ui.base_map import a_base_map
from tests.ui.town import Town


def _accept_the_order(town: Town) -> None:
    with town.signed_in(route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("main")


def _answer(town: Town, state: State, code: str | None = None) -> None:
    with town.database.writing() as session:
        for change in session.scalars(select(LocalChange)):
            change.state, change.code = state, code


def _heard(town: Town) -> None:
    with town.database.writing() as session:
        session.get_one(Replica, 1).heard_at = town.now


def test_the_pill_says_when_all_is_received(town: Town) -> None:
    _heard(town)

    with town.signed_in() as screen:
        assert "Tout est reçu · 03:12" in screen.text


def test_the_pill_counts_what_is_to_be_sent(town: Town) -> None:
    _accept_the_order(town)
    _heard(town)

    with town.signed_in() as screen:
        assert "1 à envoyer" in screen.text
        assert "Tout est reçu" not in screen.text


def test_offline_the_pill_says_since_when_work_waits(town: Town) -> None:
    _accept_the_order(town)
    town.link.online = False

    with town.signed_in() as screen:
        assert "Hors ligne · 1 à envoyer depuis 03:12" in screen.text


def test_what_the_server_refused_is_never_shown_as_received(town: Town) -> None:
    _accept_the_order(town)
    _heard(town)
    _answer(town, State.REFUSED, "out_of_scope")

    with town.signed_in() as screen:
        assert "1 à régler" in screen.text
        screen.tap("pill")

        assert "Refusé par le serveur\u00a0: Cette fiche ne fait pas partie" in screen.text
        assert not screen.failures


def test_what_the_server_put_aside_says_who_will_settle_it(town: Town) -> None:
    _accept_the_order(town)
    _answer(town, State.PARKED, "row_unknown")

    with town.signed_in(route="/sync") as screen:
        assert "à régler par le contremaître" in screen.text


def test_a_page_lists_what_waits_by_whom_and_since_when(town: Town) -> None:
    _accept_the_order(town)
    town.link.online = False
    town.link.retry_at = town.now + timedelta(seconds=40)

    with town.signed_in(route="/sync") as screen:
        said = screen.text
    assert "Le serveur ne répond pas." in said
    assert "1 changement est gardé sur la tablette" in said
    assert "Nouvel essai dans 40\u00a0s." in said
    assert "Avancement du bon\u00a0: accepté par l’équipe" in said
    assert "Luc Bélanger, 03:12" in said


def test_a_tablet_that_the_server_no_longer_knows_says_so(town: Town) -> None:
    town.link.online, town.link.trouble = False, "device_unknown"

    with town.signed_in(route="/sync") as screen:
        assert "Cette tablette n’est pas inscrite ici." in screen.text


def test_a_tablet_that_was_shut_out_is_let_in_again_with_a_code(town: Town) -> None:
    town.link.online, town.link.trouble = False, "device_unknown"
    town.link.codes["ABCD-EFGH-JKMN"] = None

    with town.signed_in(route="/sync") as screen:
        screen.enter("code", "WRONG")
        screen.tap("main")
        screen.until(lambda: "Ce code d’inscription n’est pas valide." in screen.text)
        screen.enter("code", "ABCD-EFGH-JKMN")
        screen.tap("main")
        screen.until(lambda: town.link.trouble is None)

        assert not screen.has("code")


def test_a_person_can_ask_for_a_try_now(town: Town) -> None:
    with town.signed_in(route="/sync") as screen:
        screen.tap("try-now")

    assert town.link.woken == 1


def test_saving_wakes_the_link(town: Town) -> None:
    _accept_the_order(town)

    assert town.link.woken == 1


def test_a_change_from_the_server_is_drawn_on_every_open_screen(town: Town) -> None:
    with town.signed_in() as screen:
        with town.database.writing() as session:
            session.connection().exec_driver_sql("UPDATE work_order SET title = 'Urgence égout'")
        assert "Urgence égout" not in screen.text

        town.workplace.changed()
        screen.settle()

        assert "Urgence égout" in screen.text


def test_the_page_says_how_old_and_how_large_the_base_map_is(town: Town, tmp_path: Path) -> None:
    town.workplace.tiles = Tiles(a_base_map(tmp_path / "basemap"))

    with town.signed_in(route="/sync") as screen:
        assert "Fond de carte\u00a0: 03:12, 0\u00a0Mo." in screen.text


def test_the_page_says_that_the_base_map_comes_last(town: Town, tmp_path: Path) -> None:
    town.workplace.tiles = Tiles(BaseMap(tmp_path / "basemap"))

    with town.signed_in(route="/sync") as screen:
        assert "Fond de carte\u00a0: aucun encore. Il vient après tout le reste." in screen.text


def test_the_page_says_that_there_is_no_room_for_a_newer_base_map(
    town: Town, tmp_path: Path
) -> None:
    town.workplace.tiles = Tiles(a_base_map(tmp_path / "basemap"))
    town.workplace.tiles.base_map.trouble = "disk_full"

    with town.signed_in(route="/sync") as screen:
        assert "Il n’y a pas de place ici pour le nouveau fond de carte." in screen.text
        assert not screen.failures


def test_what_was_received_a_while_ago_is_told_as_that_and_no_more(town: Town) -> None:
    _heard(town)
    town.now += timedelta(minutes=2)

    with town.signed_in() as screen:
        assert "Dernière nouvelle du serveur · 03:12" in screen.text
        assert "Tout est reçu" not in screen.text


def test_photos_that_wait_are_counted_and_those_that_will_not_leave_too(town: Town) -> None:
    files = [("a", FileState.WAITING, 1_500_000), ("b", FileState.REFUSED, 900)]
    town.add(
        *(
            PhotoFile(sha256=name * 64, photo_id=name, thumbnail=False, size=size, state=state)
            for name, state, size in files
        )
    )
    with town.signed_in(route="/sync") as screen:
        assert "1 photo attend\u00a0: 1,5\u00a0Mo." in screen.text
        assert "1 est refusée ou endommagée, et reste sur la tablette." in screen.text


@pytest.mark.parametrize(
    ("online", "trouble", "words"),
    [
        (True, None, "Il n’y a rien à faire."),
        (False, "refused", "Continuez à travailler"),
        (False, "device_unknown", "Demandez un nouveau code"),
        (False, "disk_full", "N’effacez rien"),
    ],
)
def test_trouble_comes_with_what_to_do(
    town: Town, online: bool, trouble: str | None, words: str
) -> None:
    town.link.online, town.link.trouble = online, trouble

    with town.signed_in(route="/sync") as screen:
        assert words in screen.text
        assert not screen.failures


def test_what_waits_is_copied_into_a_file_to_carry_by_hand(town: Town, tmp_path: Path) -> None:
    town.workplace.folder = tmp_path
    _accept_the_order(town)
    with town.signed_in(route="/sync") as screen:
        screen.tap("copy")
        screen.until(lambda: "1 geste est dans voirie-rescue-" in screen.text)

        assert not screen.failures
    (file,) = (tmp_path / "copies").iterdir()
    groups = json.loads(file.read_text())["content"]["groups"]
    assert [change["table"] for change in groups[0]["changes"]] == ["work_order", "status_change"]


def test_every_act_that_can_wait_has_its_words(town: Town) -> None:
    made = {(table, "insert") for table in SYNCED if may_insert(Role.MECHANIC, table)}

    assert made - ACTS.keys() == {("meter", "insert"), ("outside_cost", "insert"),
                                  ("plan_event", "insert")}  # fmt: skip
