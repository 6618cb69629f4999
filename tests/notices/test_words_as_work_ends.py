"""What a crew chose as it finished its work goes with the news, to each reporter once."""

import pytest

from asset_model.closing_words import OURS, Sentence
from tests.intake.town import an_order
from tests.notices.mail_server import MailServer, text_of
from tests.notices.sending import ANNE_S, Sending, by_mail, reported
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import LUC, NORTH


@pytest.fixture
def sending(desk: Server, mail: MailServer) -> Sending:
    return by_mail(desk, mail.port)


def test_what_a_crew_chose_as_it_finished_goes_to_each_reporter_once(
    sending: Sending, mail: MailServer
) -> None:
    server = sending.server
    first = reported(server)
    incident = str(first.report.incident_id)
    reported(server, ANNE_S, language="en", incident_id=incident)
    order = an_order(incident, "in_progress", crew_id=NORTH)
    server.write(order)
    sending.later()
    mail.empty()
    lasting = OURS[0]
    said = edit("incident", incident, {}, answer_fr=lasting.fr, answer_en=lasting.en)
    done = edit(
        "work_order", order.row, {"status": "in_progress"}, status="done",
        completed_at="2026-11-23T08:00:00.000Z",
    )  # fmt: skip

    outcomes = server.push(group(said, person=LUC), group(done, person=LUC))

    assert [outcome.result for outcome in outcomes] == ["applied", "applied"]
    assert sending.later() == 2
    assert sending.later() == 0
    texts = [text_of(letter) for letter in mail.letters]
    said_in = [(lasting.fr in text, lasting.en in text) for text in texts]
    assert sorted(said_in) == [(False, True), (True, False)]


def test_a_crew_s_own_words_are_refused_and_its_work_is_not(
    sending: Sending, mail: MailServer
) -> None:
    server = sending.server
    incident = str(reported(server).report.incident_id)
    order = an_order(incident, "in_progress", crew_id=NORTH)
    server.write(order)
    said = edit("incident", incident, {}, answer_fr="Vos voisins exagèrent.")
    done = edit("work_order", order.row, {"status": "in_progress"}, status="done")

    outcomes = server.push(group(said, person=LUC), group(done, person=LUC))

    assert [outcome.code for outcome in outcomes] == ["bad_value", None]
    assert (server.row("incident", incident) or {})["answer_fr"] is None


def test_a_crew_chooses_of_the_town_s_sentences_even_of_an_edition_before(sending: Sending) -> None:
    server = sending.server
    incident = str(reported(server).report.incident_id)
    order = an_order(incident, "in_progress", crew_id=NORTH)
    server.write(order)
    for day, words in ((1, "Rebouché à chaud."), (2, "Le trou est bouché.")):
        told = [Sentence("hot", words, f"{words} (en)").told()]
        server.write(insert("closing_words", sentences=told,
                            published_at=f"2026-11-0{day}T12:00:00.000Z"))  # fmt: skip

    for words in ("Rebouché à chaud.", "Le trou est bouché.", OURS[0].fr):
        stands = (server.row("incident", incident) or {})["answer_fr"]
        said = edit("incident", incident, {"answer_fr": stands}, answer_fr=words)
        assert [each.result for each in server.push(group(said, person=LUC))] == ["applied"]


def test_no_tablet_writes_the_sentences_themselves(sending: Sending) -> None:
    told = [Sentence("mine", "À moi.", "Mine.").told()]
    mine = insert("closing_words", sentences=told, published_at="2026-11-01T12:00:00.000Z")

    outcomes = sending.server.push(group(mine, person=LUC))

    assert [outcome.code for outcome in outcomes] == ["role_not_allowed"]
