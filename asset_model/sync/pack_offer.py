"""Packs of the base map, as the server offers them and as a tablet asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from asset_model.sync.offer import is_plain_name
from asset_model.sync.reading import Malformed


@dataclass(frozen=True, kw_only=True)
class PackOffer:
    """What brings the pack `key` to `contents`: the file `name`, whole or as a patch.

    `since`: the contents that the patch is for; empty where the file is the pack itself. The
    file's name never means another. `whole_bytes` is what the pack takes on disk.
    """

    key: str
    look: str
    title: str
    contents: str
    made_at: str
    name: str
    since: str
    bytes: int
    sha256: str
    whole_bytes: int


@dataclass(frozen=True)
class PackList:
    """Every pack that a device may hold. `keys`: also of those that are not made yet."""

    keys: tuple[str, ...]
    packs: tuple[PackOffer, ...]


def packs_from(data: Any) -> PackList:
    """:raises Malformed: the message is not ours"""
    if not isinstance(data, dict):
        raise Malformed(f"packs: an object expected, got {type(data).__name__}")
    keys, packs = data.get("keys"), data.get("packs")
    if not isinstance(keys, list) or not _are_names(keys) or not isinstance(packs, list):
        raise Malformed("packs: a list of keys and a list of packs expected")
    return PackList(tuple(keys), tuple(map(_offer, packs)))


def _offer(data: Any) -> PackOffer:
    told = data if isinstance(data, dict) else {}
    for field in fields(PackOffer):
        if type(told.get(field.name)) is not field.type:
            raise Malformed(f"pack.{field.name}: {field.type} expected")
    if not _are_names([told["key"], told["name"], told["contents"]]):
        raise Malformed("pack: a name leads away")
    return PackOffer(**{field.name: told[field.name] for field in fields(PackOffer)})


def _are_names(names: Sequence[Any]) -> bool:
    """They become files: nothing in them may lead away."""
    return all(isinstance(name, str) and name and is_plain_name(name) for name in names)
