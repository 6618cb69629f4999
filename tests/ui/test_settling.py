"""The foreman's list of what is to be settled, and each choice."""

import pytest

from tests.ui.matters import AT, act, add, contest, made, settlements
from tests.ui.town import Town


def test_with_nothing_to_settle_the_list_says_what_would_come_here(town: Town) -> None:
    with town.signed_in("diane", route="/settle") as screen:
        assert "Rien à régler. Ce que deux personnes changent" in screen.text
        assert not screen.failures


def test_the_destination_says_how_many_wait(town: Town) -> None:
    contest(town)
    act(town)

    with town.signed_in("diane") as screen:
        lines = screen.text.splitlines()

        assert lines[lines.index("À régler") - 1] == "2"


def test_a_crew_has_no_such_list(town: Town) -> None:
    contest(town)

    with town.signed_in("luc", route="/settle") as screen:
        assert not screen.has("go-settle")
        assert "À départager" not in screen.text


def test_a_contest_shows_both_values_in_words_with_whose_they_are(town: Town) -> None:
    id = contest(town, ("answer", "ok", "defect"), ("answered_by", "a", "b"))

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        lines = screen.text.splitlines()

        at = lines.index("Étape «\u00a0État du pavage\u00a0»")
        assert lines[at + 1 : at + 4] == ["Gardé", "Conforme", "Luc Bélanger, 02:40"]
        assert "Anne Côté, 02:40" in lines[at + 4 :]
        assert "Répondu par" not in lines


@pytest.mark.parametrize("choice", ["keep", "take"])
def test_one_press_settles_a_contest_and_can_be_undone(town: Town, choice: str) -> None:
    id = contest(town)

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        screen.tap(f"{choice}-{id}")
        assert "Choisi ici. Le serveur le fera" in screen.text
        assert not screen.has(f"{choice}-{id}")
        screen.tap("undo")

        assert screen.has(f"{choice}-{id}")
        assert not screen.failures
    first, second = settlements(town)
    assert (first.choice, second.choice, second.previous_id) == (choice, "reopen", first.id)
    assert first.over == {"answer": None}


def test_a_correction_of_an_answer_is_one_more_press(town: Town) -> None:
    id = contest(town)

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        screen.tap(f"correct-{id}")
        screen.tap("value-na")

    (made,) = settlements(town)
    assert (made.choice, made.value) == ("edit", {"answer": "na"})


def test_a_correction_of_words_is_written_over_what_stands(town: Town) -> None:
    id = contest(town, ("title", "Fissure", "Trou"), table="work_order")

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        screen.tap(f"correct-{id}")
        assert screen.one("value").value == "Réparer un nid-de-poule"
        screen.enter("value", "Affaissement")
        screen.tap("value-save")

    (made,) = settlements(town)
    assert (made.value, made.over) == (
        {"title": "Affaissement"},
        {"title": "Réparer un nid-de-poule"},
    )


def test_what_the_record_says_now_is_shown_when_it_has_moved_since(town: Town) -> None:
    id = contest(town, ("title", "Fissure", "Trou"), table="work_order")

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "Maintenant, la fiche dit «\u00a0Réparer un nid-de-poule\u00a0»." in screen.text


def test_codes_are_never_shown_for_values(town: Town) -> None:
    south = town.ids["south"]
    id = contest(
        town,
        ("priority", 2, 1),
        ("crew_id", town.ids["north"], south),
        ("due_at", None, AT),
        table="work_order",
    )

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        said = screen.text

    assert "Priorité 1, tout de suite" in said
    assert ("Voirie Nord" in said, "Voirie Sud" in said, south in said) == (True, True, False)
    assert ("rien" in said, "02:40" in said, AT in said) == (True, True, False)


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("refused", "out_of_scope", "Cette fiche ne fait pas partie de celles de cette tablette."),
        ("parked", "row_unknown", "n’est pas sur le serveur."),
    ],
)
def test_an_act_that_was_not_taken_says_what_was_asked_by_whom_and_why_not(
    town: Town, kind: str, code: str, said: str
) -> None:
    id = act(town, kind=kind, code=code)

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "Anne Côté, 02:42, sur la tablette T214" in screen.text
        assert "Affaissement\nau lieu de «\u00a0Réparer un nid-de-poule\u00a0»" in screen.text
        assert said in screen.text
        screen.tap(f"take-{id}")

    assert [made.choice for made in settlements(town)] == ["take"]


