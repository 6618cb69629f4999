"""A data folder has one tablet at a time, and a dead one does not keep it."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from field_app.store.holding import FolderInUse, hold
from tests.threads import PATIENCE_S, Doing

HOLDER = """
import sys
from pathlib import Path
from field_app.store.holding import hold
held = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_tablet_is_kept_out(tmp_path: Path) -> None:
    held = hold(tmp_path)

    with pytest.raises(FolderInUse):
        hold(tmp_path)

    held.close()


def test_a_killed_tablet_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        Doing(holder.stdout.readline).end()
        with pytest.raises(FolderInUse):
            hold(tmp_path)
        holder.kill()
        holder.wait(PATIENCE_S)

    hold(tmp_path).close()


def test_a_new_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    hold(tmp_path / "new" / "tablet").close()

    assert stat.S_IMODE((tmp_path / "new" / "tablet").stat().st_mode) == 0o700
