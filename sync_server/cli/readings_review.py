"""`voirie readings queue` and `review`: readings that cannot be, and what people say of them."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asset_model.findings import language_of
from asset_model.meter_rules import Point
from asset_model.numbers import shown
from maintenance.due import TORONTO
from maintenance.reasons import MEASURES
from sync_server.acting import acting_person
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop

if TYPE_CHECKING:
    from asset_model.meters import MeterReading
    from sync_server.readings.review import Reviewer, Waiting

NONE_WAITS, SOME_WAIT = 0, 1
ID_SHOWN = 8

WORDS = {
    "none": ("No reading waits for review.", "Aucun relevé à examiner."),
    "before": ("before", "avant"),
    "after": ("after", "après"),
    "accepted": ("{id}: accepted as it is.", "{id} : accepté tel quel."),
    "discarded": ("{id}: discarded.", "{id} : écarté."),
    "corrected": ("{id}: corrected to {value}.", "{id} : corrigé à {value}."),
    "replaced": (
        "{id}: read on a meter that replaces the old one since {since}; the total goes on.",
        "{id} : lu sur un compteur qui remplace l’ancien depuis le {since} ; le total continue.",
    ),
    "left": ("{count} reading(s) still wait for review.", "Il reste {count} relevé(s) à examiner."),
    "one_verdict": (
        "Say one of --accept, --discard, --correct VALUE, --replaced.",
        "Dites --accept, --discard, --correct VALEUR ou --replaced : un seul.",
    ),
    "one_reading": (
        "--correct and --replaced are said of one reading at a time.",
        "--correct et --replaced se disent d’un seul relevé à la fois.",
    ),
}


def queue(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List the readings that wait for review, each with why, and what was read around it.

    Exit codes: 0 none waits; 1 some do.
    """
    from sync_server.readings.review import waiting

    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        lines = [_line(each, spoken) for each in waiting(session, now=clock())]
    for line in lines:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _row(line, spoken))
    if not lines and not as_json:
        typer.echo(_say("none", spoken))
    raise typer.Exit(SOME_WAIT if lines else NONE_WAITS)


def _line(each: "Waiting", spoken: str) -> dict[str, Any]:
    return {
        "id": each.reading.id,
        "unit": each.tag,
        "measure": each.meter.measure,
        "value": each.reading.value,
        "taken_at": each.reading.taken_at.isoformat(),
        "source": each.reading.source,
        "why": each.why.sentence(spoken),
        "code": each.why.code,
        "before": _point(each.before),
        "after": _point(each.after),
    }


def _point(point: Point | None) -> dict[str, Any] | None:
    return None if point is None else {
        "value": point.value, "taken_at": point.taken_at.isoformat(),
    }  # fmt: skip


def _row(line: dict[str, Any], spoken: str) -> str:
    measure = MEASURES.get(line["measure"], (line["measure"],) * 2)[spoken == "fr"]
    around = ", ".join(
        f"{_say(side, spoken)} {shown(point['value'], spoken)} ({_day(point['taken_at'])})"
        for side in ("before", "after")
        if (point := line[side])
    )
    what = f"{line['id'][:ID_SHOWN]}  {line['unit']:<8} {measure} {shown(line['value'], spoken)}"
    return f"{what} ({_day(line['taken_at'])})  {line['why']} [{around}]"


def _day(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(TORONTO).strftime("%Y-%m-%d %H:%M")


def review(
    readings: Annotated[list[str], typer.Argument(help="Their ids, or how these begin.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides: a name, or an id.")],
    accept: Annotated[bool, typer.Option("--accept", help="Right as it is.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Wrong: used for nothing.")] = False,
    correct: Annotated[float | None, typer.Option(help="What was really shown then.")] = None,
    replaced: Annotated[
        bool, typer.Option("--replaced", help="A new meter was read: its total goes on.")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option(help="With --replaced: when it was put on.")
    ] = None,
    starts_at: Annotated[
        float, typer.Option(min=0, help="With --replaced: what it showed when it was put on.")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="End with one line of JSON.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Decide on readings: accept, discard or correct them, or say that the meter was replaced.

    What waited because of a reading that is discarded is judged again.
    Exit codes: 0 done; 2 nothing was written, and why.
    """
    from sync_server.readings.review import Reviewer, waiting

    spoken = language_of(language, os.environ)
    verdicts = [accept, discard, correct is not None, replaced]
    _check(readings, verdicts, spoken)
    put_on = since.replace(tzinfo=TORONTO) if since and since.tzinfo is None else since
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        columns = frozenset({"review", "reviewed_by", "reviewed_at"})
        person = acting_person(session, by, edits="meter_reading", columns=columns)
        mine = Reviewer(session, person, clock(), new_id)
        found = [mine.found(id) for id in readings]
        decide = _Verdict(mine, verdicts, correct, put_on, starts_at, spoken)
        told = [decide.on(each) for each in found]
        left = len(waiting(session, now=clock()))
    for line in [*told, _say("left", spoken).format(count=left)]:
        typer.echo(line, err=as_json)
    if as_json:
        typer.echo(json.dumps({"decided": len(told), "left": left}))


def _check(readings: list[str], verdicts: list[bool], spoken: str) -> None:
    accept, discard, *_ = verdicts
    if sum(verdicts) != 1:
        raise stop(_say("one_verdict", spoken))
    if len(readings) > 1 and not (accept or discard):
        raise stop(_say("one_reading", spoken))


@dataclass(frozen=True)
class _Verdict:
    """What was said on the command line, to be said of each reading."""

    mine: "Reviewer"
    said: list[bool]
    value: float | None
    since: datetime | None
    starts_at: float
    spoken: str

    def on(self, reading: "MeterReading") -> str:
        accept, discard, correct, _ = self.said
        id = reading.id[:ID_SHOWN]
        if accept:
            self.mine.accept(reading)
            return _say("accepted", self.spoken).format(id=id)
        if discard:
            self.mine.discard(reading)
            return _say("discarded", self.spoken).format(id=id)
        if correct:
            assert self.value is not None, "it is the correction"
            self.mine.correct(reading, self.value)
            value = shown(self.value, self.spoken)
            return _say("corrected", self.spoken).format(id=id, value=value)
        new = self.mine.replaced(reading, self.since, starts_at=self.starts_at)
        since = _day(new.installed_at.isoformat())
        return _say("replaced", self.spoken).format(id=id, since=since)


def _say(word: str, spoken: str) -> str:
    return WORDS[word][spoken == "fr"]
