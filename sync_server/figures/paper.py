"""The fleet's figures as a paper, unit by unit, and as rows for other programs."""

from typing import Any

from maintenance.figures.rules import RULES
from sync_server.bulletins.asking import Asking
from sync_server.bulletins.fleet_figures import sheet_of
from sync_server.figures.lines import figure_rows, record_rows
from sync_server.figures.table import COLUMNS
from sync_server.figures.words import TITLES, pick, value_of
from sync_server.papers.printing import Content
from sync_server.papers.section import listing
from sync_server.papers.spelling import NONE, Spelling
from sync_server.papers.whole import whole

Row = dict[str, Any]


def fleet_rows(asking: Asking, language: str) -> list[Row]:
    return list(figure_rows(sheet_of(asking), language))


def fleet_record_rows(asking: Asking, language: str) -> list[Row]:
    return list(record_rows(sheet_of(asking), asking.word("figure", RULES), language))


def fleet_paper(asking: Asking, language: str) -> Content:
    sheet, spell = sheet_of(asking), Spelling(language)
    found = {(figure.code, figure.asset_id): figure for figure in sheet.figures}
    units = [*((unit, sheet.fleet.names[unit]) for unit in sheet.fleet.units),
             (None, spell.say("Whole fleet", "Tout le parc"))]  # fmt: skip
    rows = [[name, *(value_of(found[code, unit], language) for code in COLUMNS)]
            for unit, name in units]  # fmt: skip
    heads = [
        (spell.say("Unit", "Unité"), 2),
        *((pick(h, language), 1) for _, *h in COLUMNS.values()),
    ]
    rules = [[pick(TITLES[code], language), str(RULES[code].version), RULES[code].words(language)]
             for code in COLUMNS]  # fmt: skip
    told = ((spell.say("Figure", "Chiffre"), 2), (spell.say("Rule", "Règle"), 0),
            (spell.say("How it is counted", "Comment il est compté"), 5))  # fmt: skip
    title = spell.say("Figures of the fleet", "Chiffres du parc")
    days = f"{spell.day(sheet.period.first)} – {spell.day(sheet.period.last)}"
    sections = [
        listing(spell.say("By unit", "Par unité"), heads, rows, NONE),
        listing(spell.say("Rules", "Règles"), told, rules, NONE),
    ]
    return whole(asking, title, days, sections, spell)
