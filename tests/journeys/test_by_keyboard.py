"""A foreman gives work out and comments on it, an agent takes a call, without touching a mouse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import open_database
from asset_model.facts import Comment
from asset_model.incidents import Report
from tests.browser import OpenPage
from tests.journeys.person import CHOSEN, PATIENCE_MS, TWO_FRAMES, Person
from tests.processes import Running, all_killed, demo_town

FOREMAN, PIN = "Marie-Ève Tremblay", "4710"
WORDS = "Vu avec le citoyen"


@pytest.fixture
def office(tmp_path: Path, free_port: int) -> Iterator[str]:
    folder, address = demo_town(tmp_path / "server"), f"http://127.0.0.1:{free_port}"
    serve = ("serve", "--no-tiles", "--data", str(folder), "--port", str(free_port))
    server = Running(serve, f"{address}/health", tmp_path / "serve.log")
    with all_killed(server):
        server.up()
        yield f"{address}/office/"


def test_an_order_is_given_out_taken_back_and_commented_by_keys(
    office: str, tmp_path: Path, browser_page: OpenPage
) -> None:
    marie_eve = Person(browser_page())
    keys = marie_eve.page.keyboard
    marie_eve.opens(office)
    marie_eve.page.get_by_role("button", name=FOREMAN).first.wait_for(state="attached")

    keys.press("m")
    marie_eve.key("key-1").wait_for(state="attached")
    for digit in PIN:
        keys.press(digit)
    marie_eve.sees(re.compile(f"Votre NIP.{{1,3}}{len(PIN)}"))
    keys.press("Enter")
    marie_eve.key("span-today").wait_for(state="attached", timeout=PATIENCE_MS)

    keys.press("ArrowDown")
    keys.press("1")
    marie_eve.key("undo").wait_for(state="attached", timeout=PATIENCE_MS)
    keys.press("Control+z")
    marie_eve.sees(re.compile("tout est comme avant"))

    keys.press("ArrowDown")
    keys.press("Enter")
    marie_eve.page.wait_for_url("**/orders/**")
    keys.press("c")
    writing = marie_eve.page.locator("textarea:focus, input:focus")
    expect(writing).to_have_count(1, timeout=PATIENCE_MS)
    marie_eve.page.evaluate(TWO_FRAMES)
    keys.type(WORDS, delay=10)
    expect(writing).to_have_value(WORDS)
    keys.press("Control+Enter")
    marie_eve.sees(re.compile(f"Tremblay.*{WORDS}"))
    keys.press("Escape")
    marie_eve.key("span-today").wait_for(state="attached", timeout=PATIENCE_MS)
    expect(marie_eve.key("pill")).to_contain_text("Tout est reçu", timeout=PATIENCE_MS)

    with Session(open_database(f"sqlite:///{tmp_path / 'server/server.sqlite'}").engine) as session:
        assert list(session.scalars(select(Comment.text).where(Comment.text == WORDS))) == [WORDS]


def test_a_call_is_taken_by_keys_until_its_number_is_read_out(
    office: str, tmp_path: Path, browser_page: OpenPage
) -> None:
    isabelle = Person(browser_page())
    keys = isabelle.page.keyboard
    isabelle.opens(office)
    isabelle.page.get_by_role("button", name="Isabelle Nguyen").first.wait_for(state="attached")
    keys.press("i")
    isabelle.key("key-1").wait_for(state="attached")
    for digit in "3110":
        keys.press(digit)
    keys.press("Enter")

    for field, words in (("service", "nid"), ("place", "chardonn"), ("words", "Trou profond")):
        isabelle.key(f"field-call-{field}").wait_for(state="attached", timeout=PATIENCE_MS)
        writing = isabelle.page.locator("textarea:focus, input:focus")
        expect(writing).to_have_count(1, timeout=PATIENCE_MS)
        isabelle.page.evaluate(TWO_FRAMES)
        keys.type(words, delay=10)
        expect(writing).to_have_value(words)
        if field != "words":
            keys.press("Enter")
    # By rows, with the rail beside: not by how far to the left a thing is.
    assert [key for key in isabelle.tabs(4) if key.startswith(("answer", "field"))] == [
        "answer-taille-main", "answer-taille-ballon", "answer-taille-pneu", "field-call-phone",
    ]  # fmt: skip
    keys.press("Shift+Tab")
    keys.press("2")
    expect(isabelle.key("answer-taille-ballon")).to_have_attribute(*CHOSEN, timeout=PATIENCE_MS)
    keys.press("Control+Enter")
    isabelle.key("call-next").wait_for(state="attached", timeout=PATIENCE_MS)

    with Session(open_database(f"sqlite:///{tmp_path / 'server/server.sqlite'}").engine) as session:
        taken = select(Report.number).where(Report.description == "Trou profond")
        number = session.scalars(taken).one()
    isabelle.sees(str(number))
