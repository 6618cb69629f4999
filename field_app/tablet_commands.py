"""`voirie tablet export` and `voirie tablet doctor`: without the server and without the screens."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from asset_model.findings import Finding, language_of, sentence, told
from field_app.settings import DEFAULTS, NAMES

WELL, FOUND, UNUSABLE = 0, 1, 2


@dataclass(frozen=True)
class Surroundings:
    """What the entry point hands on: the clock, and the environment."""

    clock: Callable[[], datetime]
    environ: Mapping[str, str]


DataOption = Annotated[
    Path | None, typer.Option("--data", help="The tablet's own folder (VOIRIE_TABLET_DATA).")
]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", metavar="fr|en", help="Else that of the terminal.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON array.")]


def add_to(group: typer.Typer) -> None:
    group.command("export")(export)
    group.command("doctor")(doctor)
    group.command("isolate")(isolate)


def export(
    context: typer.Context,
    data: DataOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Else a new file in this folder.")
    ] = None,
    journal: Annotated[
        bool,
        typer.Option("--journal", help="With what the server took lately: for a server lost."),
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Save all that is unsent to one file, even from a damaged folder. Nothing there is changed.

    `voirie import-rescue` brings the file in on the server.

    Exit codes: 0 all is in the file; 1 the file is written, and something could not be read;
    2 there is no tablet in the folder, or the file cannot be written.
    """
    from field_app.store import export as exporting
    from field_app.store.doctor_words import WORDS

    about: Surroundings = context.obj
    now = about.clock()
    try:
        exported = exporting.export(_folder(context, data), now=now, journal=journal)
        code = exported.content["device"]["device_code"] or "tablet"
        file = out or Path(f"voirie-rescue-{code}-{now:%Y%m%d-%H%M%S}.json")
        exporting.write(exported.content, file)
    except FileNotFoundError as missing:
        raise _stop(f"There is no {missing.args[-1]}.") from None
    except FileExistsError as there:
        raise _stop(f"{there} is there already. Name another: --out FILE") from None
    except OSError as error:
        raise _stop(f"The file cannot be written: {error.strerror}") from None
    spoken = language_of(language, about.environ)
    for finding in exported.findings:
        typer.echo(sentence(finding, WORDS, spoken), err=True)
    counts = {name: len(exported.content[name]) for name in ("groups", "photos")}
    typer.echo(sentence(Finding("exported", {**counts, "file": file}), WORDS, spoken))
    raise typer.Exit(WELL if exported.complete else FOUND)


def doctor(
    context: typer.Context,
    data: DataOption = None,
    mend: Annotated[bool, typer.Option("--mend", help="Mend what can be mended.")] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Examine the tablet: its database, what waits, how it stands with the server, its disk.

    Exit codes: 0 healthy; 1 something was found; 2 there is no tablet in the folder.
    """
    from field_app.store.doctor import examine
    from field_app.store.doctor_words import WORDS

    about: Surroundings = context.obj
    try:
        found = list(examine(_folder(context, data), now=about.clock(), mend=mend))
    except FileNotFoundError as missing:
        raise _stop(f"There is no {missing.args[-1]}.") from None
    spoken = language_of(language, about.environ)
    if as_json:
        typer.echo(json.dumps(told(found, WORDS, spoken), ensure_ascii=False))
    else:
        _say(found, WORDS, spoken)
    raise typer.Exit(FOUND if any(finding.grave for finding in found) else WELL)


def isolate(
    context: typer.Context,
    asset: Annotated[str, typer.Argument(help="Tag of the pipe, valve, hydrant or node.")],
    broken_valve: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="A valve that does not hold or is not found; repeat it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    data: DataOption = None,
    language: LanguageOption = None,
) -> None:
    """Tell which valves to close for a break, by what this tablet holds; without the server.

    Exit codes: 0 told; 2 a tag is not of the network, or there is no tablet in the folder.
    """
    from asset_model.errors import Refused
    from asset_model.network.printed import isolation_lines
    from asset_model.network.report import Question, isolation_report
    from asset_model.network.words import WORDS
    from field_app.store.opening import reading

    about: Surroundings = context.obj
    spoken = language_of(language, about.environ)
    try:
        with reading(_folder(context, data)) as session:
            question = Question(asset, broken_valves=tuple(broken_valve or ()))
            report = isolation_report(session, question)
    except FileNotFoundError as missing:
        raise _stop(f"There is no {missing.args[-1]}.") from None
    except Refused as refused:
        raise _stop(refused.sentence(spoken)) from None
    lines = [*isolation_lines(report, spoken), sentence(Finding("part"), WORDS, spoken)]
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(lines))


def _say(found: list[Finding], words: Any, language: str) -> None:
    for finding in found:
        typer.echo(("! " if finding.grave else "  ") + sentence(finding, words, language))
    if not any(finding.grave for finding in found):
        typer.echo(words["well"][language == "fr"])


def _folder(context: typer.Context, data: Path | None) -> Path:
    """`--data`, on either side of the command's name; else the environment's; else the usual."""
    given = data or (context.parent.params.get("data") if context.parent else None)
    about: Surroundings = context.obj
    return Path(given or about.environ.get(NAMES["data"]) or str(DEFAULTS["data"]))


def _stop(words: str) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(UNUSABLE)
