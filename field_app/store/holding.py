"""One tablet at a time in a data folder: two would be one device that talks with two voices."""

from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows has no flock; there the listening port keeps a second tablet out.
    fcntl = None  # type: ignore[assignment]


class FolderInUse(Exception):
    """Another process holds the folder."""


def hold(folder: Path) -> IO[Any]:
    """Hold the folder for as long as the answer is kept; a process that dies lets go of it.

    :raises FolderInUse:
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stream = (folder / "in-use.lock").open("ab")
    if fcntl is not None:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stream.close()
            raise FolderInUse(str(folder)) from None
    return stream
