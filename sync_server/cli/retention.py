"""`voirie fleet retention`: what is past its keeping, and destroying it."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from sqlalchemy import select

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, opened_or_exit, stop

if TYPE_CHECKING:
    from maintenance.retention import Verdict
    from sync_server.retention.finding import Keeping

Row = dict[str, Any]


def retention(
    destroy: Annotated[bool, typer.Option("--destroy", help="Destroy it; else only tell.")] = False,
    by: Annotated[str | None, typer.Option(help="Who destroys: a fleet manager.")] = None,
    unit: Annotated[str | None, typer.Option(help="One unit's number.")] = None,
    done: Annotated[bool, typer.Option("--done", help="Tell what was destroyed so far.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell which records of units are past their keeping; with --destroy, destroy them.

    Never before its time, nor what an open defect or order refers to. Exit codes: 0 done or told;
    2 refused.
    """
    spoken = language_of(language, os.environ)
    if destroy and by is None:
        raise stop(_say(spoken, "Say who destroys: --by NAME.", "Dites qui détruit : --by NOM."))
    with opened_or_exit(database, data, spoken) as opened:
        if done:
            with opened.reading() as session:
                _tell(list(_destroyed(session, unit, spoken)), as_json)
            return
        if destroy:
            assert by is not None
            with opened.writing() as session:
                rows = _destroy(session, by, unit, spoken)
        else:
            with opened.reading() as session:
                rows = list(_rows(_found(session), unit, spoken))
    _tell(rows, as_json)
    if not as_json:
        typer.echo(_in_short(rows, spoken, destroyed=destroy))


def _say(spoken: str, english: str, french: str) -> str:
    return french if spoken == "fr" else english


def _what(kind: str, spoken: str) -> str:
    from maintenance.retention import KINDS

    return _say(spoken, KINDS[kind].english, KINDS[kind].french)


def _found(session: Any) -> "Keeping":
    from sync_server.retention.finding import keeping

    return keeping(session, now=clock())


def _destroy(session: Any, by: str, unit: str | None, spoken: str) -> list[Row]:
    from sync_server.acting import acting_person
    from sync_server.retention.destroying import destroy

    person = acting_person(session, by, edits="legal_rule", columns=frozenset({"value"}))
    before = _found(session)
    over = destroy(session, now=clock(), by=person, unit=unit)
    rows = [_row(each, before.tags, spoken) for each in over]
    return [{**row, "state": "destroyed"} for row in rows]


def _destroyed(session: Any, unit: str | None, spoken: str) -> Iterator[Row]:
    from sync_server.retention_table import Destruction

    query = select(Destruction).order_by(Destruction.destroyed_at, Destruction.dated_on)
    for each in session.scalars(query if unit is None else query.where(Destruction.unit == unit)):
        yield {
            "unit": each.unit,
            "kind": each.kind,
            "what": _what(each.kind, spoken),
            "dated": each.dated_on.isoformat(),
            "kept_until": each.kept_until.isoformat(),
            "rule": each.rule,
            "state": "destroyed",
            "why": f"{each.person}, {each.destroyed_at:%Y-%m-%d}",
            "id": each.record_id,
        }


def _rows(found: "Keeping", unit: str | None, spoken: str) -> Iterator[Row]:
    """What is past its keeping, and what would be if nothing held it; then what has no period."""
    for verdict in found.verdicts:
        row = _row(verdict, found.tags, spoken)
        if row["state"] in ("over", "held") and unit in (None, row["unit"]):
            yield row
    if unit is None:
        yield from _for_ever(found, spoken)


def _row(verdict: "Verdict", tags: dict[str, str], spoken: str) -> Row:
    from maintenance.retention import HOLDS

    kept = verdict.kept
    state = "over" if verdict.over else "held" if verdict.past else "kept"
    return {
        "unit": tags.get(kept.unit_id, "–"),
        "kind": kept.kind,
        "what": _what(kept.kind, spoken),
        "dated": kept.dated_on.isoformat(),
        "kept_until": verdict.until.isoformat() if verdict.until else None,
        "rule": verdict.rule.named,
        "state": state,
        "why": ", ".join(_say(spoken, *HOLDS[code]) for code in verdict.holds),
        "id": kept.id,
    }


def _for_ever(found: "Keeping", spoken: str) -> Iterator[Row]:
    from maintenance.retention import KINDS

    counts = Counter(verdict.kept.kind for verdict in found.verdicts)
    for name, kind in KINDS.items():
        figure = found.figures[kind.rule]
        if figure.value["months"] is None:
            why = _say(
                spoken,
                f"{counts[name]}: no period is set, kept for ever",
                f"{counts[name]} : aucune durée n’est fixée, on les garde indéfiniment",
            )
            yield {"unit": None, "kind": name, "what": _what(name, spoken), "dated": None,
                   "kept_until": None, "rule": figure.named, "state": "for_ever", "why": why,
                   "id": None}  # fmt: skip


def _tell(rows: list[Row], as_json: bool) -> None:
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))


def _line(row: Row) -> str:
    mark = {"over": "!", "held": "·", "destroyed": "×"}.get(row["state"], " ")
    told = [row["dated"] or "", f"→ {row['kept_until']}" if row["kept_until"] else ""]
    days = " ".join(filter(None, told))
    return (
        f"{mark} {row['unit'] or '–':<6} {row['what']:<40} {days:<24} {row['rule']}  {row['why']}"
    )


def _in_short(rows: list[Row], spoken: str, *, destroyed: bool) -> str:
    counts = Counter(row["state"] for row in rows)
    if destroyed:
        count = counts["destroyed"]
        return _say(spoken, f"{count} record(s) destroyed.", f"{count} document(s) détruit(s).")
    over, held = counts["over"], counts["held"]
    return _say(
        spoken,
        f"{over} past their keeping, {held} held back. Nothing was destroyed (--destroy).",
        f"{over} à détruire, {held} retenu(s). Rien n’a été détruit (--destroy).",
    )
