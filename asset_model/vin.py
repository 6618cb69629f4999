"""Vehicle identification numbers: whether one can be, and what it tells of its vehicle.

ISO 3779 says the form, ISO 3780 the first three characters, 49 CFR 565.15 the check digit and the
year. In North America all of it binds; elsewhere the check digit and the year are the maker's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

LENGTH = 17
CHECK_AT, YEAR_AT = 8, 9

_VALUES = {str(digit): digit for digit in range(10)} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
"""1980 to 2009, and 2010 to 2039 again."""
CYCLE = len(_YEARS)

_REGIONS = (
    # first characters: code of the region
    ("ABC", "africa"),
    ("HJKLMNPR", "asia"),
    ("STUVWXYZ", "europe"),
    ("12345", "north_america"),
    ("67", "oceania"),
    ("89", "south_america"),
)
_COUNTRIES = {"1": "US", "4": "US", "5": "US", "2": "CA", "3": "MX"}

MAKERS = {
    "1FT": "Ford", "1FD": "Ford", "2FT": "Ford", "2FD": "Ford", "3FR": "Ford",
    "1FV": "Freightliner", "1FU": "Freightliner", "2FV": "Freightliner", "3AL": "Freightliner",
    "3AK": "Freightliner", "2FZ": "Sterling", "5KK": "Western Star", "5KJ": "Western Star",
    "2WK": "Western Star", "1HT": "International", "3HA": "International", "3HT": "International",
    "1HS": "International", "3HS": "International", "1M1": "Mack", "1M2": "Mack",
    "1NK": "Kenworth", "1XK": "Kenworth", "2NK": "Kenworth", "3BK": "Kenworth",
    "1NP": "Peterbilt", "1XP": "Peterbilt", "2NP": "Peterbilt", "4V4": "Volvo", "4V5": "Volvo",
    "1GC": "Chevrolet", "2GC": "Chevrolet", "3GC": "Chevrolet", "1GB": "Chevrolet",
    "1GT": "GMC", "2GT": "GMC", "3GT": "GMC", "1GD": "GMC", "1C6": "Ram", "3C6": "Ram",
    "3C7": "Ram", "1D7": "Dodge", "3D7": "Dodge", "JTF": "Toyota", "5TF": "Toyota",
}  # fmt: skip
"""Makers by the first three characters, as far as known without the register (SAE keeps it): it
tells, and refuses nothing. To be confirmed.
"""


@dataclass(frozen=True)
class Vin:
    """What a sound number tells. `years`: all that its tenth character may mean, oldest first."""

    text: str
    region: str
    country: str | None
    maker: str | None
    years: tuple[int, ...]

    def year(self, *, today: int) -> int | None:
        """The likeliest model year: the latest that is not later than the one to come."""
        return max((year for year in self.years if year <= today + 1), default=None)


def normal(text: str) -> str:
    """The number as it is written on the plate: capitals, no spaces or hyphens."""
    return "".join(c for c in text.upper() if c not in " -\u00a0\u2011")


def faults(text: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Everything that is wrong with a number: a code of `errors.py`, and its details.

    A wrong check digit is told of North American numbers only: elsewhere the place is the maker's.
    """
    number = normal(text)
    strange = sorted(set(number) - _VALUES.keys())
    if strange:
        yield "vin_characters", {"vin": number, "found": ", ".join(strange)}
    if len(number) != LENGTH:
        yield "vin_length", {"vin": number, "count": len(number)}
    elif strange:
        return
    elif north_american(number) and number[CHECK_AT] != check_digit(number):
        yield "vin_check_digit", {
            "vin": number, "found": number[CHECK_AT], "wanted": check_digit(number),
        }  # fmt: skip


def north_american(text: str) -> bool:
    return normal(text)[:1] in tuple("12345")


def check_digit(number: str) -> str:
    """The ninth character that belongs to the others: their weighted sum modulo 11, X for 10."""
    total = sum(_VALUES[c] * weight for c, weight in zip(number, _WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def decoded(text: str) -> Vin:
    """What a number without faults tells.

    The tenth character means two years, 30 apart. The seventh tells which in light vehicles (a
    letter from 2010 on); in heavy trucks it does not, so both are given.
    """
    number = normal(text)
    code = _YEARS.find(number[YEAR_AT])
    years = tuple(1980 + code + CYCLE * turn for turn in range(2)) if code >= 0 else ()
    return Vin(
        number,
        next((region for first, region in _REGIONS if number[0] in first), "unknown"),
        _COUNTRIES.get(number[0]),
        MAKERS.get(number[:3]),
        years,
    )
