"""Backups and restores are killed at any moment: never half, and the next one ends well."""

import hashlib
import io
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from select import select
from time import monotonic

import pytest

from asset_model.database import Database
from sync_server.archive import open_archive
from sync_server.backup import back_up
from sync_server.photo_depot import open_depot
from tests.processes import REPOSITORY, module
from tests.rescue.contents import archived, contents
from tests.sync import rig, town
from tests.threads import Doing

KILLS = 8
SEED = 41
OWN = ("server_state",)
"""What a restore begins anew."""


@dataclass
class Desk:
    """Where someone types commands for a server, and kills them."""

    url: str
    folder: Path
    warm: subprocess.Popen[str]
    chance: Random = field(default_factory=lambda: Random(SEED))

    def runs(self, *arguments: str) -> float:
        """How long a command takes that nobody kills."""
        begun = monotonic()
        self._begins(arguments)
        assert self._told() == 0, arguments
        return monotonic() - begun

    def kills(self, *arguments: str, within_s: float) -> bool:
        """SIGKILL at a random moment of a command's time; False: it had ended before."""
        child = self._begins(arguments)
        assert self.warm.stdout is not None
        ready, _, _ = select([self.warm.stdout], [], [], self.chance.random() * within_s)
        if not ready:
            os.kill(child, signal.SIGKILL)
        return self._told() == -signal.SIGKILL

    def _begins(self, arguments: tuple[str, ...]) -> int:
        options = ("--database", self.url, "--data", str(self.folder / "data"))
        assert self.warm.stdin is not None
        self.warm.stdin.write(json.dumps([*arguments, *options]) + "\n")
        self.warm.stdin.flush()
        return self._told()

    def _told(self) -> int:
        assert self.warm.stdout is not None
        return int(Doing(self.warm.stdout.readline).end())


@pytest.fixture(scope="module")
def warm() -> Iterator[subprocess.Popen[str]]:
    """A process that has imported every command."""
    program = module("tests.chaos.warm")
    with subprocess.Popen(
        program, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def desk(
    served: rig.Server, database_url: str, tmp_path: Path, warm: "subprocess.Popen[str]"
) -> Desk:
    """A server with some work and a photo."""
    served.push(*[rig.group(rig.comment(town.order_id(1), f"Constat {n}")) for n in range(200)])
    content = b"a photo of a hole" * 20_000
    depot = open_depot("", tmp_path / "data")
    depot.keep(hashlib.sha256(content).hexdigest(), io.BytesIO(content))
    return Desk(database_url, tmp_path, warm)


def test_a_backup_that_is_killed_leaves_no_archive_and_the_next_one_is_whole(
    served: rig.Server, desk: Desk
) -> None:
    target = desk.folder / "town.zip"
    command = ("backup", str(target))
    whole_s = desk.runs(*command)
    target.unlink()
    was_killed = 0

    for _ in range(KILLS):
        was_killed += desk.kills(*command, within_s=whole_s)
        if target.exists():
            assert archived(open_archive(target)) == contents(served.database)
            target.unlink()
    desk.runs(*command)

    assert was_killed
    assert archived(open_archive(target)) == contents(served.database)
    assert [file.name for file in desk.folder.glob("town.zip*")] == ["town.zip"]


def test_a_restore_that_is_killed_leaves_the_old_or_the_new_and_again_ends_well(
    served: rig.Server, desk: Desk
) -> None:
    archive = desk.folder / "yesterday.zip"
    back_up(served.database, archive, now=town.START, photos=open_depot("", desk.folder / "data"))
    new = contents(served.database, without=OWN)
    command = ("restore", str(archive), "--force")
    whole_s, was_killed = desk.runs(*command), 0

    for n in range(KILLS):
        _more_work(served.database, n)
        old = contents(served.database, without=OWN)
        was_killed += desk.kills(*command, within_s=whole_s)
        assert contents(served.database, without=OWN) in (old, new)
    desk.runs(*command)

    assert was_killed
    assert contents(served.database, without=OWN) == new


def _more_work(database: Database, n: int) -> None:
    """Since the backup; under an id of its own, as the one before it may have been restored."""
    server = rig.Server(database)
    server.write(rig.comment(town.order_id(1), f"Depuis la copie, {n}."))
