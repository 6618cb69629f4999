"""The settings are read once, and say everything that is wrong with them at once."""

from pathlib import Path

import pytest

from sync_server.settings import BadSettings, read_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without settings, and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "DATABASE", "HOST", "PORT", "PHOTOS", "CONFIG"):
        monkeypatch.delenv(f"VOIRIE_{name}", raising=False)
    return tmp_path


def test_without_any_setting_the_database_is_a_file_in_the_data_folder(elsewhere: Path) -> None:
    settings = read_settings()

    assert settings.url == f"sqlite:///{elsewhere / 'voirie-data' / 'server.sqlite'}"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOIRIE_DATABASE", "postgresql+psycopg://me@town/voirie")
    monkeypatch.setenv("VOIRIE_PORT", "8123")

    settings = read_settings()

    assert (settings.url, settings.port) == ("postgresql+psycopg://me@town/voirie", 8123)


def test_a_file_is_read_where_it_starts(elsewhere: Path) -> None:
    (elsewhere / "voirie.toml").write_text("port = 8200\n")

    assert read_settings().port == 8200


def test_a_file_is_read_where_it_is_named(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "other.toml").write_text('host = "0.0.0.0"\n')
    monkeypatch.setenv("VOIRIE_CONFIG", str(elsewhere / "other.toml"))

    assert read_settings().host == "0.0.0.0"


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "voirie.toml").write_text('port = 8200\nhost = "file"\n')
    monkeypatch.setenv("VOIRIE_PORT", "8123")

    settings = read_settings(port=8300, host=None)

    assert (settings.port, settings.host) == (8300, "file")
    assert read_settings().port == 8123


def test_every_problem_is_told_at_once_with_its_variable_and_its_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VOIRIE_PORT", "eighty")
    monkeypatch.setenv("VOIRIE_DATABASE", "mysql://town")

    with pytest.raises(BadSettings) as bad:
        read_settings()

    lines = sorted(str(bad.value).splitlines())
    assert len(lines) == 2
    assert lines[0].startswith("VOIRIE_DATABASE (--database): SQLite")
    assert "SQLite and PostgreSQL" in lines[0]
    assert "mysql://town" in lines[0]
    assert lines[1].startswith("VOIRIE_PORT (--port): ")
    assert "'eighty'" in lines[1]


@pytest.mark.parametrize("port", [-1, 65_536, "8000.5", ""])
def test_a_port_is_a_port(port: object) -> None:
    with pytest.raises(BadSettings, match="VOIRIE_PORT"):
        read_settings(port=port)


@pytest.mark.parametrize("url", ["town", "sqlite:", "://", "postgresql://me@town:port/x"])
def test_a_database_is_a_url(url: str) -> None:
    with pytest.raises(BadSettings, match="VOIRIE_DATABASE"):
        read_settings(database=url)


def test_a_database_is_shown_without_its_password() -> None:
    settings = read_settings(database="postgresql+psycopg://me:secret@town/voirie")

    assert "secret" not in settings.url_shown
    assert "me" in settings.url_shown


def test_a_password_is_not_told_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOIRIE_DATABASE", "mysql://me:secret@town/voirie")

    with pytest.raises(BadSettings) as bad:
        read_settings()

    assert "secret" not in str(bad.value)


def test_a_file_that_is_no_toml_is_a_problem_like_another(elsewhere: Path) -> None:
    (elsewhere / "voirie.toml").write_text("port = = 3\n")

    with pytest.raises(BadSettings, match=r"voirie\.toml"):
        read_settings()
