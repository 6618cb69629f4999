"""`voirie notices`: what waits, what failed, what letters say, and whether mail can leave."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, opened_or_exit, settings_or_exit, stop

FAULTS = 1
SHOWN_MAX = 200
Language = Annotated[str, typer.Option("--lang", metavar="fr|en|…", help="Of the letter.")]


def listed(
    every: Annotated[bool, typer.Option("--all", help="What was sent and dropped too.")] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List what failed, what was not sent and what waits. No address is shown: none is kept."""
    from sync_server.notices import outbox
    from sync_server.notices.tables import State
    from sync_server.notices.told import line_of

    ended = {State.SENT, State.DROPPED}
    states = set(State) if every else set(State) - ended
    with opened_or_exit(database, data) as opened, opened.reading() as session:
        for notice in outbox.listed(session, states, most=SHOWN_MAX):
            typer.echo(line_of(notice))
        for (channel, state), count in sorted(outbox.counts(session).items()):
            typer.echo(f"{channel} {state}: {count}", err=True)


def retry(
    notice: Annotated[str | None, typer.Argument(help="Its id; else all that failed.")] = None,
    unsent: Annotated[
        bool, typer.Option("--unsent", help="Also what was kept for want of a mail server.")
    ] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Have what failed tried again, from the first pause on. The running server sends it."""
    from sync_server.notices import outbox
    from sync_server.notices.tables import State

    states = [State.FAILED, *([State.UNSENT] if unsent or notice else [])]
    with opened_or_exit(database, data) as opened, opened.writing() as session:
        count = outbox.again(session, states, notice, now=clock())
    if notice is not None and not count:
        raise stop(f"There is no notice {notice} that failed.")
    typer.echo(
        "1 notice will be tried again." if count == 1 else f"{count} notices will be tried again."
    )


def preview(
    letter: Annotated[str, typer.Argument(help="Such as received, planned, resolved, confirm.")],
    language: Language = "fr",
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the HTML there.")] = None,
    data: DataOption = None,
) -> None:
    """Show a letter with every gap filled, the town's own where there is one."""
    from jinja2 import TemplateError

    from sync_server.notices.letters import GAPS, BadLetter
    from sync_server.notices.linting import sample
    from sync_server.notices.ways import letters_of

    if letter not in GAPS or letter == "footer":
        raise stop(f"No letter is called {letter!r}; known: {', '.join(sorted(GAPS))}.")
    try:
        found = letters_of(settings_or_exit(data=data))
        words = found.strictly(letter, language, sample(letter, language))
    except (TemplateError, BadLetter) as error:
        raise stop(f"{error}\n`voirie notices lint` tells the file and the line.") from None
    typer.echo(f"{words.subject}\n\n{words.text}")
    if html is not None:
        html.write_text(words.html, encoding="utf-8")


def letters(
    language: Language = "fr",
    data: DataOption = None,
) -> None:
    """Copy our letters of a language to the town's folder, to be changed there.

    What is there already stays. To take ours again, delete the file.
    """
    from sync_server.notices.letters import OURS
    from sync_server.notices.ways import letters_of

    own = letters_of(settings_or_exit(data=data)).folder
    assert own is not None
    source = OURS / (language if (OURS / language).is_dir() else "fr")
    target = own / language
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.iterdir()):
        if not (target / file.name).exists():
            shutil.copyfile(file, target / file.name)
    typer.echo(str(target))


def lint(
    folder: Annotated[Path | None, typer.Argument(help="Else the town's own letters.")] = None,
    data: DataOption = None,
) -> None:
    """Look for faults in letters: file, line, what is wrong.

    Exit codes: 0 none; 1 some.
    """
    from sync_server.notices.linting import faults
    from sync_server.notices.ways import letters_of

    looked_at = folder or letters_of(settings_or_exit(data=data)).folder
    assert looked_at is not None
    found = list(faults(looked_at))
    for fault in found:
        typer.echo(fault)
    if not found:
        typer.echo(f"No fault in {looked_at}.")
    raise typer.Exit(FAULTS if found else 0)


def try_mail(
    address: Annotated[str, typer.Argument(help="Whom to write to.")],
    language: Language = "fr",
    data: DataOption = None,
) -> None:
    """Send one letter now, past the outbox, and say what the mail server answers."""
    from sync_server.cli.opening import new_id
    from sync_server.notices.mail import message_of
    from sync_server.notices.tables import Kind
    from sync_server.notices.undelivered import Undelivered
    from sync_server.notices.ways import letters_of, mailing_of, sender_of

    settings = settings_or_exit(data=data)
    mailing, sender = mailing_of(settings), sender_of(settings)
    if mailing is None:
        raise stop("No mail server is named: VOIRIE_SMTP_HOST and VOIRIE_MAIL_FROM.")
    gaps = {"town": settings.town, "contact": settings.contact, "stop_link": ""}
    words = letters_of(settings).written(Kind.TEST, language, gaps)
    message = message_of(words, sender=sender, to=address, id=new_id(), stop="", now=clock())
    try:
        with mailing.opened() as post:
            post.send(message, sender=sender.bare, to=address)
    except Undelivered as failure:
        raise stop(f"It did not leave: {failure.code}: {failure.why}", code=FAULTS) from None
    typer.echo("The mail server took it.")
