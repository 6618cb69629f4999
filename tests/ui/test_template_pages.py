"""The office's page of job templates: editions, writing one, a family, from an order."""

from collections.abc import Sequence

from sqlalchemy import select

from asset_model.job_templates import JobTemplate
from asset_model.work_orders import WorkOrder
from tests.ui.test_templates import a_place
from tests.ui.town import Town


def kept(town: Town) -> Sequence[JobTemplate]:
    with town.database.reading() as session:
        return session.scalars(select(JobTemplate).order_by(JobTemplate.edition)).all()


def test_the_list_finds_a_template_by_a_word_and_shows_what_it_makes(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.enter("search", "puisard")
        assert not screen.has("template-bris-aqueduc")
        screen.tap("template-puisard")
        assert "Sécurité\u00a0: Espace clos" in screen.text
        assert "Édition 1 · fournie avec le logiciel" in screen.text
        screen.tap("use")
        assert "Nettoyer un puisard" in screen.text
        assert screen.has("create")
        assert not screen.failures


def test_a_step_is_added_moved_and_taken_out_in_a_new_edition(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-nid-de-poule")
        screen.tap("edit")
        screen.tap("step-0-out")
        screen.tap("step-1-up")
        screen.tap("add-step")
        screen.enter("step-label_fr", "Appeler le 311")
        screen.tap("step-kind-number")
        screen.enter("step-maximum", "12,5")
        screen.enter("0-estimated_hours", "1,25")
        screen.tap("save-template")
        assert "Enregistré comme édition 2." in screen.text
        assert "Édition 2 · Diane Roy · 03:12" in screen.text
        assert not screen.failures

    (made,) = kept(town)
    labels = [step["label_fr"] for step in made.steps]
    assert (made.code, made.edition, made.estimated_hours) == ("nid-de-poule", 2, 1.25)
    assert labels[:2] == ["Profondeur", "Photo avant les travaux"]
    assert made.steps[-1] == {
        "kind": "number", "label_fr": "Appeler le 311", "label_en": "Appeler le 311",
        "required": True, "maximum": 12.5,
    }  # fmt: skip


def test_orders_that_were_made_keep_what_they_were_made_of(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        a_place(screen)
        screen.tap("from-template")
        screen.tap("template-nid-de-poule")
        screen.tap("create")
    with town.database.reading() as session:
        order = session.scalars(select(WorkOrder).where(WorkOrder.template.is_not(None))).one()

    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-nid-de-poule")
        screen.tap("edit")
        screen.tap("step-0-out")
        screen.tap("save-template")
    with town.signed_in("diane", route=f"/orders/{order.id}") as screen:
        assert "Étapes · 0 sur 9" in screen.text
        assert "Signalisation de chantier installée" in screen.text


def test_a_family_gains_a_job_that_waits_for_another_and_takes_material(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-bris-aqueduc")
        screen.tap("edit")
        screen.tap("add-job")
        screen.enter("8-title_fr", "Remettre le gazon")
        screen.tap("of-remblayer")
        screen.enter("part-quantity", "3")
        screen.enter("part-search", "enrobé")
        screen.tap("part-ENR-FR")
        screen.tap("child-8-up")
        screen.tap("save-template")
        assert "Remettre le gazon" in screen.text
        assert not screen.failures

    (made,) = kept(town)
    *_, lawn, pave = made.children
    assert (lawn["title_fr"], lawn["after"]) == ("Remettre le gazon", ["remblayer"])
    assert lawn["materials"] == [{"part": "ENR-FR", "quantity": 3.0}]
    assert pave["code"] == "paver"


def test_a_template_is_retired_and_taken_up_again(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-soufflage")
        screen.tap("retire")
        assert "Retiré" in screen.text
        assert not screen.has("template-soufflage")
        screen.tap("undo")
        assert screen.has("template-soufflage")
        assert not screen.failures

    assert [(each.edition, each.active) for each in kept(town)] == [(2, False), (3, True)]


def test_an_older_edition_is_read_and_taken_up_again(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-panneau")
        screen.tap("edit")
        screen.enter("0-title_fr", "Changer un panneau")
        screen.tap("save-template")
        screen.tap("edition-1")
        assert "Une édition plus ancienne." in screen.text
        screen.tap("take-up")

    assert [each.title_fr for each in kept(town)] == ["Changer un panneau", "Remplacer un panneau"]


def test_a_template_is_duplicated_under_a_name_of_its_own(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-puisard")
        screen.tap("copy")
        screen.enter("0-title_fr", "Nettoyer un puisard de ruelle")
        screen.tap("save-template")

    (made,) = kept(town)
    assert (made.code, made.edition) == ("nettoyer-un-puisard-de-ruelle", 1)
    assert made.title_en.endswith(" (copy)")


def test_an_order_becomes_a_template_with_its_steps(town: Town) -> None:
    with town.signed_in("diane", route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("as-template")
        assert "Modèle d’après un bon" in screen.text
        screen.tap("save-template")
        assert not screen.failures

    (made,) = kept(town)
    assert (made.title_fr, made.code) == ("Réparer un nid-de-poule", "reparer-un-nid-de-poule")
    assert made.steps[0]["label_fr"] == "Signalisation en place"
    assert made.steps[0].keys().isdisjoint({"answer", "note"})


def test_a_template_without_a_title_cannot_be_saved(town: Town) -> None:
    with town.signed_in("diane", route="/templates/new") as screen:
        assert screen.one("save-template").disabled
        screen.enter("0-title_fr", "Tondre un parc")
        assert not screen.one("save-template").disabled


def test_templates_are_not_a_crew_s(town: Town) -> None:
    with town.signed_in("luc", route="/templates") as screen:
        assert "Les modèles sont au contremaître." in screen.text


def test_in_the_hand_the_list_comes_before_the_template(town: Town) -> None:
    with town.signed_in("diane", width=800, route="/templates") as screen:
        screen.tap("template-panneau")
        assert not screen.has("search")
        screen.tap("back")
        assert screen.has("search")
