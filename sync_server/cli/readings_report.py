"""What an import of readings tells the person who ran it, in English or French."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from asset_model.numbers import shown
from maintenance.due import TORONTO
from maintenance.reasons import MEASURES

if TYPE_CHECKING:
    from sync_server.readings.brought import Brought, Queued

ROWS_SHOWN_MAX = 200

NB = "\u00a0"
WORDS = {
    "en": {
        "read": "Rows read: {read} (mapping: {mapping})",
        "readings": "  readings: {readings}",
        "fills": "  fills of fuel: {fills}",
        "unchanged": "  here already: {unchanged}",
        "queued": "  of the readings, waiting for review: {queued}",
        "refused": "  rows refused: {refused}",
        "left_aside": "  rows that say nothing: {left_aside}",
        "unmetered": "  left out, nobody keeps a meter of it: {unmetered}",
        "same_moment": "  lower values at a moment that has a higher one: {same_moment}",
        "meters_added": "  meters added: {meters_added} ({names})",
        "row": "  row {row}: {why}",
        "more": "  … and {count} more",
        "queue": "Waiting for review (voirie readings queue):",
        "why": "Refused rows:",
        "mend": "How to mend them:",
        "file": "They are in {file}: mend them there, and import that file the same way.",
        "dry": "This was a dry run: nothing was written.",
    },
    "fr": {
        "read": f"Lignes lues{NB}: {{read}} (correspondance{NB}: {{mapping}})",
        "readings": f"  relevés{NB}: {{readings}}",
        "fills": f"  pleins de carburant{NB}: {{fills}}",
        "unchanged": f"  déjà là{NB}: {{unchanged}}",
        "queued": f"  des relevés, à examiner{NB}: {{queued}}",
        "refused": f"  lignes refusées{NB}: {{refused}}",
        "left_aside": f"  lignes qui ne disent rien{NB}: {{left_aside}}",
        "unmetered": f"  laissés de côté, sans compteur{NB}: {{unmetered}}",
        "same_moment": f"  plus bas qu’un autre relevé du même moment{NB}: {{same_moment}}",
        "meters_added": f"  compteurs ajoutés{NB}: {{meters_added}} ({{names}})",
        "row": f"  ligne {{row}}{NB}: {{why}}",
        "more": f"  … et encore{NB}: {{count}}",
        "queue": f"À examiner (voirie readings queue){NB}:",
        "why": f"Lignes refusées{NB}:",
        "mend": f"Comment les corriger{NB}:",
        "file": (
            f"Elles sont dans {{file}}{NB}: corrigez-les là et importez ce fichier"
            " de la même façon."
        ),
        "dry": "C’était un essai : rien n’a été écrit.".replace(" :", f"{NB}:"),
    },
}
ALWAYS = ("readings", "unchanged", "refused")
WHERE_ANY = ("fills", "queued", "left_aside", "unmetered", "same_moment", "meters_added")


def report_lines(
    brought: "Brought", language: str, *, refused_file: Path | None, dry_run: bool
) -> Iterator[str]:
    """The counts, what waits for review, the refused rows with reasons, and how to mend them."""
    words, counts = WORDS[language], brought.counts()
    told = {name: shown(count, language) for name, count in counts.items()}
    names = ", ".join(f"{tag} {_measure(measure, language)}" for tag, measure in brought.meters)
    yield words["read"].format(**told, mapping=brought.mapping.title)
    for notice in brought.table.notices:
        yield f"  {notice.sentence(language)} {notice.mend(language)}"
    for name in (*ALWAYS, *WHERE_ANY):
        if name in ALWAYS or counts[name]:
            yield words[name].format(**told, names=names)
    if brought.queued:
        yield words["queue"]
    most = len(brought.table.frame) if dry_run else ROWS_SHOWN_MAX
    for each in brought.queued[:most]:
        yield words["row"].format(row=each.row, why=_queued(each, language))
    yield from _problems(brought, language, most=most)
    if refused_file:
        yield words["file"].format(file=refused_file)
    if dry_run:
        yield words["dry"]


def _problems(brought: "Brought", language: str, *, most: int) -> Iterator[str]:
    words, problems = WORDS[language], brought.problems
    if not problems:
        return
    yield words["why"]
    for problem in problems[:most]:
        yield words["row"].format(row=problem.row, why=problem.sentence(language))
    if len(problems) > most:
        yield words["more"].format(count=shown(len(problems) - most, language))
    yield words["mend"]
    for mend in dict.fromkeys(problem.mend(language) for problem in problems):
        yield f"  {mend}"


def _queued(each: "Queued", language: str) -> str:
    moment = each.taken_at.astimezone(TORONTO).strftime("%Y-%m-%d %H:%M")
    measure, value = _measure(each.measure, language), shown(each.value, language)
    return f"{each.tag}, {measure}, {value} ({moment}): {QUEUED[each.why][language == 'fr']}"


def _measure(measure: str, language: str) -> str:
    return MEASURES.get(measure, (measure, measure))[language == "fr"]


QUEUED = {
    # Why a reading waits, in short: the code of the whole sentence, English, French.
    "reading_falls": ("the counter would have gone back", "le compteur aurait reculé"),
    "reading_too_fast": ("more than can be run in that time", "plus qu’il n’est possible"),
    "reading_in_future": ("it is dated in the future", "daté dans l’avenir"),
    "reading_outside": ("the meter was not on the unit", "le compteur n’était pas sur l’unité"),
    "": ("for somebody to look at", "à examiner"),
}
