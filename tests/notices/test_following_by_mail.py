"""Letters on a page's wish: asked, confirmed from the mailbox, ended by one link."""

import re

import pytest

from asset_model.incidents import Incident
from sync_server.notices.tables import MailWish
from tests.intake.clients import TIMEOUT_S, Client
from tests.intake.pages import Visitor, report
from tests.intake.town import an_order
from tests.notices.mail_server import MailServer, text_of
from tests.notices.sending import TOWN, Sending, by_mail, told


@pytest.fixture
def visitor(client: Client) -> Visitor:
    """On the page of a report that was sent without an address."""
    return report(client)


@pytest.fixture
def sending(client: Client, mail: MailServer) -> Sending:
    return by_mail(client.server, mail.port)


def link(mail: MailServer, what: str) -> str:
    """Where a link of the newest letter leads, from the root of the public page."""
    found = re.search(rf"{TOWN.public_url}/311(/mail/{what}/\S+)", text_of(mail.letters[-1]))
    assert found is not None
    return found[1]


def ask(visitor: Visitor, sending: Sending, email: str = "anne@exemple.ca") -> None:
    visitor.fill("/letters", email=email)
    sending.run()


def confirm(visitor: Visitor, sending: Sending, mail: MailServer) -> None:
    ask(visitor, sending)
    visitor.open(link(mail, "confirm")).fill(link(mail, "confirm").partition("?")[0])
    mail.empty()


def work(sending: Sending) -> None:
    (incident,) = sending.server.rows(Incident)
    sending.server.write(an_order(incident.id))
    sending.later()


def test_nothing_but_the_question_is_sent_before_the_answer(
    visitor: Visitor, sending: Sending, mail: MailServer
) -> None:
    ask(visitor, sending)

    assert "Un courriel vous attend" in visitor.text
    assert "Il reste à confirmer" in visitor.text
    work(sending)
    assert mail.subjects == ["Confirmez que vous voulez suivre ce signalement"]
    assert "List-Unsubscribe" not in mail.letters[0]


def test_once_confirmed_each_step_is_told(
    visitor: Visitor, sending: Sending, mail: MailServer
) -> None:
    confirm(visitor, sending, mail)

    assert "C’est confirmé" in visitor.text
    work(sending)
    assert mail.subjects == ["REQ-2026-000001\u00a0: le travail est prévu"]


def test_a_program_that_opens_the_link_confirms_nothing(
    visitor: Visitor, sending: Sending, mail: MailServer
) -> None:
    ask(visitor, sending)

    assert Visitor(visitor.client).open(link(mail, "confirm")).page.status_code == 200

    assert [wish.confirmed_at for wish in sending.server.rows(MailWish)] == [None]


def test_the_question_s_link_ends_after_three_days_and_with_the_next_question(
    visitor: Visitor, sending: Sending, mail: MailServer
) -> None:
    page = visitor.page
    ask(visitor, sending)
    first = link(mail, "confirm")
    sending.server.clock.forward(minutes=5)
    again = Visitor(visitor.client).open(page.url)
    assert not again.has("/letters")
    wish = sending.server.rows(MailWish)[0]
    assert wish.token_hash not in first

    sending.server.clock.forward(days=3)

    assert Visitor(visitor.client).open(first).page.status_code == 404


@pytest.mark.parametrize("one_press", [True, False])
def test_one_link_ends_the_letters_without_signing_in(
    visitor: Visitor, sending: Sending, mail: MailServer, one_press: bool
) -> None:
    confirm(visitor, sending, mail)
    work(sending)
    (letter,) = mail.letters
    address = letter["List-Unsubscribe"].strip("<>").replace(TOWN.public_url, "")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = visitor.client.address + address

    if one_press:
        body = {"List-Unsubscribe": "One-Click"}
        assert visitor.client.http.post(url, data=body, timeout=TIMEOUT_S).status_code == 200
    else:
        visitor.open(url).fill(link(mail, "stop").partition("?")[0])
        assert "C’est arrêté" in visitor.text

    (incident,) = sending.server.rows(Incident)
    sending.server.set("work_order", incident.order_id, status="in_progress")
    sending.later()
    assert len(mail.letters) == 1
    assert ("in_progress", "waiting") not in told(sending.server)


def test_a_link_that_was_altered_opens_nothing(
    visitor: Visitor, sending: Sending, mail: MailServer
) -> None:
    ask(visitor, sending)
    good = link(mail, "confirm").partition("?")[0]

    for bad in (good[:-1], good.replace("/confirm/", "/stop/"), "/mail/stop/%FF", "/mail/stop/é"):
        assert Visitor(visitor.client).open(bad).page.status_code == 404


def test_nobody_fills_another_s_mailbox(client: Client, sending: Sending, mail: MailServer) -> None:
    for n in range(5):
        ask(report(client, f"Trou {n}", sending=str(n)), sending)
        client.server.clock.forward(minutes=2)

    assert len(mail.letters) == 3


def test_what_is_no_address_is_told_beside_its_field(visitor: Visitor) -> None:
    visitor.fill("/letters", email="anne@exemple.ca, luc@exemple.ca")

    assert 'id="email-error"' in visitor.page.text
    assert visitor.client.server.rows(MailWish) == []
