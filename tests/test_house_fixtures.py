"""The fixtures themselves: databases on both engines, and a browser that opens a page."""

from pathlib import Path

import pytest
from playwright.sync_api import Error
from sqlalchemy import create_engine, inspect, make_url, text

from tests.browser import OpenPage, Outside
from tests.embedded_postgres import running_server


def test_each_test_gets_an_empty_database_it_can_write(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE hydrant (tag TEXT)"))
        connection.execute(text("INSERT INTO hydrant VALUES ('BF-1')"))
        assert connection.scalar(text("SELECT count(*) FROM hydrant")) == 1
    engine.dispose()


@pytest.mark.needs("postgres")
def test_an_embedded_postgres_leaves_nothing_behind() -> None:
    with running_server() as url:
        socket = make_url(url).query["host"]
        assert Path(str(socket)).exists()

    assert not Path(str(socket)).parent.exists()


def test_a_browser_page_opens_at_the_size_asked_for(browser_page: OpenPage) -> None:
    page = browser_page(width=800, height=1280, color_scheme="dark")

    page.set_content("<h1>Voirie</h1>")

    assert page.get_by_role("heading").inner_text() == "Voirie"
    assert page.evaluate("[innerWidth, innerHeight]") == [800, 1280]
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is True


def test_a_page_that_asks_the_internet_for_something_is_seen_to(
    browser_page: OpenPage, outside: Outside
) -> None:
    page = browser_page()

    with pytest.raises(Error, match="Timeout"):
        page.goto("https://voirie.example/", timeout=3_000)

    assert outside.callers() == ["CONNECT voirie.example:443 HTTP/1.1"]
