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
) -> Item:
    """A heading with its defects: minor ones are numbered, major ones lettered."""
    return {
        "code": code,
        "label_fr": heading[0],
        "label_en": heading[1],
        "mounted": list(mounted),
        "minor": [_defect(f"{code}.{n}", labels) for n, labels in enumerate(minor, start=1)],
        "major": [_defect(f"{code}.{chr(64 + n)}", labels) for n, labels in enumerate(major, 1)],
    }


def _defect(code: str, labels: Labels) -> Item:
    return {"code": code, "label_fr": labels[0], "label_en": labels[1], "confirmed": False}
