"""What was told outside the town is kept for its time, and no longer."""

from asset_model.people import Person
from sync_server.intake.tables import ReportContact
from sync_server.notices.keeping import forget_past
from sync_server.notices.tables import State
from sync_server.privacy.erasing import erase
from sync_server.privacy.known import known_of
from tests.intake.town import ISABELLE, LAMP
from tests.notices.mail_server import MailServer
from tests.notices.sending import by_mail, notices, reported, told
from tests.sync.rig import Server


def forgotten(server: Server) -> int:
    with server.database.writing() as session:
        return forget_past(session, now=server.clock())


def test_notices_are_forgotten_two_years_after_they_left_once_all_is_closed(
    either: Server, mail: MailServer
) -> None:
    sending = by_mail(either, mail.port)
    closed = str(reported(either).report.incident_id)
    reported(either, service_id=LAMP)
    either.set("incident", closed, status="resolved", answer_fr="Bouché.")
    sending.later()
    sent = [("received", "sent"), ("received", "sent"), ("resolved", "sent")]
    assert sorted(told(either)) == sent

    either.clock.forward(days=729)
    assert forgotten(either) == 0
    either.clock.forward(days=3)

    assert forgotten(either) == 2
    assert [(n.kind, n.incident_id != closed) for n in notices(either)] == [("received", True)]


def test_what_waits_is_kept_however_old(desk: Server) -> None:
    incident = str(reported(desk).report.incident_id)
    desk.set("incident", incident, status="resolved", answer_fr="Bouché.")
    desk.clock.forward(days=1_000)

    assert forgotten(desk) == 0
    assert {n.state for n in notices(desk)} == {State.WAITING}


def test_a_citizen_s_letters_are_among_what_is_known_of_them_and_go_with_it(
    desk: Server, mail: MailServer
) -> None:
    received = reported(desk)
    by_mail(desk, mail.port).run()
    with desk.database.reading() as session:
        (known,) = known_of(session, [received.report], language="fr")
    assert [(each["kind"], each["state"]) for each in known["letters"]] == [("received", "sent")]

    with desk.database.writing() as session:
        isabelle = session.get_one(Person, ISABELLE)
        done = erase(session, [received.report], isabelle, why="demande", now=desk.clock())

    assert done.letters == 1
    assert notices(desk) == desk.rows(ReportContact) == []
