"""What an import tells the person who ran it, in English or French."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from asset_model.numbers import shown
from gis.problems import ImportRefused, Problem, listed, shortened
from sync_server.import_comparison import Comparison, Edit, missing_tags

ROWS_SHOWN_MAX = 200
"""Beyond this many refused rows the rest is left to the file; a dry run shows them all."""

WITH_THE_SHAPE = ("west", "south", "east", "north", "length_m")
"""They move whenever a shape is redrawn, and say nothing by themselves."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "read": "Rows read: {read} (mapping: {mapping})",
        "created": "  created: {created}",
        "updated": "  updated: {updated}",
        "unchanged": "  unchanged: {unchanged}",
        "refused": "  refused: {refused}",
        "left_aside": "  left aside, being of something else: {left_aside}",
        "missing": "  standing, and no longer in the file: {missing} ({tags})",
        "retire": "    to retire them: --retire-missing",
        "retired": "  retired: {retired} ({tags})",
        "changes": "What changes:",
        "redrawn": "redrawn",
        "row": "  row {row}: {why}",
        "more": "  … and {count} more",
        "why": "Refused rows:",
        "mend": "How to mend them:",
        "file": "They are in {file}: mend them there, and import that file the same way.",
        "dry": "This was a dry run: nothing was written.",
        "nothing": "Nothing was imported:",
    },
    "fr": {
        "read": "Lignes lues : {read} (correspondance : {mapping})",
        "created": "  créées : {created}",
        "updated": "  mises à jour : {updated}",
        "unchanged": "  inchangées : {unchanged}",
        "refused": "  refusées : {refused}",
        "left_aside": "  laissées de côté, car autre chose : {left_aside}",
        "missing": "  en place, et absentes du fichier : {missing} ({tags})",
        "retire": "    pour les retirer : --retire-missing",
        "retired": "  retirées : {retired} ({tags})",
        "changes": "Ce qui change :",
        "redrawn": "redessiné",
        "row": "  ligne {row} : {why}",
        "more": "  … et encore : {count}",
        "why": "Lignes refusées :",
        "mend": "Comment les corriger :",
        "file": "Elles sont dans {file} : corrigez-les là et importez ce fichier de la même façon.",
        "dry": "C’était un essai : rien n’a été écrit.",
        "nothing": "Rien n’a été importé :",
    },
}


def report_lines(
    comparison: Comparison, *, language: str, refused_file: Path | None, dry_run: bool
) -> Iterator[str]:
    """The counts, the refused rows with their reasons, how to mend them, and where they are."""
    words = WORDS[language]
    counts = {name: shown(n, language) for name, n in comparison.counts().items()}
    yield words["read"].format(**counts, mapping=comparison.plan.mapping.title)
    for notice in comparison.plan.notices:
        yield f"  {notice.sentence(language)} {notice.mend(language)}"
    for name in ("created", "updated", "unchanged", "refused"):
        yield words[name].format(**counts)
    yield from _rest(comparison, counts, words)
    most = len(comparison.edits) if dry_run else ROWS_SHOWN_MAX
    yield from _changes(comparison.edits, words, language, most=most)
    problems = comparison.plan.problems
    if problems:
        yield words["why"]
        yield from _rows(problems, language, most=len(problems) if dry_run else ROWS_SHOWN_MAX)
        yield words["mend"]
        for mend in dict.fromkeys(problem.mend(language) for problem in problems):
            yield f"  {mend}"
    if refused_file:
        yield words["file"].format(file=refused_file)
    if dry_run:
        yield words["dry"]


def _rest(comparison: Comparison, counts: dict[str, str], words: dict[str, str]) -> Iterator[str]:
    if comparison.plan.left_aside:
        yield words["left_aside"].format(**counts)
    if not comparison.missing:
        return
    tags = listed(missing_tags(comparison.missing))
    if comparison.retires:
        yield words["retired"].format(**counts, tags=tags)
    else:
        yield words["missing"].format(**counts, tags=tags)
        yield words["retire"]


def _changes(
    edits: Sequence[Edit], words: dict[str, str], language: str, *, most: int
) -> Iterator[str]:
    """For each asset that the file tells otherwise, what it was and what it becomes."""
    if edits:
        yield words["changes"]
    for edit in edits[:most]:
        told = [
            words["redrawn"] if name == "geometry" else f"{name} {_shown(old)} → {_shown(new)}"
            for name, old, new in edit.moved
            if name not in WITH_THE_SHAPE
        ]
        yield f"  {edit.before['tag']}: {', '.join(told)}"
    if len(edits) > most:
        yield words["more"].format(count=shown(len(edits) - most, language))


def _shown(value: object) -> str:
    return "–" if value is None else shortened(value)


def refusal_lines(refusal: ImportRefused, *, language: str) -> Iterator[str]:
    """Why the file as a whole could not be imported."""
    yield WORDS[language]["nothing"]
    for problem in refusal.problems:
        yield f"  {problem.sentence(language)} {problem.mend(language)}"


def _rows(problems: tuple[Problem, ...], language: str, *, most: int) -> Iterator[str]:
    words = WORDS[language]
    for problem in problems[:most]:
        yield words["row"].format(row=problem.row, why=problem.sentence(language))
    if len(problems) > most:
        yield words["more"].format(count=shown(len(problems) - most, language))
