"""Each reporter is told in their language, once, at each step."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from asset_model.incidents import Report
from asset_model.people import Person
from sync_server import desk as hand
from sync_server.bulletins.asking import Asking
from sync_server.bulletins.told_outside import told_outside
from sync_server.intake.contacts import Contact, keep_contact
from sync_server.notices import delivery, outbox
from sync_server.notices.tables import Notice, State
from sync_server.privacy.erasing import erase
from tests.intake.town import ISABELLE, a_report, an_order, incident_of
from tests.notices.mail_server import MailServer, html_of, text_of
from tests.notices.sending import ANNE_S, LUC_S, Sending, by_mail, notices, reported, told
from tests.sync.rig import Server, an_id, edit, group


@pytest.fixture
def sending(desk: Server, mail: MailServer) -> Sending:
    return by_mail(desk, mail.port)


def test_receipt_tells_the_number_and_where_to_follow(sending: Sending, mail: MailServer) -> None:
    received = reported(sending.server)

    assert sending.run() == 1
    (letter,) = mail.letters
    assert letter["Subject"] == "REQ-2026-000001\u00a0: votre signalement est reçu"
    assert mail.envelopes == [("311@exemple.ca", "luc@exemple.ca")]
    assert letter["Reply-To"] == "travaux@exemple.ca"
    link = f"https://311.exemple.ca/311/{received.secret}?lang=fr"
    assert link in text_of(letter)
    assert f'<a href="{link}">Suivre ce signalement</a>' in html_of(letter)
    assert "Nid-de-poule, Rue 1" in text_of(letter)
    assert "un avis écrit dans les 15 jours" in text_of(letter)


def test_a_place_that_somebody_typed_is_one_line_and_no_link(
    sending: Sending, mail: MailServer
) -> None:
    """Whoever follows the incident reads the place of its first report."""
    reported(sending.server, place="1, rue A\n\n[Votre dossier](https://voleur.example/x)\r\nB")
    sending.run()

    (letter,) = mail.letters
    assert "1, rue A [Votre dossier] (https://voleur.example/x) B" in html_of(letter)
    assert 'href="https://voleur' not in html_of(letter)


def test_headers_are_as_mail_programs_read_them(sending: Sending, mail: MailServer) -> None:
    reported(sending.server)
    sending.run()

    head, _, body = mail.raw[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    address = b"List-Unsubscribe: <https://311.exemple.ca/311/mail/stop/"
    assert any(line.startswith(address) and line.endswith(b"?lang=fr>") for line in lines)
    assert b"Subject: =?utf-8?q?REQ-2026-000001" in head
    assert mail.raw[0].isascii()
    assert max(map(len, body.split(b"\r\n"))) <= 78


def test_every_reporter_is_told_in_their_language_once_a_step(
    either: Server, mail: MailServer
) -> None:
    sending, server = by_mail(either, mail.port), either
    first = reported(server)
    reported(server, ANNE_S, language="en", incident_id=first.report.incident_id)
    reported(server, None, incident_id=first.report.incident_id)
    sending.run()
    mail.empty()
    order = an_order(str(first.report.incident_id))
    server.write(order)
    server.write(order)

    assert sending.later() == 2
    assert sending.later() == 0
    assert sorted(mail.subjects) == [
        "REQ-2026-000001\u00a0: le travail est prévu",
        "REQ-2026-000002: the work is planned",
    ]


def test_closing_tells_the_foreman_s_words_and_how_to_say_not_fixed(
    sending: Sending, mail: MailServer
) -> None:
    server = sending.server
    received = reported(server)
    sending.run()
    incident = incident_of(server, received.report.id)
    server.write(
        edit(
            "incident", incident["id"], {"status": "received"}, status="resolved",
            answer_fr="Bouché à chaud.", answer_en="Filled, hot mix.",
        )
    )  # fmt: skip
    mail.empty()

    assert sending.later() == 1
    text = text_of(mail.letters[0])
    assert "Le travail est terminé.\n\nBouché à chaud." in text
    assert f"https://311.exemple.ca/311/{received.secret}?lang=fr#not-fixed" in text
    assert f"https://311.exemple.ca/311/{received.secret}?lang=fr#rating" in text


def test_words_chosen_after_the_work_are_told_as_well(sending: Sending, mail: MailServer) -> None:
    server = sending.server
    received = reported(server)
    order = an_order(str(received.report.incident_id), "in_progress")
    server.write(order)
    server.set("work_order", order.row, status="done", completed_at="2026-11-23T08:00:00.000Z")
    sending.later()
    mail.empty()

    server.set("incident", str(received.report.incident_id), answer_en="Filled, hot mix.")

    assert sending.later() == 1
    assert "La Ville a un mot de plus pour vous" in text_of(mail.letters[0])
    assert "Filled, hot mix." in text_of(mail.letters[0])


def test_what_is_taken_back_at_once_is_told_to_nobody(sending: Sending, mail: MailServer) -> None:
    server = sending.server
    received = reported(server)
    sending.run()
    order = an_order(str(received.report.incident_id), "in_progress")
    server.write(order)
    sending.later()
    mail.empty()

    server.set("work_order", order.row, status="done", completed_at="2026-11-23T08:00:00.000Z")
    server.clock.forward(seconds=20)
    server.set("work_order", order.row, status="in_progress", completed_at=None)
    sending.later()

    assert mail.subjects == ["REQ-2026-000001\u00a0: une équipe y travaille"]
    assert ("resolved", "dropped") in told(server)


def test_a_batch_of_steps_tells_where_it_stands_now(sending: Sending, mail: MailServer) -> None:
    server = sending.server
    received = reported(server)
    sending.run()
    mail.empty()
    order = an_order(str(received.report.incident_id))

    server.write(order, edit("work_order", order.row, {"status": "planned"}, status="in_progress"))
    sending.later()

    assert mail.subjects == ["REQ-2026-000001\u00a0: une équipe y travaille"]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Attente de matériel", "Nous attendons du matériel."),
        ("Waiting for material", "Nous attendons du matériel."),
        ("Le bonhomme du 12 est fâché", ""),
    ],
)
def test_a_pause_tells_the_reasons_that_are_for_citizens_and_no_others(
    desk: Server, mail: MailServer, reason: str, said: str
) -> None:
    sending = by_mail(desk, mail.port)
    received = reported(desk)
    order = an_order(str(received.report.incident_id), "in_progress")
    desk.write(order)
    sending.later()
    mail.empty()

    desk.set("work_order", order.row, status="on_hold", reason=reason)
    sending.later()

    text = text_of(mail.letters[0])
    assert f"il est en pause. {said}".strip() in text
    assert "bonhomme" not in text


def test_reports_of_a_merged_incident_are_told_where_it_stands(
    desk: Server, mail: MailServer
) -> None:
    sending = by_mail(desk, mail.port)
    first = reported(desk)
    other = reported(desk, ANNE_S, longitude=-75.6921)
    assert first.report.incident_id != other.report.incident_id
    sending.run()
    mail.empty()
    merge = edit(
        "incident", str(other.report.incident_id), {"status": "received"},
        status="merged", merged_into_id=first.report.incident_id,
    )  # fmt: skip

    (outcome,) = desk.push(group(merge, person=ISABELLE), device="OFFICE")
    sending.later()

    assert outcome.result == "applied"
    assert mail.envelopes == [("311@exemple.ca", ANNE_S)]
    assert "joint à un autre" in mail.subjects[0]


def test_a_report_that_is_put_back_at_once_is_told_to_nobody(
    sending: Sending, mail: MailServer
) -> None:
    server = sending.server
    at = reported(server).report.incident_id
    other = reported(server, None, longitude=-75.6921).report.incident_id
    report = reported(server, ANNE_S, incident_id=at).report.id
    sending.run()
    mail.empty()

    for here, there, wait in ((at, other, 9), (other, at, 70), (at, other, 9)):
        moved = edit("report", report, {"incident_id": here}, incident_id=there,
                     attached_by=ISABELLE)  # fmt: skip
        server.push(group(moved, person=ISABELLE), device="OFFICE")
        server.clock.forward(seconds=wait)
    sending.later()

    assert mail.envelopes == [("311@exemple.ca", ANNE_S)]
    assert "suivi à part" in mail.subjects[0]


def test_who_was_erased_is_written_to_no_more(desk: Server, mail: MailServer) -> None:
    received = reported(desk)
    desk.set("incident", str(received.report.incident_id), answer_fr="Vu avec luc@exemple.ca.")
    desk.set("incident", str(received.report.incident_id), status="under_review")
    with desk.database.writing() as session:
        isabelle = session.get_one(Person, ISABELLE)
        erase(session, [received.report], isabelle, why="demande", now=desk.clock())

    assert by_mail(desk, mail.port).later() == 0
    assert mail.letters == []
    assert {(n.state, n.code) for n in notices(desk)} == {("dropped", "address_erased")}
    assert "luc@" not in str([n.facts for n in notices(desk)])


def test_without_a_mail_server_notices_are_kept_and_sent_when_asked(
    desk: Server, mail: MailServer
) -> None:
    reported(desk)
    Sending(desk, None).run()
    assert [(n.state, n.code) for n in notices(desk)] == [("unsent", "no_mail_server")]

    with desk.database.writing() as session:
        outbox.again(session, [State.UNSENT], None, now=desk.clock())

    assert by_mail(desk, mail.port).run() == 1


def test_a_round_that_is_over_leaves_the_rest_to_the_next(
    sending: Sending, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(sending.server)
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "ROUND_LASTS", timedelta(0))
        assert sending.run() == 0

    assert told(sending.server) == [("received", "waiting")]
    assert sending.run() == 1


def test_a_report_and_its_notice_are_written_together_or_not_at_all(desk: Server) -> None:
    report = a_report()

    def half_way() -> None:
        with desk.database.writing() as session:
            keep_contact(session, report.row, Contact(email=LUC_S), now=desk.clock())
            hand.write(session, [report], now=desk.clock(), new_id=an_id)
            assert session.scalar(select(func.count()).select_from(Notice)) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_way()

    assert (desk.rows(Report), notices(desk)) == ([], [])


def test_the_office_reads_what_was_told_of_an_incident_without_addresses(
    desk: Server, mail: MailServer
) -> None:
    received = reported(desk)
    by_mail(desk, mail.port).run()
    with desk.database.reading() as session:
        isabelle = session.get_one(Person, ISABELLE)
        question = {"incident": str(received.report.incident_id)}
        body = told_outside(Asking(session, desk.clock(), isabelle, question))

    (line,) = body["lines"]
    assert (line["kind"], line["state"], line["to"]) == ("received", "sent", "REQ-2026-000001")
    assert "@" not in str(body)