def test_sending_back_takes_a_word(town: Town) -> None:
    id = act(town)

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        screen.tap(f"send-back-{id}")
        assert screen.one("word-send").disabled
        screen.enter("word", "Laisse le titre du bureau")
        screen.tap("word-send")

    (made,) = settlements(town)
    assert (made.choice, made.word) == ("send_back", "Laisse le titre du bureau")


def test_a_choice_that_could_not_be_done_says_why_and_can_be_made_again(town: Town) -> None:
    id = contest(town)
    town.add(made(town, id, result="not_taken", code="moved_on"))

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "Le choix de Diane Roy n’a pas pu se faire" in screen.text
        assert "La fiche a changé depuis cette décision." in screen.text
        assert screen.has(f"take-{id}")


def test_an_alert_says_in_words_which_tablet_differed_and_is_noted_as_seen(town: Town) -> None:
    district = town.ids["district"]
    details = {"bucket": f"district:{district}", "place": district}
    alert = {"kind": "device", "device_code": "T300", "person_id": None, "work_order_id": None}
    id = add(town, **alert, details={**details, "repaired_at": AT})

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "la tablette T300 n’avait pas les mêmes fiches" in screen.text
        assert "(Secteur Nord)" in screen.text
        assert "pareille au serveur depuis 02:40" in screen.text
        screen.tap(f"seen-{id}")

    assert [made.choice for made in settlements(town)] == ["seen"]


def test_the_gravest_comes_first_and_a_search_finds_by_street_and_person(town: Town) -> None:
    alert = {"kind": "device", "device_code": "T300", "person_id": None, "work_order_id": None}
    add(town, **alert, details={"bucket": "town", "place": ""})
    act(town)
    crossing = contest(town, ("status", "cancelled", "done"), table="work_order")

    with town.signed_in("diane", route="/settle") as screen:
        keys = screen.keys()
        opened = [key for key in keys if key.startswith("open-")]
        assert opened[0] == f"open-{crossing}"
        screen.enter("search", "côté")
        assert "Tablette T300" not in screen.text
        screen.enter("search", "T300")
        assert "Tablette T300" in screen.text


def test_a_list_longer_than_anyone_reads_says_how_many_there_are(town: Town) -> None:
    for _ in range(103):
        act(town)

    with town.signed_in("diane", route="/settle") as screen:
        assert "100 sur 103" in screen.text
        assert not screen.failures


@pytest.mark.parametrize("width", [800, 1280])
def test_a_narrow_screen_goes_from_the_list_to_one_and_back(town: Town, width: int) -> None:
    id = contest(town)

    with town.signed_in("diane", width=width, route="/settle") as screen:
        screen.tap(f"open-{id}")
        assert screen.has(f"take-{id}")
        assert screen.has("search") == (width == 1280)
        assert screen.has("back") == (width == 800)
        screen.tap("see-order")
        assert "Signalisation en place" in screen.text
        assert not screen.failures


def test_a_reason_names_roles_and_fields_as_people_do(town: Town) -> None:
    details = {"role": "crew_member", "what": "work_order: title, crew_id"}
    id = act(town, code="role_not_allowed", details=details)

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "Le rôle «\u00a0membre d’équipe\u00a0» ne permet pas" in screen.text
        assert "(Ce qu’il faut faire, Équipe)" in screen.text


def test_a_step_that_may_not_be_taken_is_told_in_words(town: Town) -> None:
    id = act(town, code="illegal_transition", details={"current": "draft", "wanted": "done"})

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "Un bon de travail «\u00a0signalé\u00a0» ne peut pas devenir" in screen.text
        assert "draft" not in screen.text


def test_a_matter_that_is_settled_says_by_whom_and_how(town: Town) -> None:
    told = {"state": "settled", "choice": "keep", "settled_by": town.ids["diane"]}
    id = contest(town, **told)

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert "Réglé\u00a0: ce qui est là reste. Par Diane Roy." in screen.text
        assert not screen.has(f"keep-{id}")
