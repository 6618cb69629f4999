"""Numbers as people read them, the same on every screen, in every report and in every refusal."""

from typing import Any

_FRENCH = str.maketrans({",": "\u00a0", ".": ","})


def shown(value: float, language: str) -> str:
    """`1 234,5` in French, `1,234.5` in English, with no digit that says nothing."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
    return text.translate(_FRENCH) if language == "fr" else text


def fixed(value: float, places: int, language: str) -> str:
    """With always as many decimals: `1 234,50`, `1,234.50`."""
    text = f"{value:,.{places}f}"
    return text.translate(_FRENCH) if language == "fr" else text


def dollars(amount: float, language: str) -> str:
    """To the cent: `191,25 $`, `$191.25`."""
    text = fixed(amount, 2, language)
    return f"{text}\u00a0$" if language == "fr" else f"${text}"


def measured(value: float, unit_fr: str, unit_en: str = "") -> dict[str, str]:
    """With its unit, as a gap of a sentence takes it: `15 Mo`, `15 MB`."""
    units = {"fr": unit_fr, "en": unit_en or unit_fr}
    return {each: f"{shown(value, each)}\u00a0{unit}" for each, unit in units.items()}


def megabytes(size: int) -> dict[str, str]:
    return measured(round(size / 1024**2, 1), "Mo", "MB")


def told(value: Any, language: str) -> str:
    """What fills a gap of a sentence: a number as people read it, all else as it is.

    A text of both languages is given as ``{"fr": …, "en": …}``.
    """
    if isinstance(value, dict):
        return str(value.get(language) or value.get("fr") or "–")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return shown(value, language) if number else str(value)
