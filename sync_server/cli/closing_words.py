"""`voirie closing-words`: the sentences of which a crew chooses as it finishes, out and in."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.closing_words import OURS, ClosingWords, Sentence, in_force
from asset_model.findings import language_of
from sync_server.acting import acting_person
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop

if TYPE_CHECKING:
    from sync_server.closing_words_file import Fault, Known

SentencesFile = Annotated[Path, typer.Argument(metavar="SENTENCES.toml")]
ANSWERING = frozenset({"status", "answer_fr"})
"""Who may say by hand what became of an incident may say in which words crews do."""

WORDS = {
    "syntax": ("this is not TOML: {value}", "ce n’est pas du TOML : {value}"),
    "no_rows": (
        "there is no [[sentence]]: give one at least",
        "il n’y a pas de [[sentence]] : donnez-en au moins une",
    ),
    "unknown_key": (
        "means nothing here; known: code, fr, en, services, jobs",
        "n’a pas de sens ici ; connus : code, fr, en, services, jobs",
    ),
    "empty": ("must be a text, and not empty", "doit être un texte, et non vide"),
    "twice": ("“{value}” is in a sentence before", "« {value} » est déjà dans une autre phrase"),
    "long": (
        "is {value} characters long; one line of 120 at most, with no space at its ends",
        "a {value} caractères ; au plus une ligne de 120, sans espace aux bouts",
    ),
    "no_list": ("must be a list of codes", "doit être une liste de codes"),
    "nobody_s": ("the town has no “{value}”{guess}", "la Ville n’a pas de « {value} »{guess}"),
    "many": (
        "{value} sentences would be offered for it; a crew reads 6 at most",
        "{value} phrases seraient offertes ; une équipe en lit 6 au plus",
    ),
    "guess": ("; “{value}” is meant?", " ; vouliez-vous dire « {value} »?"),
    "row": ("sentence {row}", "phrase {row}"),
    "sound": ("The {count} sentences are sound.", "Les {count} phrases sont bonnes."),
    "published": (
        "{count} sentences are offered; tablets hear of it as they synchronize.",
        "{count} phrases sont offertes ; les tablettes l’apprennent en se synchronisant.",
    ),
}


def export(
    ours: Annotated[bool, typer.Option("--ours", help="Those of the product.")] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Write the sentences that are offered as TOML, to be changed and published."""
    from sync_server.closing_words_file import written

    with opened_or_exit(database, data) as opened, opened.reading() as session:
        own = in_force(session.scalars(select(ClosingWords)))
        typer.echo(written(OURS if ours else own))


def lint(
    file: SentencesFile,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Look for faults in a file: which sentence, which field, what is wrong.

    Exit codes: 0 none; 2 some, or the file cannot be read.
    """
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        sentences = _read(session, file, spoken)
    typer.echo(_words("sound", spoken, count=len(sentences)))


def publish(
    file: SentencesFile,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who lets these sentences be offered.")],
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Have the sentences of a file offered, and no others. What was said with others stays said.

    Exit codes: 0 published; 2 the file has faults: nothing is written.
    """
    from sync_server import desk

    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        person = acting_person(session, by, edits="incident", columns=ANSWERING)
        sentences = _read(session, file, spoken)
        row = ClosingWords(
            id=new_id(),
            sentences=[each.told() for each in sentences],
            person_id=person.id,
            published_at=clock(),
        )
        change = desk.inserted(row, new_id=new_id)
        desk.write(session, [change], now=clock(), new_id=new_id, person_id=person.id)
    typer.echo(_words("published", spoken, count=len(sentences)))


def _read(session: Session, file: Path, spoken: str) -> list[Sentence]:
    """Its sentences; every fault is told and the command ends where there is one."""
    from sync_server.closing_words_file import read

    known = _known(session)
    try:
        sentences, faults = read(file.read_text("utf-8-sig"), known)
    except OSError as error:
        raise stop(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise stop(f"{file}: UTF-8 ?") from None
    if faults:
        raise stop("\n".join(_told(file, fault, known, spoken) for fault in faults))
    return sentences


def _known(session: Session) -> "Known":
    from sync_server.job_template_file import templates_of

    return {
        "services": frozenset(session.scalars(select(Service.code))),
        "jobs": frozenset(each.code for each in templates_of(session)),
    }


def _told(file: Path, fault: "Fault", known: "Known", spoken: str) -> str:
    row = _words("row", spoken, row=fault.row) if fault.row else ""
    where = ", ".join(filter(None, [row, fault.field]))
    close = get_close_matches(fault.value, sorted(known.get(fault.field, ())), n=1)
    guess = _words("guess", spoken, value=close[0]) if close else ""
    told = _words(fault.code, spoken, value=fault.value, guess=guess)
    return f"{file}: {where}: {told}" if where else f"{file}: {told}"


def _words(key: str, spoken: str, **details: object) -> str:
    english, french = WORDS[key]
    return (french if spoken == "fr" else english).format(**details)
