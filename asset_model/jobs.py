"""What a job template says: its jobs, which edition is in force, whether it can be kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from asset_model.attributes import plain_number
from asset_model.errors import Refused
from asset_model.job_templates import JobTemplate
from asset_model.vocabulary import Skill, StepKind, WorkOrderKind

LANGUAGE = "fr"
"""The town's: an order's title and reason are one text that everyone reads."""

CHILDREN_MAX, STEPS_MAX, MATERIALS_MAX = 30, 60, 40
TITLE_LENGTH_MAX, CODE_LENGTH_MAX = 200, 40
LINE = frozenset(
    {"kind", "label_fr", "label_en", "unit", "minimum", "maximum", "choices", "required"}
)
"""What a line of a checklist may say: these become columns of a step."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One job of a template: the whole, or one of a family. In a template's `children` it is a
    mapping with these names, those that are empty left out.
    """

    code: str
    title_fr: str
    title_en: str
    description_fr: str | None = None
    description_en: str | None = None
    kind: str = WorkOrderKind.CORRECTIVE
    priority: int = 3
    estimated_hours: float | None = None
    safety_fr: str | None = None
    safety_en: str | None = None
    skill: str | None = None
    crew_id: str | None = None
    due_hours: float | None = None
    due_reason_fr: str | None = None
    due_reason_en: str | None = None
    steps: Sequence[Mapping[str, Any]] = ()
    materials: Sequence[Mapping[str, Any]] = ()
    after: Sequence[str] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(**{name: told[name] for name in NAMES if told.get(name) is not None})

    def text(self, name: str) -> str | None:
        """What an order takes of a text that is in both languages."""
        said: str | None = getattr(self, f"{name}_{LANGUAGE}")
        return said

    def told(self) -> dict[str, Any]:
        """As a template's `children` hold it."""
        whole = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }
        return {name: value for name, value in whole.items() if value not in (None, [])}


NAMES = tuple(field.name for field in fields(Job))


def whole_of(template: JobTemplate) -> Job:
    """The job that a template is about; of a family, the parent."""
    return Job.of({name: getattr(template, name) for name in NAMES if name != "after"})


def jobs_of(template: JobTemplate) -> list[Job]:
    """The jobs that a family is made of, in their order."""
    return [Job.of(child) for child in template.children]


def hours_of(template: JobTemplate) -> float | None:
    """Of the whole; of a family that does not say, the sum of its jobs."""
    if template.estimated_hours is not None or not template.children:
        return template.estimated_hours
    return sum(job.estimated_hours or 0 for job in jobs_of(template)) or None


def in_force(editions: Iterable[JobTemplate]) -> list[JobTemplate]:
    """Of each code the highest edition, retired ones too; of two made at once the later one."""
    newest: dict[str, JobTemplate] = {}
    for each in sorted(editions, key=lambda each: (each.edition, each.id)):
        newest[each.code] = each
    return list(newest.values())


def fits(template: JobTemplate, class_code: str | None) -> bool:
    """Whether it is for assets of this class; None: where the asset is not chosen yet, all are."""
    return class_code is None or not template.class_codes or class_code in template.class_codes


def check_template(columns: Mapping[str, Any]) -> None:
    """An edition that every tablet can make orders of, before it is kept.

    :raises Refused: ``bad_value``, naming what cannot be read
    """
    _check_job(columns)
    edition = columns["edition"]
    _check(isinstance(edition, int) and edition >= 1, "edition", edition, "≥ 1")
    _check(_texts(columns["class_codes"]), "class_codes", columns["class_codes"], "[…]")
    children, known = columns["children"], set[str]()
    listed = isinstance(children, list) and len(children) <= CHILDREN_MAX
    _check(listed, "children", "…", f"≤ {CHILDREN_MAX}")
    for child in children:
        fit = isinstance(child, dict) and child.keys() <= set(NAMES)
        _check(fit and _named(child), "children", child, "code, title_fr, title_en")
        after = child.get("after", [])
        turn = _texts(after) and child["code"] not in known and known.issuperset(after)
        _check(turn, "after", child["code"], "after")
        _check_job(child)
        known.add(child["code"])


def _check_job(told: Mapping[str, Any]) -> None:
    _check(_named(told), "title_fr", told.get("title_fr"), f"1–{TITLE_LENGTH_MAX}")
    kind, priority = told.get("kind", WorkOrderKind.CORRECTIVE), told.get("priority", 3)
    _check(kind in list(WorkOrderKind), "kind", kind, ", ".join(WorkOrderKind))
    _check(priority in (1, 2, 3, 4), "priority", priority, "1–4")
    skill = told.get("skill")
    _check(skill is None or skill in list(Skill), "skill", skill, ", ".join(Skill))
    for name in ("estimated_hours", "due_hours"):
        value = told.get(name)
        _check(value is None or (plain_number(value) and value > 0), name, value, "> 0")
    _check_lines(told.get("steps", []), "steps", STEPS_MAX, _is_line)
    _check_lines(told.get("materials", []), "materials", MATERIALS_MAX, _is_material)


def _check_lines(lines: Any, name: str, most: int, fit: Any) -> None:
    _check(isinstance(lines, list) and len(lines) <= most, name, "…", f"≤ {most}")
    for line in lines:
        _check(isinstance(line, dict) and fit(line), name, line, "?")


def _is_line(line: Mapping[str, Any]) -> bool:
    labelled = all(_short(line.get(name)) for name in ("label_fr", "label_en"))
    limits = [line.get(name) for name in ("minimum", "maximum")]
    choices = line.get("choices")
    return (
        line.keys() <= LINE
        and line.get("kind") in list(StepKind)
        and labelled
        and all(limit is None or plain_number(limit) for limit in limits)
        and (choices is None or isinstance(choices, list))
        and isinstance(line.get("unit"), str | None)
        and isinstance(line.get("required", False), bool)
    )


def _is_material(line: Mapping[str, Any]) -> bool:
    quantity = line.get("quantity")
    return isinstance(line.get("part"), str) and plain_number(quantity) and (quantity or 0) > 0


def _named(told: Mapping[str, Any]) -> bool:
    code = told.get("code")
    return (
        isinstance(code, str)
        and 0 < len(code) <= CODE_LENGTH_MAX
        and all(_short(told.get(name)) for name in ("title_fr", "title_en"))
    )


def _short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= TITLE_LENGTH_MAX


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _check(holds: bool, field: str, value: Any, why: str) -> None:
    if not holds:
        raise Refused("bad_value", field=field, value=str(value)[:80], why=why)
