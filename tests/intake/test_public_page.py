"""The public page without any script: report, see what is known, follow, say “not fixed”."""

from datetime import timedelta
from typing import Any

import pytest

from asset_model.base import instant
from asset_model.incidents import Incident, IncidentUpdate, Report, ReportPhoto
from sync_server.intake.tables import ReportContact
from tests.intake.clients import Client, a_picture
from tests.intake.pages import Visitor, details, report
from tests.intake.town import HERE, incident_of
from tests.sync.rig import edit
from tests.sync.town import named


def settle(client: Client, status: str = "resolved") -> None:
    (incident,) = client.server.rows(Incident)
    client.server.write(
        edit(
            "incident", incident.id, {"status": incident.status}, status=status,
            answer_fr="Bouché à chaud.", answer_en="Filled, hot mix.",
        )
    )  # fmt: skip


def test_a_report_goes_from_the_first_page_to_its_own(over_either: Client) -> None:
    visitor = Visitor(over_either).open("/")
    assert "Nid-de-poule" in visitor.text
    assert "Quel est le problème?" in visitor.text

    visitor.open("/where", service="NID")
    visitor.fill("/where", lat=HERE["latitude"], long=HERE["longitude"])
    assert "Le repère est à : Rue 1" in visitor.text
    visitor.fill("/details").fill(
        "/send",
        files=[("photos", ("1.jpg", a_picture(), "image/jpeg"))],
        description="Un gros trou.",
        q_profondeur="grand",
        email="luc@exemple.ca",
    )

    assert "Merci. C’est reçu." in visitor.text
    assert "REQ-2026-000001" in visitor.text
    assert "il faut envoyer à la Ville un avis ÉCRIT dans les 15 jours" in visitor.text
    (kept,) = over_either.server.rows(Report)
    assert (kept.source, kept.description, kept.place) == ("web", "Un gros trou.", "Rue 1")
    assert kept.answers == {"profondeur": "grand"}
    assert incident_of(over_either.server, kept.id)["status"] == "received"
    (contact,) = over_either.server.rows(ReportContact)
    assert contact.email == "luc@exemple.ca"
    photo = over_either.http.get(f"{visitor.page.url.partition('?')[0]}/photo/0.jpg", timeout=20)
    assert photo.content.startswith(b"\xff\xd8")
    assert b"Fabricant" not in photo.content


def test_a_touch_on_the_map_moves_the_pin(client: Client) -> None:
    visitor = Visitor(client).open("/where", service="NID", lat=45.4001, long=-75.695)

    visitor.fill("/where", **{"pin.x": 250, "pin.y": 150})

    assert "long=-75.6939" in visitor.page.url
    assert "lat=45.4001" in visitor.page.url
    drawn = client.http.get(
        f"{client.address}/311/map.svg", params={"lat": 45.4001, "long": -75.695}, timeout=20
    )
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "Rue 1" in drawn.text


def test_an_address_stays_as_it_was_found_until_the_pin_is_touched(client: Client) -> None:
    near, far = (named("street", n) for n in "12")
    civic = {"civic_left_from": 1, "civic_left_to": 9999, "name_generic": "Rue"}
    client.server.set("asset", near, attributes={**civic, "civic_left_from": 9997})
    client.server.set("asset", far, attributes=civic)
    visitor = Visitor(client).open("/where", service="NID", address="5001 rue 2")
    assert "Le repère est à : 5001, rue 2" in visitor.text

    for key_pressed in (0, 150):
        visitor.fill("/where", **{"pin.x": key_pressed, "pin.y": key_pressed})
        assert "Le repère est à : 5001, rue 2" in visitor.text

    visitor.fill("/details").fill("/send", description="Trou", q_profondeur="grand")
    (kept,) = client.server.rows(Report)
    assert kept.place == "5001, rue 2"
    assert incident_of(client.server, kept.id)["segment_id"] == far


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"address": "Rue de la Lune"}, "Endroit introuvable."),
        ({"address": ""}, "Écrivez une adresse de la ville"),
        ({"lat": "46", "long": "-75"}, "Cet endroit est hors de la ville."),
    ],
)
def test_a_place_that_is_none_is_told(client: Client, typed: dict[str, str], said: str) -> None:
    visitor = Visitor(client).open("/where", service="NID", **typed)

    assert visitor.page.status_code == 422
    assert said in visitor.text


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(
    client: Client,
) -> None:
    visitor = details(client).fill("/send", email="luc", name="Luc", description="")

    html = visitor.page.text
    assert visitor.page.status_code == 422
    for field in ("q_profondeur", "description", "email"):
        assert f'href="#{field}"' in html
        assert f'id="{field}-error"' in html
        assert f'aria-describedby="{field}-error' in html
    assert 'value="Luc"' in html
    assert client.server.rows(Report) == []


def test_what_is_known_nearby_is_shown_without_anybody_s_words(client: Client) -> None:
    report(client, "Chez Mme Roy, 819 555-0123.")
    other = Visitor(client, "en").open("/where", service="NID", lat=45.4002, long=-75.695)

    assert "Already reported nearby" in other.text
    assert "11 m away" in other.text
    assert "Roy" not in other.page.text


def test_to_follow_what_is_known_makes_no_second_incident(client: Client) -> None:
    report(client)

    visitor = Visitor(client, "en").open("/where", service="NID", lat=45.4002, long=-75.695)
    visitor.fill("/follow")

    assert "You are following this problem." in visitor.text
    assert "This problem has been reported. We will look into it." in visitor.text
    assert "Your report" not in visitor.text
    assert "One other report of the same problem" in visitor.text
    (incident,) = client.server.rows(Incident)
    assert incident.reports_count == 2
    assert "Un gros trou." not in visitor.page.text


