"""What a segment was made of, kept in its source key by whoever edited it.

A key is ``TR-12:0.00-84.20>0.00-84.20``: a stretch of an old asset, and where it is on this one;
several are parted by ``|``. The second part is left out where it begins at nought.
"""

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.linear.stretches import Heir

SOURCE = "segments"
"""The source of assets that edits made."""
KEY = re.compile(r"(.+):([\d.]+)-([\d.]+)(?:>([\d.]+)-([\d.]+))?")


def key_of(heirs: Iterable[Heir]) -> str:
    return "|".join(map(_told, heirs))


def read_key(tag: str, key: str | None) -> list[Heir]:
    """The heirs that a key tells of, the asset of `tag` being the new one."""
    found = (KEY.fullmatch(part) for part in (key or "").split("|"))
    return [_heir(tag, match) for match in found if match]


def heirs_of(session: Session, tag: str) -> list[Heir]:
    """What an asset was made of; nothing, where no edit made it."""
    query = select(Asset.source, Asset.source_key).where(Asset.tag == tag)
    source, key = session.execute(query).first() or (None, None)
    return read_key(tag, key) if source == SOURCE else []


def _told(heir: Heir) -> str:
    whole = f"{heir.old}:{heir.old_from_m:.2f}-{heir.old_to_m:.2f}"
    length_m = heir.old_to_m - heir.old_from_m
    if heir.new_from_m == 0 and abs(heir.new_to_m - length_m) < 0.005:
        return whole
    return f"{whole}>{heir.new_from_m:.2f}-{heir.new_to_m:.2f}"


def _heir(tag: str, match: re.Match[str]) -> Heir:
    start, end = float(match[2]), float(match[3])
    now = (0.0, end - start) if match[4] is None else (float(match[4]), float(match[5]))
    return Heir(match[1], start, end, tag, *now)
