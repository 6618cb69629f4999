"""The page of the screens: what it asks for, and what it says while nobody answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import OpenPage, Outside
from tests.journeys.person import PATIENCE_MS, Person
from tests.processes import Running, all_killed


@pytest.fixture
def tablet(tmp_path: Path, free_ports: tuple[int, int]) -> Iterator[Running]:
    """A tablet that no server has let in yet, and no server to ask."""
    nobody, port = free_ports
    options = ("--server", f"http://127.0.0.1:{nobody}", "--data", str(tmp_path / "tablet"))
    address = f"http://127.0.0.1:{port}/"
    running = Running(("tablet", *options, "--port", str(port)), address, tmp_path / "tablet.log")
    with all_killed(running):
        yield running.up()


def test_the_page_opens_without_asking_the_internet_for_anything(
    tablet: Running, browser_page: OpenPage, outside: Outside
) -> None:
    person = Person(browser_page())

    person.opens(tablet.address)
    person.sees("Cette tablette")

    assert outside.callers() == []


def test_a_page_whose_voirie_has_died_says_so_and_comes_back_by_itself(
    tablet: Running, browser_page: OpenPage
) -> None:
    page = browser_page()
    person = Person(page)
    person.opens(tablet.address)
    person.sees("Cette tablette")
    away = page.get_by_role("alert").filter(has_text="Voirie ne répond pas.")
    expect(away).to_be_hidden()

    tablet.kill()
    expect(away).to_be_visible(timeout=PATIENCE_MS)
    expect(away).to_contain_text("Ce qui était enregistré est gardé.")
    expect(away).to_contain_text("Voirie does not answer.")

    tablet.up()
    expect(away).to_be_hidden(timeout=PATIENCE_MS)
    person.wakes_semantics()
    person.sees("Cette tablette")
