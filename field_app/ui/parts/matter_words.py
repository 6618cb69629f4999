"""Columns and values as people say them: the words of the screen in place of codes and ids."""

from datetime import datetime, timedelta
from typing import Any

from asset_model.builtin_choices import VALVE_CONDITIONS
from asset_model.vocabulary import AssetStatus, StepKind
from asset_model.work_orders import Step
from field_app.reads.matter_page import Asked, MatterPage
from field_app.ui import times
from field_app.ui.parts import status
from field_app.ui.parts.steps import choices
from field_app.ui.parts.valve_finding import turning
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

COLUMNS: dict[str, str] = {
    "title": noted("What is to be done"),
    "description": noted("Description"),
    "kind": noted("Kind"),
    "priority": noted("Priority"),
    "status": noted("Status"),
    "reason": noted("Reason"),
    "asset_id": noted("Where"),
    "district_id": noted("District"),
    "crew_id": noted("Crew"),
    "assignee_id": noted("Person in charge"),
    "place": noted("Place"),
    "side": noted("Side"),
    "due_at": noted("Due"),
    "due_reason": noted("Why then"),
    "estimated_hours": noted("Estimated hours"),
    "safety_note": noted("Safety note"),
    "started_at": noted("Started at"),
    "completed_at": noted("Finished at"),
    "completed_by": noted("Finished by"),
    "answer": noted("Answer"),
    "note": noted("Note"),
    "answered_at": noted("Answered at"),
    "answered_by": noted("Answered by"),
    "address": noted("Address"),
    "attributes": noted("What was found"),
    "text": noted("Note"),
    "caption": noted("Caption"),
    "quantity": noted("Quantity"),
    "part_id": noted("Which part"),
    "to_status": noted("Status"),
}

BESIDE = frozenset(
    {"answered_at", "answered_by", "completed_at", "completed_by", "started_at", "person_id"}
)
"""Columns that go along with another one: who, and when."""

ASSET_STATUSES: dict[str, str] = {
    AssetStatus.PLANNED: noted("planned"),
    AssetStatus.IN_SERVICE: noted("in service"),
    AssetStatus.OUT_OF_SERVICE: noted("out of service"),
    AssetStatus.RETIRED: noted("retired"),
}

WORDS_OF: dict[str, dict[Any, str]] = {
    "status": {code: sign.word for code, sign in status.STATUSES.items()} | ASSET_STATUSES,
    "to_status": {code: sign.word for code, sign in status.STATUSES.items()},
    "kind": dict(status.KINDS),
    "priority": dict(status.PRIORITIES),
}

ADDED: dict[str, str] = {
    "work_order": noted("New order"),
    "time_worked": noted("Time worked"),
    "material_used": noted("Material used"),
    "comment": noted("Note"),
    "photo": noted("Photo"),
    "status_change": noted("Progress of the order"),
}

Said = tuple[str, str, str]
"""(what it is, what it was or "", what it is to be)"""


def label(sitting: Sitting, column: str, step: Step | None) -> str:
    words = sitting.words
    if step is not None and column in ("answer", "note"):
        name = words.either(step.label_fr, step.label_en)
        said = noted("Step “{name}”") if column == "answer" else noted("Note on the step “{name}”")
        return words.say(said, name=name)
    return words.say(COLUMNS[column]) if column in COLUMNS else column


def shown(sitting: Sitting, page: MatterPage, column: str, value: Any, step: Step | None) -> str:
    """A value of a column; an id by its name, a code by its word, nothing by a word too."""
    if value in (None, ""):
        return sitting.say("nothing")
    if isinstance(value, str) and value in page.names:
        return _named(sitting, page.names[value])
    if column == "attributes" and isinstance(value, dict):
        return _found(sitting, value)
    word = _answer(sitting, value, step) if column == "answer" else _word(sitting, column, value)
    return word or _plain(sitting, column, value)


def _found(sitting: Sitting, values: dict[str, Any]) -> str:
    """What crews find of a valve; the rest of its attributes nobody contests from a tablet."""
    condition = VALVE_CONDITIONS.get(values.get("condition", ""))
    told = [sitting.words.either(*condition)] if condition else []
    told += turning(sitting, values)
    return " · ".join(told) or sitting.say("nothing")


def _named(sitting: Sitting, named: Any) -> str:
    if isinstance(named, str):
        return named
    return sitting.words.either(named.label_fr, named.label_en)


def _answer(sitting: Sitting, value: Any, step: Step | None) -> str | None:
    if step is None:
        return None
    if step.kind in (StepKind.NUMBER, StepKind.METER_READING, StepKind.TEXT):
        answer = sitting.words.decimal(value) if step.kind != StepKind.TEXT else value
        return f"{answer}\u00a0{step.unit}" if step.unit else str(answer)
    if step.kind in (StepKind.PHOTO, StepKind.SIGNATURE):
        return sitting.say("Photo") if step.kind == StepKind.PHOTO else sitting.say("Signature")
    return next((word for code, word, _ in choices(sitting, step) if code == value), None)


def _word(sitting: Sitting, column: str, value: Any) -> str | None:
    word = WORDS_OF[column].get(value) if column in WORDS_OF else None
    return sitting.say(word) if word else None


def _plain(sitting: Sitting, column: str, value: Any) -> str:
    if isinstance(value, bool):
        return sitting.say("yes") if value else sitting.say("no")
    if isinstance(value, float | int):
        return sitting.words.number(value)
    moment = _moment(column, value)
    if moment is None:
        return str(value)
    return sitting.when(moment)


def _moment(column: str, value: Any) -> datetime | None:
    if not column.endswith("_at") or not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def asked_lines(sitting: Sitting, page: MatterPage) -> list[Said]:
    """What an act wanted, a line each; what only goes along with a line is left out."""
    lines = [line for asked in page.asked for line in _lines(sitting, page, asked)]
    return lines or [(sitting.say("Change"), "", "")]


def _lines(sitting: Sitting, page: MatterPage, asked: Asked) -> list[Said]:
    if asked.op == "edit":
        return [
            (
                label(sitting, column, asked.step),
                shown(sitting, page, column, asked.before.get(column), asked.step),
                shown(sitting, page, column, value, asked.step),
            )
            for column, value in asked.after.items()
            if column not in BESIDE
        ]
    if asked.table == "status_change" and any(one.table == "work_order" for one in page.asked):
        return []  # The order's own line says it.
    word = ADDED.get(asked.table)
    return [(sitting.say(word) if word else asked.table, "", _added(sitting, page, asked))]


def _added(sitting: Sitting, page: MatterPage, asked: Asked) -> str:
    after = asked.after
    if asked.table == "time_worked":
        return _length(after)
    if asked.table == "material_used":
        amount = shown(sitting, page, "quantity", after.get("quantity"), None)
        return f"{amount} · {shown(sitting, page, 'part_id', after.get('part_id'), None)}"
    column = {"work_order": "title", "status_change": "to_status", "photo": "caption"}
    name = column.get(asked.table, "text")
    return shown(sitting, page, name, after.get(name), None)


def _length(after: dict[str, Any]) -> str:
    start, end = (_moment(name, after.get(name)) for name in ("started_at", "ended_at"))
    span = end - start if start and end else timedelta()
    return times.hours(span)
