"""Names of ten characters, which is what a shapefile keeps: each field's own, always the same."""

from collections.abc import Sequence

LENGTH_MAX = 10


def short_names(names: Sequence[str]) -> dict[str, str]:
    """By name, its short one. Two that would be cut to the same are numbered in their order."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        short, number = name[:LENGTH_MAX], 1
        while short.casefold() in taken:
            number += 1
            short = f"{name[: LENGTH_MAX - len(str(number)) - 1]}_{number}"
        taken.add(short.casefold())
        given[name] = short
    return given
