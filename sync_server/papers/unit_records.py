"""The records of a unit's file: checks, defects, sheets, brakes, storage, repairs."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.fleet import Countersignature, Defect, Inspection
from asset_model.fleet_rules import Figures, months_after
from asset_model.people import Person
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet, StoragePeriod
from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO
from sync_server.papers.report import RESULTS, certificates, defect_row
from sync_server.papers.section import listing
from sync_server.papers.spelling import NONE, Spelling

REPAIRS_KEPT_MONTHS = 12
FINISHED = (WorkOrderStatus.DONE, WorkOrderStatus.CLOSED)
SHEET_RESULTS = {
    "ok": ("conforming", "conforme"),
    "defect": ("NOT conforming", "NON conforme"),
    "na": ("not applicable", "sans objet"),
}
BRAKES = {
    "lining": ("lining", "garniture"),
    "pad": ("pad", "plaquette"),
    "drum": ("drum", "tambour"),
    "disc": ("disc", "disque"),
    "pushrod": ("pushrod stroke", "course de la tige"),
}
SIDES = {"left": ("left", "gauche"), "right": ("right", "droite")}


def since(now: datetime, months: int | None) -> date:
    """The first day of the months that are still kept; of all time, where that is for ever."""
    if months is None:
        return date.min
    return months_after(now.astimezone(TORONTO).date(), -months)


def checks(
    session: Session, asset: Asset, rules: Figures, spell: Spelling, now: datetime
) -> dict[str, Any]:
    months = rules["circle_check_retention"].value["months"]
    first = since(now, months)
    query = select(Inspection).where(Inspection.asset_id == asset.id)
    found = [
        report
        for report in session.scalars(query.order_by(Inspection.ended_at.desc(), Inspection.id))
        if report.ended_at.astimezone(TORONTO).date() >= first
    ]
    taken = _taken(session, [report.id for report in found], spell)
    rows = [
        [
            spell.moment(report.ended_at),
            report.signed_name,
            report.place,
            spell.number(report.odometer_km, "km"),
            _outcome(report, spell),
            taken.get(report.id, NONE),
        ]
        for report in found
    ]
    heads = (
        (spell.say("When", "Quand"), 0), (spell.say("Inspected by", "Inspecté par"), 1),
        (spell.say("Place", "Lieu"), 1), (spell.say("Odometer", "Odomètre"), 0),
        (spell.say("Result", "Résultat"), 1), (spell.say("Cognizance", "Connaissance"), 1),
    )  # fmt: skip
    title = spell.say("Circle checks", "Rondes de sécurité")
    if months is not None:
        title += spell.say(f" of {months} months", f" des {months} derniers mois")
    return listing(title, heads, rows, spell.say("None.", "Aucune."))


def _outcome(report: Inspection, spell: Spelling) -> str:
    counts = {kind: list(report.answers.values()).count(kind) for kind in ("minor", "major")}
    words = {"minor": ("minor", "mineure"), "major": ("MAJOR", "MAJEURE")}
    told = [f"{count} {spell.say(*words[kind])}" for kind, count in counts.items() if count]
    return ", ".join(told) or spell.say("conforming", "conforme")


def _taken(session: Session, ids: list[str], spell: Spelling) -> dict[str, str]:
    query = select(Countersignature).where(Countersignature.inspection_id.in_(ids))
    return {
        each.inspection_id: f"{each.signed_name} {spell.say(*RESULTS[each.result])}"
        for each in session.scalars(query.order_by(Countersignature.signed_at))
        if each.result in RESULTS
    }


def defects(session: Session, asset: Asset, spell: Spelling) -> dict[str, Any]:
    """All of them, the newest first: an old one that nobody certified is still there."""
    query = select(Defect).where(Defect.asset_id == asset.id)
    found = session.scalars(query.order_by(Defect.found_at.desc(), Defect.id)).all()
    ends = certificates(session, [defect.id for defect in found])
    ids = [defect.repair_order_id for defect in found if defect.repair_order_id]
    numbers = dict(
        session.execute(select(WorkOrder.id, WorkOrder.number).where(WorkOrder.id.in_(ids))).all()
    )
    rows = [
        [*defect_row(defect, ends.get(defect.id), spell),
         numbers.get(defect.repair_order_id or "") or NONE]
        for defect in found
    ]  # fmt: skip
    heads = (
        (spell.say("Severity", "Gravité"), 0), (spell.say("Defect", "Défectuosité"), 2),
        (spell.say("Found", "Constatée"), 2), (spell.say("Repair before", "Réparer avant"), 2),
        (spell.say("Certified", "Certifiée"), 2), (spell.say("Order", "Bon"), 0),
    )  # fmt: skip
    title = spell.say("Defects and repairs", "Défectuosités et réparations")
    return listing(title, heads, rows, spell.say("None.", "Aucune."))


def sheets(
    session: Session, asset: Asset, rules: Figures, spell: Spelling, now: datetime
) -> Iterator[dict[str, Any]]:
    """The sheets that are kept, the newest first, each with its lines; replaced ones are marked."""
    months = rules["maintenance_sheet_retention"].value["months"]
    query = select(MaintenanceSheet).where(
        MaintenanceSheet.asset_id == asset.id, MaintenanceSheet.done_on >= since(now, months)
    )
    ordered = query.order_by(MaintenanceSheet.done_on.desc(), MaintenanceSheet.signed_at.desc())
    found = session.scalars(ordered).all()
    replaced = {sheet.replaces_id for sheet in found}
    heads = ((spell.say("Item", "Point"), 3), (spell.say("Result", "Résultat"), 1),
             (spell.say("Note", "Note"), 2))  # fmt: skip
    title = spell.say("Maintenance sheets", "Fiches d’entretien")
    if not found:
        note = None
        if months is not None:
            note = spell.say(f"Of the last {months} months.", f"Des {months} derniers mois.")
        yield listing(title, heads, [], spell.say("None.", "Aucune."), note)
    for sheet in found:
        lines = [
            [
                spell.label(line),
                spell.say(*SHEET_RESULTS.get(line["result"], (NONE, NONE))),
                spell.text(line.get("note")),
            ]
            for line in sheet.lines
        ]
        one = spell.say("Maintenance sheet: ", "Fiche d’entretien\u00a0: ")
        heading = f"{one}{sheet.title}, {spell.day(sheet.done_on)}"
        if sheet.id in replaced:
            heading += spell.say(" (replaced)", " (remplacée)")
        yield listing(heading, heads, lines, NONE, _signed(sheet, spell))


def _signed(sheet: MaintenanceSheet, spell: Spelling) -> str:
    signed = spell.say("Signed by", "Signée par")
    told = [
        sheet.garage,
        f"{signed} {sheet.signed_name}, {spell.moment(sheet.signed_at)}",
        spell.number(sheet.odometer_km, "km") if sheet.odometer_km is not None else "",
        f"{spell.say('Certificate', 'Certificat')} {sheet.certificate}"
        if sheet.certificate
        else "",
        sheet.note or "",
    ]
    return " · ".join(filter(None, told))


def brakes(session: Session, asset: Asset, spell: Spelling) -> dict[str, Any]:
    query = select(BrakeMeasure).where(BrakeMeasure.asset_id == asset.id)
    order = (BrakeMeasure.measured_on.desc(), BrakeMeasure.axle, BrakeMeasure.side)
    rows = [
        [
            spell.day(each.measured_on),
            str(each.axle),
            spell.say(*SIDES[each.side]),
            spell.say(*BRAKES[each.kind]),
            spell.number(each.value_mm, "mm"),
            _limits(each, spell),
            _within(each, spell),
        ]
        for each in session.scalars(query.order_by(*order))
    ]
    heads = (
        (spell.say("Measured on", "Mesuré le"), 0), (spell.say("Axle", "Essieu"), 0),
        (spell.say("Side", "Côté"), 1), (spell.say("What", "Quoi"), 2),
        (spell.say("Measure", "Mesure"), 1), (spell.say("Limit", "Limite"), 1),
        (spell.say("Result", "Résultat"), 2),
    )  # fmt: skip
    title = spell.say("Brake register", "Registre des freins")
    return listing(title, heads, rows, spell.say("No measure.", "Aucune mesure."))


def _limits(each: BrakeMeasure, spell: Spelling) -> str:
    told = []
    if each.minimum_mm is not None:
        told.append(f"≥ {spell.number(each.minimum_mm, 'mm')}")
    if each.maximum_mm is not None:
        told.append(f"≤ {spell.number(each.maximum_mm, 'mm')}")
    return ", ".join(told) or NONE


def _within(each: BrakeMeasure, spell: Spelling) -> str:
    if each.within is None:
        return spell.say("no limit given", "aucune limite donnée")
    if each.within:
        return spell.say("within", "dans la limite")
    return spell.say("OUTSIDE ITS LIMIT", "HORS LIMITE")


def storage(session: Session, asset: Asset, spell: Spelling) -> dict[str, Any]:
    query = select(StoragePeriod).where(StoragePeriod.asset_id == asset.id)
    rows = [
        [
            spell.day(each.begins_on),
            spell.day(each.ends_on)
            if each.ends_on
            else spell.say("still stored", "encore remisée"),
            spell.text(each.place),
            spell.text(each.reason),
        ]
        for each in session.scalars(query.order_by(StoragePeriod.begins_on.desc()))
    ]
    heads = ((spell.say("From", "Du"), 1), (spell.say("Back on", "Retour le"), 1),
             (spell.say("Place", "Lieu"), 1), (spell.say("Reason", "Motif"), 2))  # fmt: skip
    title = spell.say("Storage", "Remisage")
    return listing(title, heads, rows, spell.say("Never stored.", "Jamais remisée."))


def repairs(session: Session, asset: Asset, spell: Spelling, now: datetime) -> dict[str, Any]:
    """Work that was finished on the unit itself, of the months that proofs of repair are kept."""
    first = since(now, REPAIRS_KEPT_MONTHS)
    query = select(WorkOrder, Person.name).join(
        Person, Person.id == WorkOrder.completed_by, isouter=True
    )
    mine = query.where(WorkOrder.asset_id == asset.id, WorkOrder.status.in_(FINISHED))
    rows = [
        [spell.text(order.number), order.title, spell.moment(order.completed_at), spell.text(name)]
        for order, name in session.execute(mine.order_by(WorkOrder.completed_at.desc()))
        if order.completed_at and order.completed_at.astimezone(TORONTO).date() >= first
    ]
    heads = ((spell.say("Order", "Bon"), 0), (spell.say("Work", "Travail"), 2),
             (spell.say("Done", "Fait"), 0), (spell.say("By", "Par"), 1))  # fmt: skip
    title = spell.say("Work of the last 12 months", "Travaux des 12 derniers mois")
    return listing(title, heads, rows, spell.say("None.", "Aucun."))
