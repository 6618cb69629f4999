"""An import's drafts come into the database once, whole, and with their history."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from asset_model.assets import Asset, AssetClass
from asset_model.database import Database
from asset_model.ids import uuid7
from asset_model.people import District
from gis.files import known_mappings, read_table
from gis.matching import mapping_for
from gis.planning import plan_import
from sync_server import desk
from sync_server.import_comparison import Comparison
from sync_server.imports import asset_class_called, bring_in, preview
from sync_server.tables import JournalEntry
from tests.gis.builders import plan_of_rows, row

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
CHANCE = Random(1)

NOTHING_GONE = {"left_aside": 0, "missing": 0, "retired": 0}
NOTHING_NEW = NOTHING_GONE | {"created": 0, "updated": 0}


def new_id() -> str:
    return uuid7(NOW, CHANCE)


def imported(
    database: Database, folder: Path, *rows: dict[str, str], district: str | None = None
) -> Comparison:
    plan = plan_of_rows(folder, *rows)
    return bring_in(database, plan, now=NOW, new_id=new_id, district_code=district)


def assets(database: Database) -> dict[str, Asset]:
    with database.reading() as session:
        return {asset.tag: asset for asset in session.scalars(select(Asset))}


def add_district(database: Database, code: str) -> str:
    district = District(id=new_id(), code=code, name=code)
    with database.writing() as session:
        desk.write(session, [desk.inserted(district, new_id=new_id)], now=NOW, new_id=new_id)
    return district.id


def change_asset(database: Database, tag: str, **after: object) -> None:
    standing = assets(database)[tag]
    before = {name: getattr(standing, name) for name in after}
    change = desk.edited("asset", standing.id, before, after, new_id=new_id)
    with database.writing() as session:
        desk.write(session, [change], now=NOW, new_id=new_id)


def test_new_rows_become_assets_in_service(database: Database, tmp_path: Path) -> None:
    told = imported(database, tmp_path, row("a"), row("b", FORME=""))

    (asset,) = assets(database).values()
    assert (
        told.counts()
        == {"read": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1} | NOTHING_GONE
    )
    assert (asset.tag, asset.name, asset.status) == ("TR-a", "Rue Élan", "in_service")
    assert asset.attributes == {"speed_limit_kmh": 40, "one_way": False}


def test_a_second_import_changes_nothing(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"), row("b"))
    with database.reading() as session:
        entries = session.scalar(select(func.count()).select_from(JournalEntry))

    told = imported(database, tmp_path, row("a"), row("b"))

    assert told.counts() == {"read": 2, "unchanged": 2, "refused": 0} | NOTHING_NEW
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == entries


def test_a_value_that_moved_updates_its_asset_and_no_other(
    database: Database, tmp_path: Path
) -> None:
    imported(database, tmp_path, row("a"), row("b"))

    told = imported(database, tmp_path, row("a", VITESSE="30"), row("b"))

    assert [(e.before["attributes"], e.after["attributes"]) for e in told.edits] == [
        (
            {"speed_limit_kmh": 40, "one_way": False},
            {"speed_limit_kmh": 30, "one_way": False},
        )
    ]
    assert assets(database)["TR-a"].attributes["speed_limit_kmh"] == 30


def test_the_journal_keeps_what_an_import_changed(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"))
    imported(database, tmp_path, row("a", NOM="Rue Neuve"))

    with database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.table == "asset", JournalEntry.op == "edit")
        (entry,) = session.scalars(query)
    assert (entry.before, entry.after) == ({"name": "Rue Élan"}, {"name": "Rue Neuve"})


def test_a_row_whose_value_is_taken_out_forgets_it(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"))

    imported(database, tmp_path, row("a", VITESSE="0"))

    assert assets(database)["TR-a"].attributes == {"one_way": False}


def test_what_people_wrote_outside_the_mapping_stays(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"))
    known = assets(database)["TR-a"].attributes
    change_asset(
        database, "TR-a", attributes={**known, "surface": "gravel"}, status="out_of_service"
    )

    told = imported(database, tmp_path, row("a", VITESSE="50"))

    asset = assets(database)["TR-a"]
    assert len(told.edits) == 1
    assert asset.attributes == {"surface": "gravel", "speed_limit_kmh": 50, "one_way": False}
    assert asset.status == "out_of_service"


def test_mended_rows_join_those_that_stand(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"), row("b", FORME=""))

    told = imported(database, tmp_path, row("b"))

    assert told.counts()["created"] == 1
    assert set(assets(database)) == {"TR-a", "TR-b"}


def test_a_tag_that_another_asset_has_refuses_the_row(database: Database, tmp_path: Path) -> None:
    taken = Asset(
        id=new_id(), tag="TR-b", class_code="sign", name="Arrêt", attributes={}, status="planned"
    )
    with database.writing() as session:
        desk.write(session, [desk.inserted(taken, new_id=new_id)], now=NOW, new_id=new_id)

    told = imported(database, tmp_path, row("a"), row("b"), row("c"))

    assert [(p.row, p.code) for p in told.plan.problems] == [(3, "tag_taken")]
    assert told.counts()["refused"] == 1
    assert set(assets(database)) == {"TR-a", "TR-b", "TR-c"}
    assert assets(database)["TR-b"].name == "Arrêt"


def test_an_import_that_breaks_half_way_leaves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "CHANGES_PER_GROUP", 1)
    plan = plan_of_rows(tmp_path, row("a"), row("b"))
    written: list[int] = []

    def break_after_the_first_asset() -> None:
        written.append(len(written))
        if len(written) > 2:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        bring_in(database, plan, now=NOW, new_id=new_id, advance=break_after_the_first_asset)

    assert assets(database) == {}
    assert bring_in(database, plan, now=NOW, new_id=new_id).counts()["created"] == 2


def test_a_preview_counts_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    told = preview(database, plan_of_rows(tmp_path, row("a"), row("b", FORME="")))

    assert (told.counts()["created"], told.counts()["refused"]) == (1, 1)
    assert assets(database) == {}


def test_new_assets_take_the_district_they_are_given(database: Database, tmp_path: Path) -> None:
    district = add_district(database, "HULL")

    imported(database, tmp_path, row("a"), district="HULL")

    assert assets(database)["TR-a"].district_id == district


def test_a_new_asset_takes_the_district_of_its_nearest_neighbour(
    database: Database, tmp_path: Path
) -> None:
    district = add_district(database, "HULL")
    imported(database, tmp_path, row("a"), district="HULL")
    far = "LINESTRING (-75.60 45.43, -75.60 45.44)"

    imported(database, tmp_path, row("b"), row("c", FORME=far))

    standing = assets(database)
    assert standing["TR-b"].district_id == district
    assert standing["TR-c"].district_id is None


def test_a_district_that_does_not_exist_is_told_with_those_that_do(
    database: Database, tmp_path: Path
) -> None:
    add_district(database, "HULL")

    with pytest.raises(LookupError, match="“HUL”; there are: HULL"):
        imported(database, tmp_path, row("a"), district="HUL")


def test_a_built_in_class_comes_with_its_first_assets(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, row("a"))
    imported(database, tmp_path, row("a"), row("b"))

    with database.reading() as session:
        assert session.scalars(select(AssetClass.code)).all() == ["road_segment"]


def test_a_class_that_the_town_has_changed_is_the_one_that_counts(database: Database) -> None:
    own = AssetClass(
        id=new_id(),
        code="sign",
        label_fr="Panneau",
        label_en="Sign",
        icon="signpost",
        geometry_kind="point",
        attributes=[{"name": "height_m", "type": "number"}],
    )
    with database.writing() as session:
        desk.write(session, [desk.inserted(own, new_id=new_id)], now=NOW, new_id=new_id)

    found = asset_class_called(database, "sign")

    assert found is not None
    assert [attribute["name"] for attribute in found["attributes"]] == ["height_m"]


@pytest.mark.parametrize(
    ("file", "class_code", "created", "refused"),
    [
        ("roads/gatineau_voie_publique_A.csv", "road_segment", 5005, 68),
        ("water/gatineau_borne_fontaine_A.csv", "hydrant", 3757, 0),
    ],
)
def test_gatineau_comes_in_once(
    database: Database,
    shared_data: Path,
    file: str,
    class_code: str,
    created: int,
    refused: int,
) -> None:
    asset_class = asset_class_called(database, class_code)
    assert asset_class is not None
    table = read_table(shared_data / file)
    mapping = mapping_for(table, class_code=class_code, mappings=known_mappings())
    plan = plan_import(table, mapping=mapping, asset_class=asset_class)

    first = bring_in(database, plan, now=NOW, new_id=new_id).counts()
    second = bring_in(database, plan, now=NOW, new_id=new_id).counts()

    assert (first["created"], first["refused"]) == (created, refused)
    assert second == {"read": first["read"], "unchanged": created, "refused": refused} | NOTHING_NEW
    with database.reading() as session:
        metres = session.scalar(select(func.sum(Asset.length_m))) or 0
        assert session.scalar(select(func.count()).select_from(Asset)) == created
    assert metres == pytest.approx(793_050 if class_code == "road_segment" else 0, abs=10)
