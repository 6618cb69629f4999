"""What a tablet is told: all its problems at once, and where each value comes from."""

import json
from pathlib import Path

import pytest

from field_app.settings import BadSettings, read_settings


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "tablet.json"
    file.write_text(json.dumps({"zone": "Mars/Olympus", "colour": "red"}))
    environ = {"VOIRIE_SERVER": "ftp//nowhere", "VOIRIE_TABLET_CONFIG": str(file)}

    with pytest.raises(BadSettings) as told:
        read_settings({"port": 99_999}, environ)

    problems = str(told.value).splitlines()
    assert [line.split(":")[0] for line in problems] == [
        "VOIRIE_TABLET_CONFIG",
        "VOIRIE_SERVER (--server)",
        "VOIRIE_TABLET_PORT (--port)",
        "VOIRIE_ZONE",
    ]


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(
    tmp_path: Path,
) -> None:
    file = tmp_path / "tablet.json"
    file.write_text(json.dumps({"server": "http://file", "port": 1, "data": "from-file"}))
    environ = {
        "VOIRIE_TABLET_CONFIG": str(file),
        "VOIRIE_SERVER": "http://env",
        "VOIRIE_TABLET_PORT": "2",
    }

    settings = read_settings({"port": 3, "server": None}, environ)

    assert (settings.server, settings.port, settings.data) == ("http://env", 3, Path("from-file"))


def test_without_a_server_a_tablet_is_told_how_to_name_one() -> None:
    with pytest.raises(BadSettings, match=r"\(--server\).*http://host:8000"):
        read_settings({}, {})
