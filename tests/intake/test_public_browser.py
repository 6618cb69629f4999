"""The public page in a real browser: by keyboard, on a narrow phone, day and night, by axe-core."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from asset_model.incidents import Incident, Report
from tests.intake.clients import Client
from tests.intake.pages import report
from tests.sync.rig import edit

PHONE = ViewportSize(width=320, height=640)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHERE = "/where?service=NID&lat=45.4001&long=-75.695&lang=fr"


@pytest.fixture
def phone(client: Client, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport=PHONE, locale="fr-CA", base_url=client.address, color_scheme="light"
    )
    yield context.new_page()
    context.close()


def check(page: Page) -> None:
    """Nothing that axe-core finds fault with, by day and by night; nothing wider than the phone."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"runOnly": RULES})
        faults = [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]
        assert faults == [], (page.url, scheme)
        assert "color-contrast" in {passed["id"] for passed in found.response["passes"]}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


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
