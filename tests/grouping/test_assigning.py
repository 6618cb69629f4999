"""Which reports are of one thing, and what keeps two apart."""

from datetime import timedelta

import pytest

from asset_model.grouping.assigning import Outcome
from asset_model.grouping.concepts import DANGER, concepts_of
from asset_model.grouping.sightings import Sighting
from asset_model.grouping.streams import Placed, placed
from asset_model.grouping.weights import first_edition
from tests.grouping.conftest import NOON, Report


def _placed(*reports: Sighting) -> list[Placed]:
    return list(placed(reports, weights=first_edition()))


def _incidents(*reports: Sighting) -> list[str]:
    return [each.incident_id for each in _placed(*reports)]


def test_two_reports_of_one_hole_make_one_incident(report: Report) -> None:
    first, second = report("1"), report("2", north_m=6, days=0.5)

    assert _incidents(first, second) == ["1", "1"]


def test_a_report_of_something_else_at_the_same_spot_founds_its_own(report: Report) -> None:
    hole, lamp = report("1"), report("2", category="street light")

    assert _incidents(hole, lamp) == ["1", "2"]


def test_two_names_of_a_family_are_compared(report: Report) -> None:
    told = {"family": "walks", "address": "12 rue cartier"}
    one = report("1", category="sidewalk", **told)
    other = report("2", category="sidewalk, make safe", **told)

    assert _incidents(one, other) == ["1", "1"]


def test_neighbouring_lamps_are_two_incidents(report: Report) -> None:
    one = report("1", category="street light", asset_id="L-1")
    other = report("2", north_m=40, category="street light", asset_id="L-2")

    assert _incidents(one, other) == ["1", "2"]


def test_one_lamp_is_one_incident_however_pins_lie(report: Report) -> None:
    one = report("1", category="street light", asset_id="L-1")
    other = report("2", north_m=35, category="street light", asset_id="L-1")

    assert _incidents(one, other) == ["1", "1"]


def test_an_incident_does_not_creep_down_the_street(report: Report) -> None:
    street = [report(f"{n:02}", north_m=12 * n, days=n / 24) for n in range(16)]

    reach_m = first_edition().reach_m
    founders = {each.sighting.id: each.sighting for each in _placed(*street)}
    for each in _placed(*street):
        from_founder_m = 12 * (int(each.sighting.id) - int(each.incident_id))
        assert from_founder_m <= reach_m
        assert each.incident_id in founders
    assert len(set(_incidents(*street))) > 1


def test_what_comes_back_after_it_was_closed_is_a_new_incident_that_says_so(
    report: Report,
) -> None:
    closed = report("1", asset_id="S-9", closed_at=NOON + timedelta(days=1))
    back = report("2", north_m=1, days=2, asset_id="S-9")

    second = _placed(closed, back)[1]

    assert second.incident_id == "2"
    assert second.assignment.outcome is Outcome.RECURRENCE
    assert second.assignment.candidates[0].incident.id == "1"


def test_a_doubtful_one_is_suggested_and_not_attached(report: Report) -> None:
    second = _placed(report("1"), report("2", north_m=35, days=3))[1]

    assert second.assignment.outcome is Outcome.SUGGEST
    assert second.incident_id == "2"
    assert second.assignment.candidates[0].incident.id == "1"


def test_distance_weighs_less_in_a_crowd(report: Report) -> None:
    quiet = _placed(report("a"), report("z", north_m=20, days=1))[1]
    crowd = [report(f"c{n:02}", north_m=45 + n * 0.7, days=0.1) for n in range(20)]
    crowded = _placed(report("a"), *crowd, report("z", north_m=20, days=1))[-1]

    quiet_score = quiet.assignment.candidates[0].score.probability
    crowded_scores = [each.score.probability for each in crowded.assignment.candidates]
    assert max(crowded_scores, default=0.0) < quiet_score


def test_the_order_of_a_file_changes_nothing(report: Report) -> None:
    reports = [report(f"{n:02}", north_m=9 * (n % 7), days=n / 3) for n in range(30)]

    assert _incidents(*reports) == _incidents(*reversed(reports))


def test_words_of_both_languages_are_one_concept() -> None:
    french = concepts_of("Gros nid-de-poule au coin, les autos l’évitent")
    english = concepts_of("Big pothole at the corner, cars swerve")

    assert {"pothole", "crossing", "vehicle", "swerve"} <= french & english


def test_a_longer_name_wins_over_its_words() -> None:
    assert concepts_of("borne d'incendie qui coule") == {"hydrant", "leak"}


@pytest.mark.parametrize(
    "words",
    [
        "C’est DANGEREUX", "trop dangeureux ici", "une dame est tombée", "je me suis blessé",
        "Fil électrique par terre", "ça sent fort, odeur de gaz", "hazardous for bikes",
        "I fell there", "a live wire", "il a failli tomber", "risque d’électrocution",
    ],
)  # fmt: skip
def test_words_of_danger_are_known_as_people_write_them(words: str) -> None:
    assert concepts_of(words) & DANGER


@pytest.mark.parametrize(
    "words", ["Un arbre sur le trottoir", "La neige est tombée hier", "It is broken"]
)
def test_other_words_are_none_of_danger(words: str) -> None:
    assert not concepts_of(words) & DANGER


def test_common_words_bring_two_reports_nearer(report: Report) -> None:
    words = concepts_of("lampadaire éteint")
    one = report("1", category="other", concepts=words)
    alike = report("2", north_m=38, days=2, category="other", concepts=words)
    apart = report("2", north_m=38, days=2, category="other", concepts=concepts_of("graffiti"))

    with_words = _placed(one, alike)[1].assignment
    without = _placed(one, apart)[1].assignment

    assert with_words.outcome is Outcome.ATTACH
    assert without.outcome is Outcome.SUGGEST
