"""Job templates in a TOML file, to be read, kept under version control, and brought to a town."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.builtin_jobs import with_builtin
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.job_templates import JobTemplate
from asset_model.jobs import in_force
from asset_model.people import Crew

OF_AN_EDITION = ("edition", "made_at", "created_by")
AT_FIRST: dict[str, Any] = {
    "kind": "corrective",
    "priority": 3,
    "steps": [],
    "children": [],
    "materials": [],
    "class_codes": [],
    "active": True,
}
Told = dict[str, Any]


def templates_of(session: Session) -> list[JobTemplate]:
    """Those in force, the retired ones too, by code."""
    found = in_force(with_builtin(session.scalars(select(JobTemplate))))
    return sorted(found, key=lambda each: each.code)


def told_of(template: JobTemplate) -> Told:
    """Its columns without those of an edition; a crew by its id."""
    whole = columns_of(template)
    return {name: value for name, value in whole.items() if name not in OF_AN_EDITION}


def written(templates: Iterable[JobTemplate], crews: Iterable[Crew]) -> str:
    """The file: a table for each template, a crew by its code."""
    codes = {crew.id: crew.code for crew in crews}
    return "\n".join(_table(_named(told_of(each), codes)) for each in templates)


def read(text: str, crews: Iterable[Crew]) -> list[Told]:
    """The templates of a file, as `told_of` tells them.

    :raises Refused: ``bad_value``: it is no TOML, or names a crew that is not here
    """
    try:
        tables = tomllib.loads(text).get("template", [])
    except tomllib.TOMLDecodeError as error:
        raise Refused("bad_value", field="TOML", value="…", why=str(error)) from None
    ids = {crew.code: crew.id for crew in crews}
    return [{**AT_FIRST, **_with_ids(table, ids)} for table in tables]


def _named(told: Told, codes: Mapping[str, str]) -> Told:
    crew = codes.get(told.get("crew_id") or "")
    rest = {name: value for name, value in told.items() if name != "crew_id"}
    children = [_named(child, codes) for child in told.get("children", ())]
    own = {"crew": crew} if crew else {}
    return {**rest, **own, **({"children": children} if children else {})}


def _with_ids(told: Told, ids: Mapping[str, str]) -> Told:
    whole = {name: value for name, value in told.items() if name != "crew"}
    if crew := told.get("crew"):
        if crew not in ids:
            raise Refused("bad_value", field="crew", value=crew, why=", ".join(sorted(ids)))
        whole["crew_id"] = ids[crew]
    if told.get("children"):
        whole["children"] = [_with_ids(child, ids) for child in told["children"]]
    return whole


def _table(told: Told, path: str = "template") -> str:
    """Its values, then a table for each job of a family."""
    lines = [f"[[{path}]]", *_values(told)]
    jobs = [_table(child, f"{path}.children") for child in told.get("children") or ()]
    return "\n".join([*lines, "", *jobs])


def _values(told: Told) -> Iterator[str]:
    for name, value in told.items():
        if name == "children" or value in (None, []):
            continue
        if isinstance(value, list):
            inside = "".join(f"\n    {_inline(each)}," for each in value)
            yield f"{name} = [{inside}\n]"
        else:
            yield f"{name} = {_inline(value)}"


def _inline(value: Any) -> str:
    """A JSON text is a TOML text as well; a table is written on one line."""
    if isinstance(value, dict):
        pairs = (f"{name} = {_inline(each)}" for name, each in value.items() if each is not None)
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return json.dumps(value, ensure_ascii=False)
