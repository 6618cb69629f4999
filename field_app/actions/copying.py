"""A copy, in one file, of all the work that the server has not got: to be carried there by hand."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from field_app.store.export import export, write

COPIES = "copies"


@dataclass(frozen=True)
class Copied:
    """Where it is, and whether all could be read; `acts` counts what people did."""

    file: Path
    acts: int
    photos: int
    complete: bool


def copy_unsent(folder: Path, *, now: datetime) -> Copied:
    """The office brings it in with `voirie import-rescue`, where each change counts once.

    :raises OSError: the disk is full, or a copy of this very second is there
    """
    exported = export(folder, now=now)
    code = exported.content["device"]["device_code"] or "tablet"
    place = folder / COPIES
    place.mkdir(exist_ok=True)
    file = place / f"voirie-rescue-{code}-{now:%Y%m%d-%H%M%S}.json"
    write(exported.content, file)
    content = exported.content
    return Copied(file, len(content["groups"]), len(content["photos"]), exported.complete)
