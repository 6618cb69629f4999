"""Figures as people read them on a screen: a table of units, and the lines of one figure."""

from collections.abc import Iterator

from asset_model.numbers import fixed
from sync_server.figures.lines import record_rows
from sync_server.figures.sheet import Sheet
from sync_server.figures.words import (
    NOTES,
    TITLES,
    colon,
    notes_of,
    pick,
    value_of,
)

COLUMNS = {
    # figure: width, heads in English and French
    "cost": (14, "cost", "coût"),
    "distance": (14, "distance", "distance"),
    "cost_per_km": (13, "per km", "au km"),
    "engine_hours": (12, "engine", "moteur"),
    "cost_per_hour": (13, "per hour", "à l’heure"),
    "availability": (10, "avail.", "dispo."),
    "breakdowns": (8, "bkd.", "pannes"),
    "mtbf": (11, "MTBF", "MTBF"),
    "mttr": (9, "MTTR", "MTTR"),
    "compliance": (9, "plans", "plans"),
}
SHORT_FLEET = ("fleet", "parc")
MARKS = {"unpriced": "a", "partly_read": "b"}
"""Units with no meter of a kind have a dash, which says enough."""


def table(sheet: Sheet, language: str) -> Iterator[str]:
    """A line for each unit and one for the fleet; then what each figure is, by its rule."""
    found = {(figure.code, figure.asset_id): figure for figure in sheet.figures}
    yield f"{sheet.period.first} – {sheet.period.last}"
    yield " " * 9 + "".join(f"{pick(h, language):>{w}}" for w, *h in COLUMNS.values())
    seen: set[str] = set()
    for unit in (*sheet.fleet.units, None):
        cells = ""
        for code, (width, *_) in COLUMNS.items():
            figure = found[code, unit]
            notes = dict.fromkeys(note for note in figure.notes if note in MARKS)
            seen |= notes.keys()
            marks = "".join(MARKS[note] for note in notes)
            told = value_of(figure, language) + (f"\u00a0{marks}" if marks else "")
            cells += f"{told:>{width}}"
        name = pick(SHORT_FLEET, language) if unit is None else sheet.fleet.tags[unit]
        yield f"{name[:9]:<9}{cells}"
    yield from (f"{MARKS[note]} {pick(NOTES[note], language)}" for note in MARKS if note in seen)
    yield ""
    for code in COLUMNS:
        rule = found[code, None].rule
        yield f"{pick(TITLES[code], language)} [{code}, v{rule.version}]{colon(language)}"
        yield f"    {rule.words(language)}"


def record_lines(sheet: Sheet, code: str, language: str) -> Iterator[str]:
    """The records of a figure, what they come to, and by which rule."""
    figure = sheet.opened(code)
    for row in record_rows(sheet, code, language):
        amount = "–" if row["amount"] is None else fixed(row["amount"], 2, language)
        start = f"{row['at']}  {row['unit']:<6} {row['order'] or '':<15} {row['what']:<22}"
        yield f"{start} {amount:>12}  {row['details']}"
    total = f"{pick(TITLES[code], language)}{colon(language)} {value_of(figure, language)}"
    yield " ".join(filter(None, [total, notes_of(figure, language)]))
    yield f"v{figure.rule.version}{colon(language)} {figure.rule.words(language)}"
