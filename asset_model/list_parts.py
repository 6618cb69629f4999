"""What lists of circle checks are made of: headings, each with its minor and its major defects."""

from typing import Any

Labels = tuple[str, str]
"""In French, then in English."""
Item = dict[str, Any]


def item(
    code: str,
    heading: Labels,
    minor: tuple[Labels, ...] = (),
    major: tuple[Labels, ...] = (),
    *,
    mounted: tuple[str, ...] = (),
    absent_on: tuple[str, ...] = (),
    numbered: tuple[str, ...] = (),
) -> Item:
    """A heading with its defects: minor ones are numbered, major ones lettered.

    `numbered`: the codes of the minor ones, then of the major ones, where the list leaves some out.
    `absent_on`: kinds of vehicles that have no such thing: it is answered so from the beginning.
    """
    codes = numbered or (
        *(f"{code}.{n}" for n in range(1, len(minor) + 1)),
        *(f"{code}.{chr(64 + n)}" for n in range(1, len(major) + 1)),
    )
    return {
        "code": code,
        "label_fr": heading[0],
        "label_en": heading[1],
        "mounted": list(mounted),
        "absent_on": list(absent_on),
        "minor": [_defect(*pair) for pair in zip(codes, minor, strict=False)],
        "major": [_defect(*pair) for pair in zip(codes[len(minor) :], major, strict=True)],
    }


def _defect(code: str, labels: Labels) -> Item:
    return {"code": code, "label_fr": labels[0], "label_en": labels[1], "confirmed": False}
