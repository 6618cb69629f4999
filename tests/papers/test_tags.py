"""Tags to stick on assets: codes that a tablet reads, on a sheet or as pictures."""

from pathlib import Path

import pytest

from field_app.scanning import read_tags
from tests.processes import demo_town, run


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_town(tmp_path_factory.mktemp("town") / "data")


def test_a_sheet_has_every_asset_of_a_class_and_each_picture_reads_as_its_tag(
    town: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "tags.pdf"
    said = run("tags", "--class", "hydrant", "--data", str(town), "--out", str(sheet))
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert int(said.partition(":")[0]) > 50

    run("tags", "BI-0001", "BI-0002", "--png", "--data", str(town), "--out", str(tmp_path / "png"))
    pictures = sorted((tmp_path / "png").iterdir())
    assert [read_tags(one.read_bytes()) for one in pictures] == [["BI-0001"], ["BI-0002"]]
