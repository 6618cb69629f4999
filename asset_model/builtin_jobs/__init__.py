"""The job templates that the product brings, until a town makes editions of its own.

Each is a dict with the columns of `JobTemplate`. Codes are once and for all; titles, instructions
and steps are French and English.
"""

from collections.abc import Iterable
from typing import Any

from asset_model.builtin_jobs.streets import STREETS
from asset_model.builtin_jobs.water import WATER
from asset_model.builtin_jobs.water_main import WATER_MAIN_BREAK
from asset_model.ids import derived_id
from asset_model.job_templates import JobTemplate

BUILTIN_JOBS: tuple[dict[str, Any], ...] = (WATER_MAIN_BREAK, *STREETS, *WATER)
_AT_FIRST: dict[str, Any] = {
    "kind": "corrective",
    "priority": 3,
    "steps": [],
    "children": [],
    "active": True,
    "edition": 1,
    "class_codes": [],
    "materials": [],
}


def builtin_templates() -> list[JobTemplate]:
    """The first editions, with the same ids in every town."""
    return [
        JobTemplate(id=derived_id("job_template", told["code"], "1"), **{**_AT_FIRST, **told})
        for told in BUILTIN_JOBS
    ]


def with_builtin(rows: Iterable[JobTemplate]) -> list[JobTemplate]:
    """The editions that are on record, and those of the product that are not."""
    known = list(rows)
    ids = {row.id for row in known}
    return [*(each for each in builtin_templates() if each.id not in ids), *known]
