"""Lines of checklists as plain data, as plans and templates keep them."""

from typing import Any

from asset_model.vocabulary import StepKind

Line = dict[str, Any]


def _line(kind: StepKind, fr: str, en: str, **more: Any) -> Line:
    return {"kind": kind.value, "label_fr": fr, "label_en": en, "required": True, **more}


def check(fr: str, en: str) -> Line:
    return _line(StepKind.CHECK, fr, en)


def pass_fail(fr: str, en: str) -> Line:
    return _line(StepKind.PASS_FAIL, fr, en)


def number(fr: str, en: str, unit: str, low: float, high: float) -> Line:
    return _line(StepKind.NUMBER, fr, en, unit=unit, minimum=low, maximum=high)


def choice(fr: str, en: str, **choices: tuple[str, str]) -> Line:
    listed = [
        {"code": code, "label_fr": french, "label_en": english}
        for code, (french, english) in choices.items()
    ]
    return _line(StepKind.CHOICE, fr, en, choices=listed)


def photo(fr: str, en: str, moment: str) -> Line:
    """A picture before the work, or after it."""
    return _line(StepKind.PHOTO, fr, en, choices=[moment])


def signature(fr: str, en: str) -> Line:
    return _line(StepKind.SIGNATURE, fr, en) | {"required": False}


def reading(fr: str, en: str, unit: str) -> Line:
    """What a meter of the order's unit shows."""
    return _line(StepKind.METER_READING, fr, en, unit=unit)


def words(fr: str, en: str) -> Line:
    """Something to write down, if there is something."""
    return _line(StepKind.TEXT, fr, en) | {"required": False}
