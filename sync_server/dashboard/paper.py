"""The director's page as a paper for the council, and as rows for other programs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sync_server.bulletins.asking import Asking
from sync_server.dashboard.board import board
from sync_server.dashboard.listing import list_of
from sync_server.dashboard.narrowing import narrowing
from sync_server.dashboard.rules import RULES
from sync_server.dashboard.week_paper import week_rows, week_section
from sync_server.dashboard.week_rules import WEEK_RULES
from sync_server.dashboard.words import TITLES, notes_of, part_name
from sync_server.papers.printing import Content
from sync_server.papers.section import listing
from sync_server.papers.spelling import NONE, Spelling
from sync_server.papers.whole import whole

Row = dict[str, Any]


def board_rows(asking: Asking, language: str) -> list[Row]:
    """One row for each figure and each part of one, with the rule."""
    told = board(asking)
    rows = [*_rows(told, language), *week_rows(told["week"], language)]
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def _rows(told: dict[str, Any], language: str) -> Iterator[Row]:
    for figure in told["figures"]:
        code, rule = figure["code"], figure["rule"]
        for part in ({"code": None, **{k: figure[k] for k in ("value", "count", "before")}},
                     *figure["parts"]):  # fmt: skip
            yield {
                "month": told["month"],
                "figure": code,
                "title": TITLES[code][language == "fr"],
                "part": part["code"],
                "name": part_name(part, language) if part["code"] else None,
                "value": part["value"],
                "measure": figure["measure"],
                "count": part["count"],
                "year_before": part["before"],
                "rule_version": rule["version"],
                "rule": rule[language],
            }


def list_rows(asking: Asking, language: str) -> list[Row]:
    """Every row of a list, with the texts of one language."""
    figure = asking.word("figure", (*RULES, *WEEK_RULES))
    listed = list_of(asking, narrowing(asking), figure, asking.text("part"), None)
    names = ("number", "title", "place", "crew", "status", "at", "day", "done_at", "done_on",
             "why", "what", "hours", "amount", "metres", "material", "rate", "rate_unit", "law",
             "table", "id")  # fmt: skip
    return [
        {"figure": figure, **{name: _flat(row.get(name), language) for name in names}}
        for row in listed.rows
    ]


def _flat(value: Any, language: str) -> Any:
    return value.get(language) if isinstance(value, dict) else value


def board_paper(asking: Asking, language: str) -> Content:
    """One table of the figures with their parts, the rules, and how fresh it all is."""
    told, spell = board(asking), Spelling(language)
    title = spell.say("Dashboard of public works", "Tableau de bord des travaux publics")
    sections = [
        week_section(told["week"], spell),
        _numbers(told, spell),
        _rules(told, spell),
        _freshness(told["freshness"], spell),
    ]
    return whole(asking, title, told["month"], sections, spell)


def _numbers(told: dict[str, Any], spell: Spelling) -> Row:
    rows = []
    for figure in told["figures"]:
        title = TITLES[figure["code"]][spell.language == "fr"]
        notes = notes_of(figure, spell)
        rows.append([title, *_cells(figure, figure["measure"], spell), notes])
        for part in figure["parts"]:
            # Of a share in percent, the parts are counts.
            measure = "" if figure["measure"] == "%" else figure["measure"]
            cells = _cells(part, measure, spell)
            rows.append([f"– {part_name(part, spell.language)}", *cells, notes_of(part, spell)])
    heads = ((spell.say("Figure", "Chiffre"), 3), (spell.say("Value", "Valeur"), 1),
             (spell.say("Rows", "Lignes"), 0), (spell.say("A year ago", "Il y a un an"), 1),
             (spell.say("To know", "À savoir"), 2))  # fmt: skip
    return listing(spell.say("Figures", "Chiffres"), heads, rows, NONE)


def _cells(told: Row, measure: str, spell: Spelling) -> list[str]:
    unit = "" if measure == "week" else measure
    return [
        spell.number(told["value"], unit),
        spell.number(told["count"]),
        spell.number(told["before"], unit),
    ]


def _rules(told: dict[str, Any], spell: Spelling) -> Row:
    rows = [
        [TITLES[f["code"]][spell.language == "fr"], str(f["rule"]["version"]),
         f["rule"][spell.language]]
        for f in (*told["figures"], *told["week"]["figures"])
    ]  # fmt: skip
    heads = ((spell.say("Figure", "Chiffre"), 2), (spell.say("Rule", "Règle"), 0),
             (spell.say("How it is counted", "Comment il est compté"), 5))  # fmt: skip
    return listing(spell.say("Rules", "Règles"), heads, rows, NONE)


def _freshness(fresh: dict[str, Any], spell: Spelling) -> Row:
    rows = [
        [
            tablet["code"],
            spell.text(tablet["crew"]),
            _seen(tablet["seen_at"], spell),
            spell.say("quiet", "silencieuse") if tablet["quiet"] else "",
        ]
        for tablet in fresh["tablets"]
    ]
    heads = ((spell.say("Tablet", "Tablette"), 1), (spell.say("Crew", "Équipe"), 2),
             (spell.say("Last heard of", "Dernière nouvelle"), 2), ("", 1))  # fmt: skip
    title = spell.say("How fresh this is", "Fraîcheur des données")
    return listing(title, heads, rows, spell.say("No tablet.", "Aucune tablette."))


def _seen(instant: str | None, spell: Spelling) -> str:
    return spell.moment(datetime.fromisoformat(instant)) if instant else NONE
