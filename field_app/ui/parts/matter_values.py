"""What a foreman may write instead of a contested value, or of what was asked: one column."""

from dataclasses import dataclass
from typing import Any

from asset_model.codec import table_of
from asset_model.matters import MatterKind
from asset_model.vocabulary import StepKind
from asset_model.work_orders import Step
from field_app.reads.matter_page import MatterPage
from field_app.ui.parts import matter_words, status
from field_app.ui.parts.steps import choices
from field_app.ui.sitting import Sitting

WORDS = frozenset(
    {
        "title",
        "description",
        "reason",
        "place",
        "due_reason",
        "safety_note",
        "note",
        "address",
        "text",
        "caption",
    }
)
NUMBERS = frozenset({"estimated_hours", "quantity"})
CHOICES = frozenset({"kind", "priority"})


@dataclass(frozen=True)
class Field:
    """The column to write, of which change where an act was not taken, and what it says so far."""

    table: str
    column: str
    value: Any
    step: Step | None
    change: str | None = None

    @property
    def numeric(self) -> bool:
        return self.column in NUMBERS or (
            self.step is not None and self.column == "answer" and self.step.kind == StepKind.NUMBER
        )


def field_of(page: MatterPage) -> Field | None:
    """The one column that can be written here; None where there is none, or more than one."""
    if page.matter.kind == MatterKind.CONTESTED:
        main = [c for c in page.contests if c.column not in matter_words.BESIDE]
        fields = [Field(c.table, c.column, c.now, c.step) for c in main]
    else:
        fields = [
            Field(asked.table, column, value, asked.step, asked.change)
            for asked in page.asked
            for column, value in asked.after.items()
            if asked.table != "status_change" and column not in matter_words.BESIDE
        ]
        fields = [field for field in fields if _writable(field)]
    return fields[0] if len(fields) == 1 and _writable(fields[0]) else None


def _writable(field: Field) -> bool:
    if field.column == "answer":
        return field.step is not None
    return field.column in WORDS | NUMBERS | CHOICES


def options(sitting: Sitting, field: Field) -> list[tuple[Any, str]]:
    """The values to choose among, each with its word; none where the value is written."""
    say = sitting.say
    if field.column == "priority":
        return [(number, say(word)) for number, word in status.PRIORITIES.items()]
    if field.column == "kind":
        return [(kind, say(word)) for kind, word in status.KINDS.items()]
    if field.step is None or field.column != "answer":
        return []
    return [(code, word) for code, word, _ in choices(sitting, field.step)]


def read(field: Field, typed: str) -> Any:
    """What was typed, as the column holds it; None where it does not fit."""
    told = typed.strip()
    if not field.numeric:
        return told or None
    try:
        number = float(told.replace(",", "."))
    except ValueError:
        return None
    holds_text = table_of(field.table).columns[field.column].type.python_type is str
    return f"{number:g}" if holds_text else number
