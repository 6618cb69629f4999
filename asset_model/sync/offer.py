"""A ready copy of a set of buckets, as the server offers it and as a tablet asks for it."""

from dataclasses import dataclass, fields
from typing import Any

from asset_model.sync.reading import Malformed

NAME_LENGTH_MAX = 100


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the replica holds (`position`: of the bucket least read), and in what shape."""

    epoch: str
    scope: str
    position: int
    shape: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One file: the rows of `buckets` as they stood at `position`. Its `name` never means another.

    `bytes` and `sha256` are of the file as it travels, `plain_…` of the SQLite file inside.
    """

    epoch: str
    scope: str
    buckets: tuple[str, ...]
    position: int
    name: str
    encoding: str
    bytes: int
    sha256: str
    plain_bytes: int
    plain_sha256: str


def offer_from(data: Any) -> Offer:
    """:raises Malformed: the message is not ours"""
    if not isinstance(data, dict):
        raise Malformed(f"offer: an object expected, got {type(data).__name__}")
    told: dict[str, Any] = {}
    for field in fields(Offer):
        value = data.get(field.name)
        kind = list if field.name == "buckets" else field.type
        if type(value) is not kind:
            raise Malformed(f"offer.{field.name}: got {type(value).__name__}")
        told[field.name] = value
    if not is_plain_name(told["name"]):
        raise Malformed(f"offer.name: {told['name'][:20]!r} is not a file's name")
    return Offer(**told | {"buckets": tuple(told["buckets"])})


def is_plain_name(name: str) -> bool:
    """It becomes part of an address, and on the server of a path: nothing in it may lead away."""
    letters = name.replace("-", "").replace(".", "")
    return letters.isascii() and letters.isalnum() and len(name) <= NAME_LENGTH_MAX
