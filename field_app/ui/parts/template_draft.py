"""A template while it is written: its jobs as they are typed, and what becomes of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import flet as ft

from asset_model.vocabulary import StepKind
from field_app.actions.template_editions import Told
from field_app.ui.keeping import FLEETING, IN_ORDER
from field_app.ui.parts.fact_forms import number_in

NUMBERS = ("estimated_hours", "due_hours")
"""Typed as texts until it is saved."""
LIMITS = ("minimum", "maximum")
NEW_LINE: Told = {"kind": StepKind.CHECK.value, "label_fr": "", "label_en": "", "required": True}


@ft.observable
@dataclass
class Editing:
    """`jobs`: the whole first, then those of a family; `at` is the one that is open, `line` its
    step that is. Values are replaced and never changed, so that each change draws.
    """

    told: Told = field(default_factory=dict)
    jobs: tuple[Told, ...] = field(default=(), metadata=IN_ORDER)
    at: int = 0
    line: int = -1
    saved: bool = field(default=False, metadata=FLEETING)

    @property
    def job(self) -> Told:
        return self.jobs[self.at]

    @property
    def steps(self) -> list[Told]:
        return list(self.job.get("steps") or ())

    def put(self, name: str, value: Any) -> None:
        self.jobs = tuple(
            {**job, name: value} if place == self.at else job for place, job in enumerate(self.jobs)
        )

    def open(self, at: int) -> None:
        self.at, self.line = at, -1

    def put_line(self, name: str, value: Any) -> None:
        lines = self.steps
        lines[self.line] = {**lines[self.line], name: value}
        self.put("steps", lines)

    def add_line(self) -> None:
        self.put("steps", [*self.steps, NEW_LINE])
        self.line = len(self.steps) - 1

    def drop_line(self, place: int) -> None:
        self.line = -1
        self.put("steps", [line for rank, line in enumerate(self.steps) if rank != place])

    def move_line(self, place: int, by: int) -> None:
        self.line = -1
        self.put("steps", _moved(self.steps, place, by))

    def add_job(self) -> None:
        codes = {job["code"] for job in self.jobs}
        free = next(f"{n}" for n in range(1, len(codes) + 2) if f"{n}" not in codes)
        blank = {"code": free, "title_fr": "", "title_en": "", "kind": self.jobs[0]["kind"]}
        self.jobs = (*self.jobs, {**blank, "priority": self.jobs[0]["priority"]})
        self.open(len(self.jobs) - 1)

    def drop_job(self, place: int) -> None:
        gone = self.jobs[place]["code"]
        self.open(0)
        self.jobs = tuple(
            {**job, "after": [code for code in job.get("after") or () if code != gone]}
            for rank, job in enumerate(self.jobs)
            if rank != place
        )

    def move_job(self, place: int, by: int) -> None:
        """A job waits for none that comes after it."""
        self.open(0)
        moved, known = _moved(list(self.jobs), place, by), set[str]()
        for rank, job in enumerate(moved):
            moved[rank] = {**job, "after": [c for c in job.get("after") or () if c in known]}
            known.add(job["code"])
        self.jobs = tuple(moved)

    def columns(self) -> Told:
        """As they are kept. Of a text that is in one language only, the other says the same."""
        whole, *children = (_finished(job) for job in self.jobs)
        whole.pop("after", None)
        same = {**self.told, **dict.fromkeys(whole)}
        return {**same, **whole, "children": [_filled(job) for job in children]}


def editing(told: Told) -> Editing:
    rest = {name: told[name] for name in ("class_codes", "active")}
    whole = {name: value for name, value in told.items() if name not in (*rest, "children")}
    return Editing(rest, tuple(_typed(job) for job in (whole, *told["children"])))


def _typed(job: Told) -> Told:
    lines = [_typed_line(line) for line in job.get("steps") or ()]
    return {**job, **_texts(job, NUMBERS), "steps": lines}


def _typed_line(line: Told) -> Told:
    """A field holds what was typed to the letter: it is read when it is saved."""
    typed = {**line, **_texts(line, LIMITS)}
    if line["kind"] == StepKind.CHOICE:
        typed["answers"] = choices_told(line.get("choices") or ())
    return typed


def _texts(told: Told, names: Iterable[str]) -> Told:
    return {name: "" if told.get(name) is None else f"{told[name]:g}" for name in names}


def _finished(job: Told) -> Told:
    both: Told = {**job}
    for name in ("title", "description", "safety", "due_reason"):
        french, english = (str(job.get(f"{name}_{key}") or "").strip() for key in ("fr", "en"))
        both[f"{name}_fr"], both[f"{name}_en"] = (
            french or english or None,
            english or french or None,
        )
    numbers = {name: number_in(str(job.get(name) or "")) for name in NUMBERS}
    steps = [line for line in map(_line, job.get("steps") or ()) if line["label_fr"]]
    return {**both, **numbers, "steps": steps, "materials": list(job.get("materials") or ())}


def _line(line: Told) -> Told:
    french, english = str(line["label_fr"]).strip(), str(line["label_en"]).strip()
    said = {**line, "label_fr": french or english, "label_en": english or french}
    answers = said.pop("answers", "")
    if line["kind"] == StepKind.CHOICE:
        said["choices"] = choices_in(answers, line.get("choices") or ())
    limits = {name: _limit(str(line.get(name) or "")) for name in LIMITS}
    return {name: value for name, value in {**said, **limits}.items() if value is not None}


def _limit(typed: str) -> float | None:
    return 0.0 if typed.strip() == "0" else number_in(typed)


def _filled(job: Told) -> Told:
    return {name: value for name, value in job.items() if value not in (None, [], "")}


def _moved(lines: list[Any], place: int, by: int) -> list[Any]:
    there = place + by
    if 0 <= there < len(lines):
        lines[place], lines[there] = lines[there], lines[place]
    return lines


def choices_in(text: str, known: Iterable[Told]) -> list[Told]:
    """Answers of a choice, one a line: ``Français / English``. Those that were keep their code."""
    codes = {each["label_fr"]: each["code"] for each in known}
    found = []
    for rank, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        french, _, english = (part.strip() for part in line.partition("/"))
        code = codes.get(french, f"{rank}-{french[:20]}")
        found.append({"code": code, "label_fr": french, "label_en": english or french})
    return found


def choices_told(choices: Iterable[Told]) -> str:
    return "\n".join(f"{each['label_fr']} / {each['label_en']}" for each in choices)
