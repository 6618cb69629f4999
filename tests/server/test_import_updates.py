"""A newer file of a source: what moved is told, what is gone is retired only when asked."""

from pathlib import Path
from typing import Any

import pytest

from asset_model.assets import Asset
from asset_model.database import Database
from sync_server.import_comparison import Comparison
from sync_server.imports import bring_in
from sync_server.retirement import Retirement, TooManyMissing
from tests.gis.builders import plan_of_rows, row
from tests.server.test_import_assets import NOW, assets, new_id

TEN = [row(key) for key in "abcdefghij"]


def imported(
    database: Database,
    folder: Path,
    *rows: dict[str, str],
    retire: Retirement = Retirement.NO,
    **changes: Any,
) -> Comparison:
    plan = plan_of_rows(folder, *rows, **changes)
    return bring_in(database, plan, now=NOW, new_id=new_id, retire=retire)


def statuses(database: Database) -> dict[str, str]:
    return {tag: asset.status for tag, asset in assets(database).items()}


def test_what_is_gone_from_the_file_is_told_and_stands(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, *TEN)

    told = imported(database, tmp_path, *TEN[1:])

    assert (told.counts()["missing"], told.counts()["retired"]) == (1, 0)
    assert statuses(database)["TR-a"] == "in_service"


def test_what_is_gone_is_retired_when_asked_and_never_deleted(
    database: Database, tmp_path: Path
) -> None:
    imported(database, tmp_path, *TEN)

    told = imported(database, tmp_path, *TEN[1:], retire=Retirement.MISSING)

    assert told.counts()["retired"] == 1
    assert statuses(database) == dict.fromkeys(assets(database), "in_service") | {"TR-a": "retired"}


def test_what_is_retired_is_not_missed_again(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, *TEN)
    imported(database, tmp_path, *TEN[1:], retire=Retirement.MISSING)

    assert imported(database, tmp_path, *TEN[1:]).missing == ()


def test_an_asset_whose_row_is_refused_is_still_there(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, *TEN)

    told = imported(database, tmp_path, row("a", FORME=""), *TEN[1:], retire=Retirement.MISSING)

    assert told.missing == ()


def test_a_file_cut_short_retires_nothing(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, *TEN)

    with pytest.raises(TooManyMissing, match="6 of the 10 assets"):
        imported(database, tmp_path, *TEN[6:], retire=Retirement.MISSING)
    assert set(statuses(database).values()) == {"in_service"}


def test_most_are_retired_when_it_is_said_twice(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, *TEN)

    told = imported(database, tmp_path, *TEN[6:], retire=Retirement.EVEN_MOST)

    assert told.counts()["retired"] == 6


def test_nothing_is_retired_while_a_key_cannot_be_read(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, *TEN)

    with pytest.raises(TooManyMissing, match="The key of row 2 cannot be read"):
        imported(database, tmp_path, row(""), *TEN[1:], retire=Retirement.MISSING)


def test_an_edit_names_each_attribute_that_moves(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"))

    (edit,) = imported(database, tmp_path, row("a", VITESSE="30", NOM="Rue Neuve")).edits

    assert list(edit.moved) == [
        ("name", "Rue Élan", "Rue Neuve"),
        ("speed_limit_kmh", 40, 30),
    ]


STATUS: dict[str, Any] = {
    "status": {"column": "UNIQUE", "values": {"Oui": "planned", "Non": "in_service"}}
}


def test_a_source_that_knows_of_plans_says_so(database: Database, tmp_path: Path) -> None:
    rows = row("a", UNIQUE="Oui"), row("b")
    imported(database, tmp_path, *rows, **STATUS)

    assert statuses(database) == {"TR-a": "planned", "TR-b": "in_service"}


def test_a_status_that_people_gave_stands_where_the_source_says_none(
    database: Database, tmp_path: Path
) -> None:
    imported(database, tmp_path, row("a", UNIQUE="Oui"), **STATUS)

    imported(database, tmp_path, row("a", NOM="Rue Neuve"))

    (asset,) = assets(database).values()
    assert isinstance(asset, Asset)
    assert (asset.name, asset.status) == ("Rue Neuve", "planned")
