"""A small disk of a test's own, which fills up, turns read-only under open files, and is mended.

It is a file with a file system, mounted: what fails is what fails on a real one. That takes an
account that may mount; elsewhere these tests are left out, and the run says so.
"""

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.threads import PATIENCE_S

SIZE_BYTES = 24 * 1024 * 1024
BALLAST = "ballast"


@dataclass(frozen=True)
class Disk:
    image: Path
    place: Path

    def make(self) -> None:
        with self.image.open("wb") as file:
            file.truncate(SIZE_BYTES)
        _run("mkfs.ext4", "-q", "-F", "-m", "0", str(self.image))
        self.place.mkdir()

    def mount(self) -> None:
        _run("mount", "-o", "loop", str(self.image), str(self.place))

    def unmount(self) -> None:
        _run("umount", str(self.place))

    def fill(self) -> None:
        """To its last block."""
        with (self.place / BALLAST).open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1 << 9):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self) -> None:
        (self.place / BALLAST).unlink()

    def fail(self) -> None:
        """What the kernel does to a disk that it cannot trust any more: from now on it is read."""
        _run("mount", "-o", "remount,abort", str(self.place))

    def forbid(self) -> None:
        """Mounted to be read only; nobody may have a file open for writing."""
        _run("mount", "-o", "remount,ro", str(self.place))

    def mend(self) -> None:
        """Checked and mounted again; nobody may have a file open."""
        self.unmount()
        subprocess.run(
            ["e2fsck", "-fy", str(self.image)], check=False, capture_output=True, timeout=PATIENCE_S
        )
        self.mount()


@cache
def can_mount() -> bool:
    """Whether this account may have such a disk."""
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder) / "image", Path(folder) / "place")
        try:
            disk.make()
            disk.mount()
            disk.unmount()
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path / "image", tmp_path / "place")
    made.make()
    made.mount()
    yield made
    with suppress(subprocess.CalledProcessError):
        made.unmount()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
