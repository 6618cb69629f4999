"""Job templates: those of the town, and those of the product that the town has not changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.builtin_jobs import builtin_templates, with_builtin
from asset_model.catalogue import Part
from asset_model.job_templates import JobTemplate
from asset_model.jobs import fits, in_force
from asset_model.people import Person
from field_app.store.folding import folded


@dataclass(frozen=True)
class Edition:
    """One edition of a template, and who made it: nobody, where the product brought it."""

    template: JobTemplate
    by: str | None


def all_editions(session: Session) -> list[JobTemplate]:
    return with_builtin(session.scalars(select(JobTemplate)))


def templates(
    session: Session, *, text: str = "", class_code: str | None = None, retired: bool = False
) -> list[JobTemplate]:
    """Those in force, by title; `retired`: those that are not used any more.

    With a class, those made for it come before those for anything.
    """
    found = [
        each
        for each in in_force(all_editions(session))
        if each.active is not retired and fits(each, class_code) and _says(each, text)
    ]
    own = class_code is not None
    return sorted(found, key=lambda each: (own and not each.class_codes, each.title_fr))


def _says(template: JobTemplate, text: str) -> bool:
    children = " ".join(f"{each['title_fr']} {each['title_en']}" for each in template.children)
    told = f"{template.code} {template.title_fr} {template.title_en} {children}"
    return all(word in folded(told) for word in folded(text).split())


def template_of(session: Session, id: str) -> JobTemplate | None:
    """An edition, the product's as well."""
    known = session.get(JobTemplate, id)
    return known or next((each for each in builtin_templates() if each.id == id), None)


def editions(session: Session, code: str) -> list[Edition]:
    """Every edition of a template, the newest first."""
    own = [each for each in all_editions(session) if each.code == code]
    makers = {each.created_by for each in own if each.created_by}
    people = session.scalars(select(Person).where(Person.id.in_(makers)))
    names = {person.id: person.name for person in people}
    newest = sorted(own, key=lambda each: (each.edition, each.id), reverse=True)
    return [Edition(each, names.get(each.created_by or "")) for each in newest]


def asset_classes(session: Session) -> list[AssetClass]:
    return list(session.scalars(select(AssetClass).order_by(AssetClass.label_fr)))


def class_code_of(session: Session, asset_id: str | None) -> str | None:
    """By which templates are found that fit an asset."""
    asset = session.get(Asset, asset_id) if asset_id else None
    return asset.class_code if asset else None


def part_names(session: Session, codes: list[str]) -> dict[str, Part]:
    """The town's parts by their codes; a template may name others."""
    return {part.code: part for part in session.scalars(select(Part).where(Part.code.in_(codes)))}
