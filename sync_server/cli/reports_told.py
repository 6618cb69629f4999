"""What `voirie reports` tells the person who ran it, in English or French, and writes for them."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from asset_model.grouping.streams import Placed
from asset_model.grouping.told import reasons_told
from asset_model.numbers import shown

if TYPE_CHECKING:
    from gis.problems import Problem
    from sync_server.grouping.measuring import Measured

ROWS_SHOWN_MAX = 20

WORDS = {
    "read": (
        "Reports read: {read}; refused: {refused}",
        "Requêtes lues : {read} ; refusées : {refused}",
    ),
    "grouped": (
        "Incidents: {incidents}. Attached: {attach}; suggested: {suggest}; come back: {back}.",
        "Incidents : {incidents}. Jointes : {attach} ; suggérées : {suggest} ; revenues : {back}.",
    ),
    "rule": (
        "same category, {metres} m, 12 weeks",
        "même catégorie, {metres} m, 12 semaines",
    ),
    "taken": (
        "New: {new}; known already: {known}; closed, left aside: {closed}; refused: {refused}.",
        ("Nouvelles : {new} ; déjà connues : {known} ; fermées, laissées : {closed} ;"
        " refusées : {refused}."),
    ),
    "row": ("  row {row}: {why} {mend}", "  ligne {row} : {why} {mend}"),
    "more": ("  … and {count} more", "  … et encore {count}"),
    "written": ("Written to {file}.", "Écrit dans {file}."),
    "head": (
        "{way:<42} {found:>8} {right:>7} {precision:>9} {recall:>7} {f1:>6}",
        "{way:<42} {found:>8} {right:>7} {precision:>9} {recall:>7} {f1:>6}",
    ),
    "published": (
        "Weights {edition} hold here from now on.",
        "Les poids {edition} s’appliquent ici désormais.",
    ),
    "learned": (
        "Weights {edition}: attach from {attach}, suggest from {suggest}.",
        "Poids {edition} : rattacher à partir de {attach}, suggérer à partir de {suggest}.",
    ),
}  # fmt: skip
COLUMNS = ("way", "found", "right", "precision", "recall", "f1")
HEADINGS = {
    "en": ("way", "pairs", "right", "precision", "recall", "F1"),
    "fr": ("façon", "paires", "justes", "précision", "rappel", "F1"),
}


def tell_problems(problems: "list[Problem]", spoken: str) -> None:
    """In the order of the file, whichever was found first."""
    for problem in sorted(problems, key=lambda each: each.row or 0)[:ROWS_SHOWN_MAX]:
        told = {"why": problem.sentence(spoken), "mend": problem.mend(spoken)}
        say("row", spoken, {"row": problem.row, **told}, err=True)
    if (more := len(problems) - ROWS_SHOWN_MAX) > 0:
        say("more", spoken, {"count": more}, err=True)


def tell_measures(ways: "Iterable[Measured]", spoken: str, as_json: bool) -> None:
    if as_json:
        for way in ways:
            told = {"precision": way.precision, "recall": way.recall, "f1": way.f1}
            typer.echo(json.dumps({**asdict(way), **{k: round(v, 4) for k, v in told.items()}}))
        return
    titles = HEADINGS[spoken]
    say("head", spoken, dict(zip(COLUMNS, titles, strict=True)))
    for way in ways:
        rates = {name: shown(round(getattr(way, name), 3), spoken) for name in COLUMNS[3:]}
        counts = {"found": way.found, "right": way.right}
        say("head", spoken, {"way": _way(way, spoken)} | counts | rates)


def _way(way: "Measured", spoken: str) -> str:
    """What a simple rule does in words; ours by its weights."""
    if way.radius_m is None:
        return f"Voirie ({way.way})"
    return WORDS["rule"][spoken == "fr"].format(metres=shown(way.radius_m, spoken))


def write_groups(out: Path, rows: Iterable[Placed], spoken: str) -> None:
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["report", "incident", "outcome", "score", "likest", "reasons"])
        for row in rows:
            likest = next(iter(row.assignment.candidates), None)
            told = ["", "", ""] if likest is None else [
                f"{likest.score.probability:.4f}",
                likest.incident.id,
                "; ".join(reasons_told(likest.score, spoken)),
            ]  # fmt: skip
            writer.writerow([row.sighting.id, row.incident_id, row.assignment.outcome, *told])


def say(key: str, spoken: str, details: dict[str, Any], *, err: bool = False) -> None:
    english, french = WORDS[key]
    typer.echo((french if spoken == "fr" else english).format(**details), err=err)
