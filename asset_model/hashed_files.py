"""Files that lie under the hash of their bytes, spread over 256 folders, and are there for good."""

import os
from pathlib import Path

from asset_model.photos import is_hash


def place_of(root: Path, sha256: str) -> Path:
    """Where the file of this name lies, or would.

    :raises ValueError: it is no hash, and could lead anywhere
    """
    if not is_hash(sha256):
        raise ValueError(f"not the name of a photo's file: {sha256!r}")
    return root / sha256[:2] / sha256


def put_in_place(draft: Path, root: Path, sha256: str) -> None:
    """Give a file, whose bytes the disk already has, its place for good."""
    place = place_of(root, sha256)
    draft.replace(place)
    _sync_folder(place.parent)
    _sync_folder(root)


def _sync_folder(folder: Path) -> None:
    """A rename is on disk once its folder is. Windows syncs folders by itself, and opens none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