def test_to_send_twice_makes_one_report(client: Client) -> None:
    visitor = details(client)
    form = visitor.page

    first = visitor.fill("/send", description="Trou", q_profondeur="grand").page.url
    visitor.page = form
    again = visitor.fill("/send", description="Trou", q_profondeur="grand").page.url

    assert first == again
    assert len(client.server.rows(Report)) == 1


def test_not_fixed_reaches_a_foreman_and_the_page_says_so(over_either: Client) -> None:
    visitor = report(over_either)
    assert not visitor.has("/not-fixed")
    settle(over_either)

    visitor.open(visitor.page.url)
    assert "Bouché à chaud." in visitor.text
    visitor.fill("/not-fixed", words="Le trou est encore là.")

    assert "un contremaître va revoir le travail" in visitor.text
    (incident,) = over_either.server.rows(Incident)
    assert incident.status == "reopened"
    said = [u.words_fr for u in over_either.server.rows(IncidentUpdate) if u.report_id]
    assert said == ["Le trou est encore là."]


def test_a_promise_that_stands_still_or_has_passed_is_not_told_as_one(client: Client) -> None:
    page = report(client)
    (incident,) = client.server.rows(Incident)
    server, due = client.server, client.server.clock() + timedelta(days=1)
    server.set("incident", incident.id, fix_by=instant(due))
    assert "Réglé avant le" in page.open(page.page.url).text
    server.set("incident", incident.id, suspended_at=instant(due), suspend_reason="Gel")

    standing, told = page.open(page.page.url).text, client.read("/requests.json")[0]

    assert "Date suspendue : une nouvelle paraîtra ici." in standing
    assert "Réglé avant le" not in standing
    assert "expected_datetime" not in told
    server.set("incident", incident.id, suspended_at=None, suspend_reason=None)
    server.clock.forward(days=20)
    assert ": c’est en retard" in page.open(page.page.url).text


def test_work_is_rated_once_it_is_done(client: Client) -> None:
    visitor = report(client)
    settle(client)

    visitor.open(visitor.page.url).fill("/rating", rating="4")

    assert "Merci pour votre avis." in visitor.text
    assert not visitor.has("/rating")
    assert [row.rating for row in client.server.rows(Report)] == [4]


def test_a_program_that_fills_every_field_sends_nothing(client: Client) -> None:
    visitor = report(client, website="https://spam.example")

    assert visitor.page.status_code == 422
    assert "Le champ caché doit rester vide." in visitor.text
    assert client.server.rows(Report) == []


def test_one_address_sends_so_often_a_minute_and_no_more(client: Client) -> None:
    codes = [report(client, f"Trou {n}").page.status_code for n in range(8)]

    assert codes == [200] * 6 + [429] * 2
    client.server.clock.forward(minutes=2)
    assert report(client, "Trou 9").page.status_code == 200


def test_an_address_that_is_guessed_opens_nothing(client: Client) -> None:
    report(client)

    for path in ("/REQ-2026-000001", "/x", "/x/photo/0.jpg"):
        visitor = Visitor(client).open(path)
        assert visitor.page.status_code == 404
        assert "Il n’y a rien à cette adresse" in visitor.text


def test_a_picture_that_is_none_is_told_and_the_words_stay(client: Client) -> None:
    files: Any = [("photos", ("1.jpg", b"no picture", "image/jpeg"))]

    visitor = details(client).fill("/send", files=files, description="Trou", q_profondeur="grand")

    assert visitor.page.status_code == 422
    assert "n’est pas une image" in visitor.text
    assert ">Trou</textarea>" in visitor.page.text
    assert client.server.rows(ReportPhoto) == []


def test_more_pictures_than_are_kept_are_told_and_none_is_dropped_in_silence(
    client: Client,
) -> None:
    files: Any = [("photos", (f"{n}.jpg", a_picture(), "image/jpeg")) for n in range(7)]

    visitor = details(client).fill("/send", files=files, description="Trou", q_profondeur="grand")

    assert visitor.page.status_code == 422
    assert "3 photos au plus : choisissez-les de nouveau." in visitor.text
    assert ">Trou</textarea>" in visitor.page.text
    visitor.fill("/send", files=files[:3], description="Trou", q_profondeur="grand")
    assert len(client.server.rows(ReportPhoto)) == 3


def test_words_are_shown_as_words(client: Client) -> None:
    visitor = report(client, "<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in visitor.page.text
    policy = visitor.page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert visitor.page.headers["referrer-policy"] == "no-referrer"


def test_who_joins_later_reads_of_their_own_report_and_of_where_it_was(client: Client) -> None:
    report(client)
    (incident,) = client.server.rows(Incident)
    client.server.clock.forward(days=1)
    client.server.write(
        edit("incident", incident.id, {"status": "received"}, status="under_review")
    )
    client.server.clock.forward(days=1)

    page = Visitor(client).open("/where", service="NID", lat=45.4001, long=-75.695).fill("/follow")

    first, own = sorted(each.reported_at for each in client.server.rows(Report))
    assert f'datetime="{own.isoformat()}"' in page.page.text
    assert f'datetime="{first.isoformat()}"' not in page.page.text
    assert "étudie ce signalement" in page.text


def test_what_is_prepared_is_not_told_before_the_work_is_done(client: Client) -> None:
    page = report(client)
    (incident,) = client.server.rows(Incident)
    client.server.write(edit("incident", incident.id, {}, answer_fr="Bouché à chaud."))
    waiting = page.open(page.page.url).text
    client.server.write(edit("incident", incident.id, {"status": "received"}, status="resolved"))

    assert "Bouché à chaud." not in waiting
    assert "Bouché à chaud." in page.open(page.page.url).text
