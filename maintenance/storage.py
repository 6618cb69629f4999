"""Units stored away (remisées): while one is off the road nothing falls due on it.

What would have, is due on the day it returns: before it runs again. The length of the storage is
not added to anything, since the rule that would allow it could not be read in an official source.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

Target = str | None


class Stored(NamedTuple):
    """From a day on; `ends_on` is the day the unit returns, None while nobody knows."""

    begins_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        return self.begins_on <= day and (self.ends_on is None or day < self.ends_on)


Storage = Mapping[str, Sequence[Stored]]
"""By asset."""


def stored_on(storage: Storage, target: Target, day: date) -> Stored | None:
    """The period of storage that a day falls in."""
    if not storage or target is None:
        return None
    return next((each for each in storage.get(target, ()) if each.holds(day)), None)


def back_on(storage: Storage, target: Target, day: date) -> date | None:
    """The day itself, or the one on which the unit returns; None while nobody knows when."""
    back: date | None = day
    while back is not None and (period := stored_on(storage, target, back)) is not None:
        back = period.ends_on
    return back


def returns(storage: Storage, target: Target) -> Sequence[Stored]:
    """The periods whose end is known, in order."""
    if target is None:
        return ()
    return sorted(each for each in storage.get(target, ()) if each.ends_on is not None)
