"""The report of one circle check in words: the nine fields of section 197.0.3, then its items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet import (
    Countersignature,
    Defect,
    Inspection,
    InspectionForm,
    LegalRule,
    RepairCertificate,
)
from asset_model.fleet_rules import Figures, figures_at
from asset_model.inspection_forms import every_form
from sync_server.papers.printing import Content
from sync_server.papers.spelling import NONE, Spelling

ANSWERS = {
    # answer: English, French
    "ok": ("conforming", "conforme"),
    "minor": ("minor defect", "défectuosité mineure"),
    "major": ("MAJOR defect", "défectuosité MAJEURE"),
    "na": ("not applicable", "sans objet"),
}
SEVERITIES = {"minor": ("Minor", "Mineure"), "major": ("MAJOR", "MAJEURE")}
SIGNED_WITH = {"pin": ("with a PIN", "par NIP"), "name": ("by name", "par son nom")}
RESULTS = {
    "acknowledged": ("took cognizance", "a pris connaissance"),
    "refused": ("refused to drive on it", "a refusé de conduire sur ce rapport"),
}
FOUND = {"check": ("check", "ronde"), "trip": ("trip", "trajet"), "shop": ("shop", "atelier")}


def report_content(
    session: Session, inspection_id: str, language: str, *, now: datetime
) -> Content:
    """:raises Refused: ``not_found``"""
    report = session.get(Inspection, inspection_id)
    if report is None:
        raise Refused("not_found")
    spell = Spelling(language)
    rules = figures_at(session.scalars(select(LegalRule)), report.signed_at)
    forms = {form.id: form for form in every_form(session.scalars(select(InspectionForm)))}
    used = [forms[id] for id in (report.form_id, report.own_form_id) if id in forms]
    unit = f"{report.unit_name} ({report.plate})" if report.plate else report.unit_name
    return {
        "title": spell.say("Circle check report", "Rapport de ronde de sécurité"),
        "subtitle": f"{unit} · {spell.moment(report.ended_at)}",
        "language": language,
        "operator": report.operator,
        "footer": f"{unit} · {report.id}",
        "words": _words(spell, used),
        "fields": list(_fields(session, report, spell)),
        "parts": [_part(form, report.answers, spell) for form in used],
        "note": report.note or None,
        "kept": _kept(report, rules, spell),
    }


def _words(spell: Spelling, forms: Iterable[InspectionForm]) -> dict[str, str]:
    unconfirmed = any(not form.confirmed for form in forms)
    note = spell.say("In the order of the list.", "Dans l’ordre de la liste.")
    if unconfirmed:
        note += spell.say(
            " Texts shortened, to be confirmed against the prescribed list.",
            " Textes abrégés, à confirmer avec la liste prescrite.",
        )
    return {
        "page": "page",
        "of": spell.say("of", "de"),
        "items": spell.say("Items checked", "Éléments vérifiés"),
        "items_note": note,
        "note": spell.say("Note", "Note"),
    }


def _fields(session: Session, report: Inspection, spell: Spelling) -> Iterator[dict[str, Any]]:
    """The nine, by number and in order; none is left out where there is nothing to say."""
    signed = f"{report.signed_name}, {spell.moment(report.signed_at)}"
    how = spell.say(*SIGNED_WITH.get(report.signed_with, (NONE, NONE)))
    declared = spell.say(
        "I have inspected this vehicle and report what I found.",
        "J’ai inspecté ce véhicule et je déclare ce que j’y ai constaté.",
    )
    quoted = spell.say(f"“{declared}”", f"«\u00a0{declared}\u00a0»")
    texts = (
        (spell.say("Plate or unit number", "Plaque ou numéro d’unité"),
         " · ".join(filter(None, [report.plate, report.unit_name]))),
        (spell.say("Operator", "Exploitant"), report.operator),
        (spell.say("Date and time", "Date et heure"),
         spell.from_to(report.started_at, report.ended_at)),
        (spell.say("Municipality or place", "Municipalité ou lieu"), report.place),
        (spell.say("Defects found", "Défectuosités constatées"), None),
        (spell.say("Signed declaration", "Déclaration signée"), f"{quoted} {signed} ({how})"),
        (spell.say("Cognizance", "Prise de connaissance"), _cognizance(session, report, spell)),
        (spell.say("Inspected by", "Inspecté par"),
         f"{report.signed_name} ({_made_as(report, spell)})"),
        (spell.say("Odometer", "Odomètre"), spell.number(report.odometer_km, "km")),
    )  # fmt: skip
    for number, (title, text) in enumerate(texts, start=1):
        told: dict[str, Any] = {"title": f"{number}. {title}"}
        if text is None:
            heads, rows, empty = _defects(session, report, spell)
            told |= {"heads": heads, "rows": rows, "empty": empty}
        else:
            told["text"] = text
        yield told


def _made_as(report: Inspection, spell: Spelling) -> str:
    if report.made_as == "designated":
        return spell.say("designated person", "personne désignée")
    return spell.say("driver", "conducteur")


def _cognizance(session: Session, report: Inspection, spell: Spelling) -> str:
    query = select(Countersignature).where(Countersignature.inspection_id == report.id)
    told = [
        f"{each.signed_name}, {spell.moment(each.signed_at)}, "
        + spell.say(*RESULTS.get(each.result, (each.result, each.result)))
        + (f"\u00a0: {each.word}" if each.word else "")
        for each in session.scalars(query.order_by(Countersignature.signed_at))
    ]
    if told:
        return "; ".join(told)
    if report.made_as == "driver":
        return spell.say(
            "Made by the driver: none is needed.", "Faite par le conducteur\u00a0: aucune requise."
        )
    return spell.say("Nobody yet.", "Personne encore.")


def _defects(
    session: Session, report: Inspection, spell: Spelling
) -> tuple[list[str], list[list[str]], str]:
    """Those found at the check or added during the trip, and those known that were seen again."""
    query = select(Defect).where(
        (Defect.inspection_id == report.id) | Defect.id.in_(report.carried or [])
    )
    found = session.scalars(query.order_by(Defect.found_at, Defect.id)).all()
    ends = certificates(session, [defect.id for defect in found])
    heads = [
        spell.say("Severity", "Gravité"), spell.say("Defect", "Défectuosité"),
        spell.say("Found", "Constatée"), spell.say("Repair before", "Réparer avant"),
        spell.say("Certified", "Certifiée"),
    ]  # fmt: skip
    rows = [defect_row(defect, ends.get(defect.id), spell) for defect in found]
    empty = spell.say("No defect was found.", "Aucune défectuosité constatée.")
    return heads, rows, empty


def certificates(session: Session, ids: Sequence[str]) -> dict[str, RepairCertificate]:
    """The first certificate of each defect."""
    query = select(RepairCertificate).where(RepairCertificate.defect_id.in_(ids))
    found: dict[str, RepairCertificate] = {}
    for each in session.scalars(query.order_by(RepairCertificate.signed_at)):
        found.setdefault(each.defect_id, each)
    return found


def defect_row(defect: Defect, end: RepairCertificate | None, spell: Spelling) -> list[str]:
    where = spell.say(*FOUND.get(defect.found_during, (NONE, NONE)))
    label = spell.label(defect) + (f" – {defect.note}" if defect.note else "")
    certified = NONE if end is None else f"{end.signed_name}, {spell.moment(end.signed_at)}"
    limit = spell.moment(defect.due_at)
    if defect.severity == "major":
        limit = spell.say("may not run", "ne peut rouler")
    return [
        spell.say(*SEVERITIES.get(defect.severity, (NONE, NONE))),
        " ".join(filter(None, [defect.defect_code, label])),
        f"{spell.moment(defect.found_at)} ({where})",
        limit,
        certified,
    ]


def _part(form: InspectionForm, answers: Mapping[str, str], spell: Spelling) -> dict[str, Any]:
    """Only what was asked of this unit has an answer: the operator's section may ask for less."""
    return {
        "title": f"{spell.label(form, 'title')}, {spell.say('edition', 'édition')} {form.edition}",
        "items": [
            {
                "text": f"{item['code']} {spell.label(item)}\u00a0: "
                + spell.say(*ANSWERS.get(answers[item["code"]], (NONE, NONE))),
                "bad": answers[item["code"]] in ("minor", "major"),
            }
            for item in form.items
            if item["code"] in answers
        ],
    }


def _kept(report: Inspection, rules: Figures, spell: Spelling) -> str:
    until = spell.day(rules.report_kept_until(report.signed_at))
    figure = rules["circle_check_retention"]
    source = figure.source or NONE
    confirmed = "" if figure.confirmed else f" ({spell.to_confirm})"
    if rules.report_kept_until(report.signed_at) is None:
        return spell.say(
            f"To be kept for ever ({source}){confirmed}.",
            f"À conserver indéfiniment ({source}){confirmed}.",
        )
    return spell.say(
        f"To be kept until {until} ({source}){confirmed}.",
        f"À conserver jusqu’au {until} ({source}){confirmed}.",
    )
