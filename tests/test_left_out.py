"""A run that leaves tests out says how many and why; it never does so unasked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.left_out import asked_to_skip
from tests.sources import REPOSITORY

WANTING_DATA = "def test_data_is_read(shared_data): assert False"


def run(*arguments: str, **environment: str) -> str:
    """Run pytest within the repository's configuration; give what it printed."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("workers", ["0", "2"])
def test_tests_left_out_on_request_are_counted_at_the_end(workers: str) -> None:
    said = run("-n", workers, "tests/test_house_fixtures.py", VOIRIE_SKIP="browser,postgres")

    assert "2 × need browser: VOIRIE_SKIP asks for it" in said
    assert "2 × need postgres: VOIRIE_SKIP asks for it" in said
    assert "1 passed" in said


def test_tests_that_want_missing_data_are_counted_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "test_data.py").write_text(WANTING_DATA, encoding="utf-8")
    missing = tmp_path / "nowhere"

    said = run(
        "-p", "tests.left_out", str(tmp_path), "--rootdir", str(tmp_path), "-c", os.devnull,
        VOIRIE_SHARED_DATA=str(missing),
    )  # fmt: skip

    assert f"1 × need the shared data: no folder {missing}" in said


def test_a_word_that_names_nothing_to_skip_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOIRIE_SKIP", "postgre")

    with pytest.raises(pytest.UsageError, match="knows only browser, postgres"):
        asked_to_skip()
