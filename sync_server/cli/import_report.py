"""What an import tells the person who ran it, in English or French."""

from collections.abc import Iterator
from pathlib import Path

from asset_model.numbers import shown
from gis.problems import ImportRefused, Problem
from sync_server.imports import Comparison

ROWS_SHOWN_MAX = 200
"""Beyond this many refused rows the rest is left to the file; a dry run shows them all."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "read": "Rows read: {read} (mapping: {mapping})",
        "created": "  created: {created}",
        "updated": "  updated: {updated}",
        "unchanged": "  unchanged: {unchanged}",
        "refused": "  refused: {refused}",
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
    for name in ("created", "updated", "unchanged", "refused"):
        yield words[name].format(**counts)
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
