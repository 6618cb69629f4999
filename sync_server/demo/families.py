"""The town's own editions of job templates, and a water main break that is being repaired."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from asset_model.assets import Asset
from asset_model.builtin_jobs import builtin_templates
from asset_model.geometry import middle
from asset_model.job_templates import JobTemplate
from asset_model.jobs import Job, jobs_of, whole_of
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from sync_server.demo.course import Course
from sync_server.demo.people import BY_KEY, ROADS_NORTH, WATER, crew_id
from sync_server.demo.placing import NORTH, demo_id

MADE_BEFORE = timedelta(days=40)
BROKE_BEFORE = timedelta(hours=3, minutes=40)
MATERIALS: dict[str, list[dict[str, Any]]] = {
    "nid-de-poule": [{"part": "ENR-FROID", "quantity": 2.0}],
    "reparer": [{"part": "MANCH-150", "quantity": 1.0}, {"part": "SABLE", "quantity": 2.0}],
    "remblayer": [{"part": "PIERRE-20", "quantity": 6.0}, {"part": "ENR-FROID", "quantity": 4.0}],
    "paver": [{"part": "ENR-CHAUD", "quantity": 3.0}],
}
CREWS = {**dict.fromkeys(("isoler", "info-excavation", "excaver", "reparer", "remettre-en-eau"),
                         WATER), "remblayer": ROADS_NORTH}  # fmt: skip
FAMILY, SINGLE = "bris-aqueduc", "nid-de-poule"

# Minutes after the break at which each job reached a status, from its dispatch on.
COURSES: dict[str, tuple[tuple[S, int], ...]] = {
    FAMILY: ((S.DISPATCHED, 0), (S.ACCEPTED, 6), (S.IN_PROGRESS, 25)),
    "isoler": ((S.DISPATCHED, 0), (S.ACCEPTED, 6), (S.IN_PROGRESS, 25), (S.DONE, 95)),
    "info-excavation": ((S.DISPATCHED, 0), (S.ACCEPTED, 8), (S.IN_PROGRESS, 12), (S.DONE, 80)),
    "excaver": ((S.DISPATCHED, 0), (S.ACCEPTED, 90), (S.IN_PROGRESS, 110)),
    "reparer": ((S.DISPATCHED, 0),),
    "remettre-en-eau": ((S.DISPATCHED, 0),),
    "remblayer": ((S.DISPATCHED, 0),),
    "paver": ((S.PLANNED, 0),),
}


@dataclass(frozen=True)
class FamilyOrder:
    """An order of the family, its way so far, its checklist, and whose it is."""

    order: WorkOrder
    course: Course
    steps: Sequence[Any]
    crew: str


def template_rows(*, now: datetime) -> list[JobTemplate]:
    """Second editions: the town has added its crews, and what its stores have."""
    return [_own(each, now) for each in builtin_templates() if each.code in (FAMILY, SINGLE)]


def _own(template: JobTemplate, now: datetime) -> JobTemplate:
    template.id = demo_id("job_template", template.code)
    template.edition = 2
    template.made_at, template.created_by = now - MADE_BEFORE, BY_KEY["stephane"].id
    template.materials = MATERIALS.get(template.code, [])
    template.children = [_with_own(job).told() for job in jobs_of(template)]
    return template


def _with_own(job: Job) -> Job:
    crew = CREWS.get(job.code)
    return replace(
        job,
        crew_id=crew_id(crew) if crew else None,
        materials=MATERIALS.get(job.code, []),
    )


def family_orders(assets: Sequence[Asset], *, now: datetime) -> Iterator[FamilyOrder]:
    """The break of this morning: found and isolated, being dug, the rest to come in its turn."""
    pipe = _broken_pipe(assets)
    (template,) = (each for each in template_rows(now=now) if each.code == FAMILY)
    began = (now - BROKE_BEFORE).replace(microsecond=0)
    parent = demo_id("family", FAMILY)
    yield _of_job(whole_of(template), template, pipe, began, id=parent)
    for rank, job in enumerate(jobs_of(template), start=1):
        yield _of_job(
            job,
            template,
            pipe,
            began + timedelta(seconds=rank),
            id=demo_id("family", job.code),
            parent_id=parent,
            rank=rank,
            after_ids=[demo_id("family", code) for code in job.after] or None,
        )


def _broken_pipe(assets: Sequence[Asset]) -> Asset:
    """The longest water main of the north; the same whatever the seed has put on it."""
    mains = [
        asset
        for asset in assets
        if asset.class_code == "pipe"
        and asset.attributes.get("network") == "drinking_water"
        and asset.district_id == demo_id("district", NORTH)
    ]
    return max(mains, key=lambda asset: (asset.length_m or 0.0, asset.tag))


def _of_job(
    job: Job, template: JobTemplate, pipe: Asset, began: datetime, **columns: Any
) -> FamilyOrder:
    moves = ((S.DRAFT, began),) if COURSES[job.code][0][0] == S.PLANNED else ()
    steps = tuple((to, began + timedelta(minutes=after)) for to, after in COURSES[job.code])
    due_at = began + timedelta(hours=job.due_hours or 24)
    course = Course((*moves, *steps), due_at)
    longitude, latitude = middle(pipe.geometry or {})
    order = WorkOrder(
        title=job.title_fr,
        description=job.description_fr,
        kind=job.kind,
        priority=job.priority,
        asset_id=pipe.id,
        district_id=pipe.district_id,
        place=pipe.address or pipe.name,
        longitude=longitude,
        latitude=latitude,
        source="person",
        due_reason=job.due_reason_fr or template.due_reason_fr,
        estimated_hours=job.estimated_hours,
        safety_note=job.safety_fr,
        skill=job.skill,
        materials=list(job.materials) or None,
        template=template.id,
        **columns,
    )
    return FamilyOrder(order, course, job.steps, CREWS.get(job.code, WATER))
