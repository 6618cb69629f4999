"""`voirie routing`: the rules that say who takes an incident on, tried before they hold."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asset_model.findings import language_of
from sync_server.acting import acting_person
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop

if TYPE_CHECKING:
    from sync_server.routing.book import Book
    from sync_server.routing.linting import Remark
    from sync_server.routing.replaying import Turn

SOUND, REMARKED = 0, 1
ROUTED = frozenset({"crew_id", "priority", "fix_by"})
"""Who may set these by hand may say by which rules they are set."""

BookFile = Annotated[Path, typer.Argument(metavar="RULES.toml", help="The book of rules.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

NOTHING = "–"

WORDS = {
    "sound": (
        "The {count} rules of {edition} are sound.",
        "Les {count} règles de {edition} sont bonnes.",
    ),
    "shadowed": (
        ("{where}: “{rule}” never says anything: “{other}” comes first and holds whenever it does. "
        "Put it before “{other}”, or take it out."),
        ("{where} : « {rule} » ne dit jamais rien : « {other} » vient avant et vaut chaque fois. "
        "Mettez-la avant « {other} », ou retirez-la."),
    ),
    "never": (
        ("{where}: “{rule}” can never hold: its conditions contradict each other. "
        "Correct its “when”."),
        ("{where} : « {rule} » ne peut jamais valoir : ses conditions se contredisent. "
        "Corrigez son « when »."),
    ),
    "unknown": (
        "{where}: “{rule}”: the town has no {other}. Correct the name, or add it to the town.",
        ("{where} : « {rule} » : la ville n’a pas de {other}. "
        "Corrigez le nom, ou ajoutez-le à la ville."),
    ),
    "outputless": (
        "{where}: “{rule}” says nothing. Give it a “then”, or take it out.",
        "{where} : « {rule} » ne dit rien. Donnez-lui un « then », ou retirez-la.",
    ),
    "calendarless": (
        ("{where}: “{rule}” counts working time, but no calendar says which that is: every day "
        "counts. Give it a “then.calendar”."),
        ("{where} : « {rule} » compte du temps ouvrable, mais aucun calendrier ne dit lequel : "
        "tous les jours comptent. Donnez-lui un « then.calendar »."),
    ),
    "elsewhere": (
        "{where}: the zone “{other}” lies outside the town. Look at its coordinates.",
        "{where} : la zone « {other} » est hors de la ville. Vérifiez ses coordonnées.",
    ),
    "turn": (
        "{number}  {output}: {before} → {after}  ({rule})",
        "{number}  {output} : {before} → {after}  ({rule})",
    ),
    "turned": (
        "{turned} of {incidents} incident(s) would go otherwise. Nothing was written.",
        "{turned} incident(s) sur {incidents} iraient autrement. Rien n’a été écrit.",
    ),
    "published": ("{edition} holds from now on.", "{edition} vaut à partir de maintenant."),
    "none": ("No rules are published.", "Aucune règle n’est publiée."),
    "holds": ("{edition}, published {day}", "{edition}, publiée le {day}"),
}  # fmt: skip


def lint(
    file: BookFile,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Find rules that nothing reaches, and names that the town does not have.

    Exit codes: 0 sound; 1 something to look at; 2 the file or the database cannot be used.
    """
    from sync_server.routing.linting import remarks
    from sync_server.routing.replaying import names_known, town_box

    spoken = language_of(language, os.environ)
    book, _ = _book(file, spoken)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        found = list(remarks(book, names_known(session), town=town_box(session)))
    _tell(found, file, spoken, as_json=as_json)
    if not found and not as_json:
        _say("sound", spoken, count=len(book.rules), edition=book.edition)
    raise typer.Exit(REMARKED if found else SOUND)


def replay(
    file: BookFile,
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="From this day on.")
    ],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell which past incidents would have gone otherwise by these rules; nothing is written."""
    from sync_server.routing.editions import published
    from sync_server.routing.replaying import facts_of_past, turns

    spoken = language_of(language, os.environ)
    draft, _ = _book(file, spoken)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        standing, turned, incidents = published(session), 0, 0
        for number, facts in facts_of_past(session, since=since.replace(tzinfo=draft.zone)):
            found = list(turns(number, facts, standing=standing, draft=draft))
            turned, incidents = turned + bool(found), incidents + 1
            for turn in found:
                typer.echo(json.dumps(asdict(turn))) if as_json else _say_turn(turn, spoken)
    if not as_json:
        _say("turned", spoken, turned=turned, incidents=incidents)


def publish(
    file: BookFile,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who lets these rules hold.")],
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Let a book of rules hold for what comes in from now on.

    Refused while a rule names a crew, a service or a district that the town does not have.
    """
    from sync_server.routing import editions
    from sync_server.routing.linting import remarks
    from sync_server.routing.replaying import names_known

    spoken = language_of(language, os.environ)
    book, document = _book(file, spoken)
    with opened_or_exit(database, data, spoken) as opened:
        with opened.reading() as session:
            found = [each for each in remarks(book, names_known(session)) if each.code == "unknown"]
            person = acting_person(session, by, edits="incident", columns=ROUTED)
        _tell(found, file, spoken, err=True)
        if found:
            raise typer.Exit(2)
        with opened.writing() as session:
            editions.publish(session, document, id=new_id(), person_id=person.id, now=clock())
    _say("published", spoken, edition=book.edition)


def show(
    language: LanguageOption = None, database: DatabaseOption = None, data: DataOption = None
) -> None:
    """The rules that hold, as TOML lines of their names, and since when."""
    from sqlalchemy import select

    from sync_server.routing.tables import RoutingBook

    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        newest = select(RoutingBook).order_by(RoutingBook.published_at.desc()).limit(1)
        kept = session.scalar(newest)
        if kept is None:
            _say("none", spoken)
            return
        _say("holds", spoken, edition=kept.edition, day=f"{kept.published_at:%Y-%m-%d %H:%M} UTC")
        for rule in json.loads(kept.content).get("rule", []):
            typer.echo(f"  {rule['name']}")


def _book(file: Path, spoken: str) -> "tuple[Book, dict[str, Any]]":
    from gis.problems import ImportRefused
    from sync_server.routing.book import read_book

    try:
        return read_book(file)
    except ImportRefused as refusal:
        raise stop(refusal.told(spoken)) from None


def _tell(
    found: "Sequence[Remark]", file: Path, spoken: str, *, as_json: bool = False, err: bool = False
) -> None:
    """Each remark with the line of its rule, as compilers tell it: ``regles.toml:12``."""
    from gis.toml_lines import line_of

    lines = file.read_text("utf-8-sig").splitlines()
    for remark in found:
        line = line_of(lines, f"rule {remark.number}.name") if remark.number else None
        if as_json:
            typer.echo(json.dumps({**asdict(remark), "line": line}))
        else:
            where = file.name if line is None else f"{file.name}:{line}"
            _say(remark.code, spoken, remark, err=err, where=where)


def _say_turn(turn: "Turn", spoken: str) -> None:
    rule = turn.rule or ("aucune règle" if spoken == "fr" else "no rule")
    before, after = (NOTHING if each is None else each for each in (turn.before, turn.after))
    _say("turn", spoken, turn, rule=rule, before=before, after=after)


def _say(key: str, spoken: str, of: Any = None, *, err: bool = False, **details: Any) -> None:
    english, french = WORDS[key]
    told = {**(asdict(of) if of is not None else {}), **details}
    typer.echo((french if spoken == "fr" else english).format(**told), err=err)
