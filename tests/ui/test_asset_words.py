"""The index of assets' words: kept in step by the database, and used by the search."""

from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from field_app.reads.assets import find_assets
from field_app.store import asset_words
from tests.ui.town import Town


def names(town: Town, words: str) -> list[str]:
    with town.database.reading() as session:
        return [found.tag for found in find_assets(session, words).found]


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("ÉGLISE", ["T-1"]),
        ("l’eglise", ["T-1"]),
        ("erab", ["T-2"]),
        ("chemin la", ["T-3"]),
        ("t-2", ["T-2"]),
        ("rue absente", []),
        ('"*', []),
    ],
)
def test_assets_are_found_by_how_their_words_begin(town: Town, words: str, tags: list[str]) -> None:
    assert names(town, words) == tags


def test_the_index_follows_a_new_name_a_new_asset_and_one_that_is_gone(town: Town) -> None:
    with town.database.writing() as session:
        session.get_one(Asset, town.ids["Chemin du Lac"]).name = "Chemin du Barrage"
        session.delete(session.get_one(Asset, town.ids["Rue des Érables"]))
        session.add(
            Asset(
                id=town.workplace.new_id(), tag="T-9", class_code="sign", name="Rue du Lac",
                status="in_service", attributes={},
            )
        )  # fmt: skip

    assert (names(town, "lac"), names(town, "barrage"), names(town, "erables")) == (
        ["T-9"], ["T-3"], [],
    )  # fmt: skip


@pytest.mark.parametrize("words", ["église", "rue église", "chemin 12", "12"])
def test_no_search_reads_every_asset(town: Town, words: str) -> None:
    plans: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "words_said MATCH" in statement and not statement.startswith("EXPLAIN"):
            told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[-1] for row in told)

    with town.database.reading() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", explain)
        try:
            find_assets(session, words)
        finally:
            event.remove(engine, "before_cursor_execute", explain)

    assert any("VIRTUAL TABLE INDEX" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN asset")] == []


def test_where_the_index_cannot_be_had_every_row_is_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asset_words, "_is_laid", lambda _: False)

    assert names(town, "glise") == ["T-1"]


def test_it_is_laid_anew_where_it_is_missing(town: Town) -> None:
    with town.database.writing() as session:
        session.execute(text("DROP TRIGGER words_on_update"))
        _lay(session)

    assert names(town, "église") == ["T-1"]


def _lay(session: Session) -> None:
    asset_words.lay(session.connection())
