"""The public page in a real browser: by keyboard, on a narrow phone, day and night, by axe-core."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from asset_model.incidents import Incident, Report
from sync_server.notices import wishes
from sync_server.notices.tables import MailWish
from sync_server.notices.tokens import Purpose, Tokens
from tests.intake.clients import Client
from tests.intake.pages import report
from tests.sync.rig import edit

PHONE = ViewportSize(width=320, height=640)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHERE = "/where?service=NID&lat=45.4001&long=-75.695&lang=fr"

WIDTH = "document.documentElement.scrollWidth"
ENGLISH = WHERE.replace("lang=fr", "lang=en")


@pytest.fixture
def phone(client: Client, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport=PHONE, locale="fr-CA", base_url=client.address, color_scheme="light"
    )
    yield context.new_page()
    context.close()


def check(page: Page) -> None:
    """Nothing that axe-core finds fault with, by day and by night; nothing wider than the phone,
    with letters twice as large too.
    """
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"runOnly": RULES})
        faults = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]
        assert faults == [], (page.url, scheme)
        assert "color-contrast" in {passed["id"] for passed in found.response["passes"]}
    for size in ("225%", ""):
        wide = f"(document.documentElement.style.fontSize = '{size}', {WIDTH})"
        assert page.evaluate(wide) <= PHONE["width"], (page.url, size)


def test_every_page_is_accessible_on_a_narrow_phone(client: Client, phone: Page) -> None:
    report(client)
    (incident,) = client.server.rows(Incident)

    phone.goto("/311/")
    check(phone)
    phone.goto("/311/where?service=NID&address=nulle+part")
    check(phone)
    phone.goto(f"/311{WHERE}")
    check(phone)
    phone.get_by_role("button", name="Aucun de ceux-ci").click()
    check(phone)
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    check(phone)
    phone.get_by_label("5 cm ou plus").check()
    phone.get_by_label("Ce que vous avez vu").fill("Trou")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("status")).to_have_text("Merci. C’est reçu.")
    check(phone)
    for each in client.server.rows(Incident):
        client.server.write(
            edit(
                "incident", each.id, {"status": "received"}, status="resolved", answer_fr="Bouché."
            )
        )
    phone.reload()
    expect(phone.get_by_role("heading", name="Ce n’est pas réglé")).to_be_visible()
    check(phone)
    assert incident.id


def test_the_pages_are_so_in_english(client: Client, phone: Page) -> None:
    report(client)

    for route in ("/?lang=en", "/where?service=NID&address=nowhere&lang=en", ENGLISH):
        phone.goto(f"/311{route}")
        assert phone.locator("html").get_attribute("lang") == "en"
        check(phone)
    phone.get_by_role("button", name="None of these").click()
    phone.get_by_label("Name").fill("Luc")
    phone.get_by_role("button", name="Français").click()
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_label("Name")).to_have_value("Luc")
    phone.get_by_label("Name").press("Enter")  # It sends; it does not change the language.
    expect(phone.get_by_role("alert")).to_be_focused()
    check(phone)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_that_letters_lead_to_are_accessible(
    client: Client, phone: Page, language: str
) -> None:
    """Confirm, end, “not fixed”, rate; each as it is opened and as it answers."""
    standing = urlsplit(report(client).page.url).path + f"?lang={language}"
    (row,) = client.server.rows(Report)
    until = wished(client, row)
    for purpose in (Purpose.CONFIRM, Purpose.STOP):
        token = Tokens(client.server.seals.key).make(purpose, row.id, until)
        phone.goto(f"/311/mail/{purpose}/{token}?lang={language}")
        assert phone.locator("html").get_attribute("lang") == language
        check(phone)
        phone.locator("form.card button.main").click()
        expect(phone.get_by_role("status")).to_be_visible()
        check(phone)
    phone.goto(f"/311/mail/confirm/none?lang={language}")
    check(phone)
    client.server.set("incident", row.incident_id, status="resolved", answer_en="Filled.")
    phone.goto(f"{standing}#rating")
    expect(phone.get_by_text("Filled.").first).to_be_visible()
    check(phone)
    phone.locator("#rating input[type=radio]").first.check()
    phone.locator("#rating button").click()
    expect(phone.get_by_role("status")).to_be_visible()
    check(phone)
    phone.goto(f"{standing}#not-fixed")
    phone.locator("#words").fill("Encore là.")
    phone.locator("button.warn").click()
    expect(phone.get_by_role("status")).to_be_visible()
    check(phone)


def wished(client: Client, row: Report) -> datetime:
    """An address was left on its page; until when the link of the question may be pressed."""
    now = client.server.clock()
    with client.server.database.writing() as session:
        found = session.get_one(Report, row.id)
        wishes.ask(session, found, "a@exemple.ca", Tokens(client.server.seals.key), now=now)
        until = session.get_one(MailWish, row.id).confirm_by
    assert until is not None
    return until


def test_a_report_is_sent_by_keyboard_alone(client: Client, phone: Page) -> None:
    phone.goto(f"/311{WHERE}")

    def press_on(name: str) -> None:
        for _ in range(40):
            phone.keyboard.press("Tab")
            held = phone.evaluate("document.activeElement.innerText || document.activeElement.id")
            if name in held:
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    press_on("C’est ici, continuer")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/details*")
    phone.locator("main").focus()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    press_on("description")
    phone.keyboard.type("Un trou.")
    press_on("Envoyer le signalement")
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("status")).to_have_text("Merci. C’est reçu.")
    assert [(r.description, r.answers) for r in client.server.rows(Report)] == [
        ("Un trou.", {"profondeur": "petit"})
    ]
