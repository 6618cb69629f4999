"""The week on paper and as rows: each number beside the two others, and how it compares."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sync_server.dashboard.week_rules import WEEK_RULE
from sync_server.dashboard.weeks import BESIDE
from sync_server.dashboard.words import TITLES, notes_of, part_name
from sync_server.papers.section import listing
from sync_server.papers.spelling import NONE, Spelling

Row = dict[str, Any]


def week_section(told: Row, spell: Spelling) -> Row:
    """One table: a figure or a part of it a row, and a column for each week."""
    rows = [_row(*line, spell) for line in _lines(told)]
    heads = (
        (spell.say("Figure", "Chiffre"), 3), (spell.say("This week", "Cette semaine"), 2),
        (spell.say("The week before", "La semaine précédente"), 3),
        (spell.say("The same week last year", "La même semaine l’an dernier"), 3),
    )  # fmt: skip
    title = f"{spell.say('Week of', 'Semaine du')} {told['first']}"
    if told["until"]:
        at = spell.moment(datetime.fromisoformat(told["until"]))
        title = f"{title}, {spell.say('up to', 'jusqu’au')} {at}"
    return listing(title, heads, rows, NONE, WEEK_RULE.words(spell.language))


def week_rows(told: Row, language: str) -> Iterator[Row]:
    """The columns of a month's row, with those of the weeks beside it."""
    for figure, part in _lines(told):
        of = figure if part is None else part
        yield {
            "week": told["first"],
            "week_until": told["until"],
            "figure": figure["code"],
            "title": TITLES[figure["code"]][language == "fr"],
            "part": part["code"] if part else None,
            "name": part_name(part, language) if part else None,
            "value": of["value"],
            "measure": figure["measure"],
            "count": of["count"],
            "year_before": of["beside"]["year_before"]["value"],
            "week_before": of["beside"]["week_before"]["value"],
            "year_before_why_not": of["beside"]["year_before"]["why"],
            "week_before_why_not": of["beside"]["week_before"]["why"],
            "rule_version": figure["rule"]["version"],
            "rule": figure["rule"][language],
        }


def _lines(told: Row) -> Iterator[tuple[Row, Row | None]]:
    for figure in told["figures"]:
        yield figure, None
        yield from ((figure, part) for part in figure["parts"])


def _row(figure: Row, part: Row | None, spell: Spelling) -> list[str]:
    of, measure = part or figure, figure["measure"]
    # Plan compliance is a share of which the parts are occurrences.
    measure = "" if part and measure == "%" else measure
    title = TITLES[figure["code"]][spell.language == "fr"]
    name = f"– {part_name(part, spell.language)}" if part else title
    notes = notes_of(of, spell)
    now = spell.number(of["value"], measure)
    cells = [_beside(of, of["beside"][which], measure, spell) for which in BESIDE]
    return [name, f"{now} ({notes})" if notes else now, *cells]


def _beside(of: Row, then: Row, measure: str, spell: Spelling) -> str:
    why, before, now = then["why"], then["value"], of["value"]
    if why is not None and why != "undecided":
        return _why_not(why, spell)
    told = spell.number(before, measure)
    if why == "undecided":
        return f"{told} ({spell.say('not to be compared yet', 'pas encore comparable')})"
    if now is None or before is None:
        return told
    gap = round(abs(now - before), 2)
    if not gap:
        return f"{told} ({spell.say('the same', 'pareil')})"
    amount = spell.number(gap, "points" if measure == "%" else measure)
    more = (
        spell.say("{} more", "{} de plus") if now > before else spell.say("{} less", "{} de moins")
    )
    return f"{told} ({more.format(amount)})"


def _why_not(why: str, spell: Spelling) -> str:
    code, _, day = why.partition(":")
    if code == "none":
        return spell.say("nothing that week", "rien cette semaine-là")
    if not day:
        return spell.say("nothing on record", "rien d’inscrit")
    return f"{spell.say('nothing on record before', 'rien d’inscrit avant le')} {day}"
