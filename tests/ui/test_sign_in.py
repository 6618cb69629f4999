"""Signing in by PIN, without a signal."""

from datetime import timedelta

from tests.ui.town import PIN, Town


def _type(screen: object, digits: str) -> None:
    for digit in digits:
        screen.tap(f"key-{digit}")  # type: ignore[attr-defined]
    screen.tap("key-ok")  # type: ignore[attr-defined]


def test_a_person_signs_in_with_their_pin_while_the_server_is_away(town: Town) -> None:
    town.link.online = False

    with town.signed_in("luc") as screen:
        assert "Aujourd’hui" in screen.text
        assert "Hors ligne" in screen.text
        assert not screen.failures


def test_a_wrong_pin_says_how_many_tries_are_left(town: Town) -> None:
    with town.screen() as screen:
        screen.tap(f"person-{town.ids['luc']}")
        _type(screen, "1111")

        assert "NIP incorrect. Essais restants\u00a0: 4." in screen.text


def test_five_wrong_pins_lock_the_person_out_and_the_right_one_as_well(town: Town) -> None:
    with town.screen() as screen:
        screen.tap(f"person-{town.ids['luc']}")
        for _ in range(5):
            _type(screen, "1111")
        _type(screen, PIN)

        assert "Trop de NIP incorrects." in screen.text
        assert not screen.has("pill")


def test_the_lock_opens_again_after_its_pause(town: Town) -> None:
    with town.screen() as screen:
        screen.tap(f"person-{town.ids['luc']}")
        for _ in range(5):
            _type(screen, "1111")
        town.now += timedelta(minutes=6)
        _type(screen, PIN)

        assert screen.has("pill")


def test_who_was_here_last_need_only_type_the_pin(town: Town) -> None:
    with town.signed_in("anne"):
        pass

    with town.screen() as screen:
        _type(screen, PIN)

        assert "Anne Côté" in screen.text
        assert screen.has("pill")


def test_a_tablet_without_names_says_when_they_come(town: Town) -> None:
    with town.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM credential")

    with town.screen() as screen:
        assert "En attente des noms." in screen.text


def test_a_new_tablet_asks_for_its_code_and_says_what_is_wrong_with_it(town: Town) -> None:
    town.link.enrolled = False
    town.link.codes["ABCD-EFGH-JKMN"] = None

    with town.screen() as screen:
        screen.enter("code", "WRONG")
        screen.tap("main")
        screen.until(lambda: "Ce code d’inscription n’est pas valide." in screen.text)
        screen.enter("code", "ABCD-EFGH-JKMN")
        screen.tap("main")
        screen.until(lambda: "Qui êtes-vous" in screen.text)

        assert not screen.failures


def test_in_the_hand_someone_else_can_take_the_place_of_who_was_here_last(town: Town) -> None:
    with town.signed_in("anne"):
        pass

    with town.screen(width=800) as screen:
        assert not screen.has(f"person-{town.ids['luc']}")
        screen.tap("other")
        screen.tap(f"person-{town.ids['luc']}")
        _type(screen, PIN)

        assert "Luc Bélanger" in screen.text


def test_enter_signs_in_whoever_came_to_their_name_by_tab(town: Town) -> None:
    with town.screen() as screen:
        screen.press_key("Tab")
        screen.tap(f"person-{town.ids['luc']}")
        for key in (*PIN, "Enter"):
            screen.press_key(key)

        assert screen.has("pill")
        assert not screen.failures
