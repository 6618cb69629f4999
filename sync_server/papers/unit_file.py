"""The whole file of a unit in words: what section 200 of the regulation asks for, and more."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.errors import Refused
from asset_model.fleet import LegalRule
from asset_model.fleet_rules import Figures, figures_at
from asset_model.meters import Meter
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OccurrenceStatus
from maintenance.due import TORONTO
from maintenance.reasons import MEASURES, rhythm
from maintenance.retention import DISPOSAL, KINDS
from maintenance.watch import WORDS as WATCHED
from maintenance.watch import Watched
from sync_server.papers import unit_records
from sync_server.papers.printing import Content
from sync_server.papers.section import facts, listing
from sync_server.papers.spelling import NONE, Spelling
from sync_server.retention_table import Destruction
from sync_server.watching import look_out

STATUSES = {
    "in_service": ("in service", "en service"),
    "out_of_service": ("out of service", "hors service"),
    "planned": ("planned", "prévu"),
    "retired": ("retired", "retiré"),
}
YEAR_AHEAD = 400
KEPT_BY = (*(kind.rule for kind in KINDS.values()), DISPOSAL)


def unit_file_content(session: Session, tag: str, language: str, *, now: datetime) -> Content:
    """:raises Refused: ``unit_not_in_fleet``"""
    asset = session.scalars(select(Asset).where(Asset.tag == tag)).first()
    if asset is None or asset.class_code != "vehicle":
        raise Refused("unit_not_in_fleet", tag=tag)
    spell = Spelling(language)
    rules = figures_at(session.scalars(select(LegalRule)), now)
    title = spell.say(f"File of unit {asset.tag}", f"Dossier de l’unité {asset.tag}")
    made = spell.say("Printed", "Imprimé le")
    return {
        "title": title,
        "subtitle": f"{asset.name} · {rules.operator} · {made} {spell.moment(now)}",
        "language": language,
        "operator": rules.operator,
        "footer": f"{title} · {spell.moment(now)}",
        "words": {"page": "page", "of": spell.say("of", "de")},
        "sections": list(_numbered(_sections(session, asset, rules, spell, now))),
    }


def _numbered(sections: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, section in enumerate(sections, start=1):
        yield {**section, "title": f"{number}. {section['title']}"}


def _sections(
    session: Session, asset: Asset, rules: Figures, spell: Spelling, now: datetime
) -> Iterator[dict[str, Any]]:
    yield _identity(session, asset, spell)
    yield _meters(session, asset, spell)
    yield _plans(session, asset, spell, now)
    yield unit_records.checks(session, asset, rules, spell, now)
    yield unit_records.defects(session, asset, spell)
    yield from unit_records.sheets(session, asset, rules, spell, now)
    yield unit_records.brakes(session, asset, spell)
    yield unit_records.storage(session, asset, spell)
    yield unit_records.repairs(session, asset, spell, now)
    yield _retention(session, asset, rules, spell)


def _identity(session: Session, asset: Asset, spell: Spelling) -> dict[str, Any]:
    """What the town knows of it, by the schema of its class; what nobody has told has a dash."""
    schema = session.scalars(
        select(AssetClass.attributes).where(AssetClass.code == asset.class_code)
    ).first()
    status = spell.say(*STATUSES.get(asset.status, (asset.status, asset.status)))
    on_it = select(Asset.name).where(Asset.parent_id == asset.id).order_by(Asset.tag)
    mounted = session.scalars(on_it.where(Asset.class_code != asset.class_code)).all()
    behind = session.scalars(on_it.where(Asset.class_code == asset.class_code)).all()
    puller = session.get(Asset, asset.parent_id) if asset.parent_id else None
    pairs = [
        (spell.say("Unit", "Unité"), f"{asset.tag} – {asset.name}"),
        (spell.say("Status", "État"), status),
        *((spell.label(each), _value(each, asset, spell)) for each in schema or ()),
        (spell.say("Mounted", "Accessoires"), ", ".join(mounted) or NONE),
    ]
    if behind:
        pairs.append((spell.say("Trailers", "Remorques"), ", ".join(behind)))
    if puller is not None and puller.class_code == asset.class_code:
        pairs.append((spell.say("Behind", "Derrière"), puller.name))
    return facts(spell.say("Identity", "Identité"), pairs)


def _value(schema: dict[str, Any], asset: Asset, spell: Spelling) -> str:
    value = (asset.attributes or {}).get(schema["name"])
    for choice in schema.get("choices") or ():
        if choice["code"] == value:
            return spell.label(choice)
    if isinstance(value, int | float) and not isinstance(value, bool) and schema.get("unit"):
        return spell.number(value, schema["unit"])
    return spell.text(value)


def _meters(session: Session, asset: Asset, spell: Spelling) -> dict[str, Any]:
    query = select(Meter).where(Meter.asset_id == asset.id, Meter.removed_at.is_(None))
    rows = [
        [
            spell.say(*MEASURES.get(meter.measure, (meter.measure, meter.measure))),
            spell.number(None if meter.total is None else round(meter.total), meter.unit),
            spell.moment(meter.read_at),
        ]
        for meter in session.scalars(query.order_by(Meter.measure))
    ]
    heads = ((spell.say("Meter", "Compteur"), 2), (spell.say("Total", "Total"), 1),
             (spell.say("Last read", "Dernier relevé"), 2))  # fmt: skip
    empty = spell.say("No meter.", "Aucun compteur.")
    return listing(spell.say("Meters", "Compteurs"), heads, rows, empty)


def _plans(session: Session, asset: Asset, spell: Spelling, now: datetime) -> dict[str, Any]:
    """Each plan that concerns the unit: when it was last done, and when it is next due."""
    ahead: dict[str, Watched] = {}
    for each in look_out(session, now=now, days=YEAR_AHEAD):
        if each.asset_id == asset.id and each.plan.id not in ahead:
            ahead[each.plan.id] = each
    done = _last_done(session, asset.id)
    query = select(MaintenancePlan).where(MaintenancePlan.id.in_({*ahead, *done}))
    rows = [
        _plan_row(plan, done.get(plan.id), ahead.get(plan.id), spell)
        for plan in session.scalars(query.order_by(MaintenancePlan.code))
    ]
    heads = (
        (spell.say("Plan", "Plan"), 3), (spell.say("How often", "Fréquence"), 1),
        (spell.say("Asked by", "Exigé par"), 2), (spell.say("Last done", "Fait le"), 0),
        (spell.say("Next due", "Prochaine échéance"), 2),
    )  # fmt: skip
    title = spell.say("Plans and next dates", "Plans et prochaines échéances")
    empty = spell.say("No plan concerns this unit.", "Aucun plan ne vise cette unité.")
    return listing(title, heads, rows, empty)


def _last_done(session: Session, asset_id: str) -> dict[str, datetime]:
    query = (
        select(Occurrence.plan_id, Occurrence.done_at)
        .where(Occurrence.asset_id == asset_id, Occurrence.status == OccurrenceStatus.DONE)
        .order_by(Occurrence.done_at)
    )
    return {plan: moment for plan, moment in session.execute(query) if moment is not None}


def _plan_row(
    plan: MaintenancePlan, done: datetime | None, ahead: Watched | None, spell: Spelling
) -> list[str]:
    french, english = rhythm(plan.rule) if plan.rule else ("", "")
    often = spell.say(english, french) or spell.say("by meter", "selon le compteur")
    due = NONE
    if ahead is not None:
        words = spell.say(*WATCHED[ahead.state])
        due = f"{spell.day(ahead.due_on)} ({words})" if ahead.due_on else words
    last = spell.day(None if done is None else done.astimezone(TORONTO).date())
    title = f"{plan.code} {spell.say(plan.title_en, plan.title_fr)}"
    return [title, often, spell.text(plan.basis), last, due]


def _retention(session: Session, asset: Asset, rules: Figures, spell: Spelling) -> dict[str, Any]:
    """By which figures records are kept, and what was destroyed by them."""
    rows = []
    for code in KEPT_BY:
        figure = rules[code]
        months = figure.value["months"]
        confirmed = "" if figure.confirmed else f" ({spell.to_confirm})"
        rows.append(
            [
                spell.label(figure),
                spell.say("for ever", "sans fin")
                if months is None
                else f"{months} {spell.say('months', 'mois')}",
                f"{figure.source or NONE}{confirmed}",
            ]
        )
    heads = ((spell.say("What", "Quoi"), 2), (spell.say("Kept", "Durée"), 0),
             (spell.say("Source", "Source"), 2))  # fmt: skip
    title = spell.say("Retention", "Conservation")
    return listing(title, heads, rows, NONE, _destroyed(session, asset, spell))


def _destroyed(session: Session, asset: Asset, spell: Spelling) -> str:
    query = select(Destruction.destroyed_at).where(Destruction.asset_id == asset.id)
    days = [moment.astimezone(TORONTO).date() for moment in session.scalars(query)]
    if not days:
        return spell.say(
            "No record of this unit was destroyed.",
            "Aucun document de cette unité n’a été détruit.",
        )
    last = spell.day(max(days))
    return spell.say(
        f"Records destroyed when their time was past: {len(days)}, the last on {last}.",
        f"Documents détruits une fois leur temps passé\u00a0: {len(days)}, le dernier le {last}.",
    )
