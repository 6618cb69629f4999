"""Editions of job templates: the office adds them, nobody changes one, and each can be read."""

from typing import Any

import pytest

from asset_model.sync.wire import Change
from asset_model.vocabulary import Role
from tests.server.test_rights import WHEN, only, person_of
from tests.sync.rig import Server, an_id, edit, group, insert
from tests.sync.town import BOSS

OFFICE = (Role.FOREMAN, Role.FLEET_MANAGER, Role.ADMINISTRATOR)
LINE = {"kind": "check", "label_fr": "Fait", "label_en": "Done"}


def an_edition(**more: Any) -> Change:
    told = {"code": "NID", "title_fr": "Nid-de-poule", "title_en": "Pothole", "made_at": WHEN}
    return insert("job_template", **{**told, "steps": [LINE], **more})


def a_child(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "title_fr": "Creuser", "title_en": "Dig", **more}


@pytest.mark.parametrize("role", list(Role))
def test_templates_are_the_office_s(server: Server, role: Role) -> None:
    person = person_of(server, role)

    outcome = only(server.push(group(an_edition(created_by=person), person=person), device="B1"))

    assert outcome.result == ("applied" if role in OFFICE else "refused")
    assert outcome.code == (None if role in OFFICE else "role_not_allowed")


def test_an_edition_is_a_fact(server: Server) -> None:
    made = an_edition()
    server.push(group(made, person=BOSS), device="B1")

    changed = edit("job_template", made.row, {"title_fr": "Nid-de-poule"}, title_fr="Trou")
    outcome = only(server.push(group(changed, person=BOSS), device="B1"))

    assert outcome.code == "role_not_allowed"


def test_nobody_signs_an_edition_for_another(server: Server) -> None:
    outcome = only(server.push(group(an_edition(created_by=an_id()), person=BOSS), device="B1"))

    assert outcome.code == "role_not_allowed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_fr": " "},
        {"kind": "party"},
        {"priority": 9},
        {"skill": "juggling"},
        {"due_hours": 0},
        {"edition": 0},
        {"steps": [{**LINE, "kind": "dance"}]},
        {"steps": [{**LINE, "answer": "ok"}]},
        {"steps": "[]"},
        {"materials": [{"part": "SABLE", "quantity": -1}]},
        {"class_codes": [1]},
        {"children": [a_child("b", after=["a"]), a_child("a")]},
        {"children": [a_child("a"), a_child("a")]},
        {"children": [a_child("a", colour="red")]},
        {"children": [a_child("a", steps=[{"kind": "check"}])]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_edition_that_no_tablet_could_read_is_refused(
    server: Server, wrong: dict[str, Any]
) -> None:
    outcome = only(server.push(group(an_edition(**wrong), person=BOSS), device="B1"))

    assert outcome.code == "bad_value"
