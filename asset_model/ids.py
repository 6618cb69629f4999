"""Who acts, when, and the ids of what is born of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID, uuid5

NewId = Callable[[], str]

NAMESPACE = UUID("6f1d0f5c-6f5e-5c7e-9d2b-7f3b1c0a9e11")
"""Of ids that must come out the same whoever makes them, and however often."""


def uuid7(now: datetime, random: Random) -> str:
    """A time-ordered id (RFC 9562, version 7): the clock gives 48 bits, chance the other 74.

    The time is only for locality in indexes; a wrong clock makes no two ids alike.
    """
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    bits = milliseconds << 80 | 0x7 << 76 | random.getrandbits(12) << 64
    return str(UUID(int=bits | 0b10 << 62 | random.getrandbits(62)))


def derived_id(*parts: str) -> str:
    """The one id that belongs to these parts, on every machine."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


@dataclass(frozen=True)
class Author:
    """A person at a moment: what every verb needs to know of its surroundings."""

    person_id: str
    now: datetime
    new_id: NewId
