"""Building the base map: draw what has changed, then the packs that it changes.

One builder at a time in a data folder. A pack is written beside the one that it replaces and takes
its place when whole; a build that is killed leaves the former one, and what it has drawn is not
drawn again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base_map import LOOKS
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.people import District
from gis.basemap.blocks import draw
from gis.basemap.scene import Scene, block_of, digest_of, scene_of
from gis.basemap.style import Style, read_style
from sync_server.basemap.coverage import spots_of
from sync_server.basemap.drawings import Drawings, Spot
from sync_server.basemap.pack_file import write_pack
from sync_server.basemap.packs import Packs
from sync_server.basemap.survey import Mapped, Survey, survey
from sync_server.file_lock import locked


@dataclass
class Report:
    """What a build did. `blocks`: of 4 by 4 tiles; each tile is drawn once for every look."""

    blocks: int = 0
    blocks_drawn: int = 0
    tiles_drawn: int = 0
    packs: list[str] = field(default_factory=list)
    """Those that hold something new."""
    packs_same: int = 0


@dataclass(frozen=True)
class Step:
    """How far a build is, for whoever watches."""

    done: int
    total: int


Told = Callable[[Step], None]


def build(
    database: Database,
    folder: Path,
    *,
    now: datetime,
    district: str | None = None,
    anew: bool = False,
    told: Told = lambda _: None,
) -> Report:
    """Bring the packs up to date. `district`: its code, for its packs alone; `anew`: draw all.

    :raises Refused: ``district_unknown``
    """
    style = read_style()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder / "building.lock"):
        with database.reading() as session:
            wanted = _bucket(session, district)
            seen = survey(session, style)
        drawings = Drawings(folder / "drawings.sqlite")
        try:
            return _build(style, seen, Packs(folder), drawings, wanted, anew, now, told)
        finally:
            drawings.close()


def _build(
    style: Style,
    seen: Survey,
    packs: Packs,
    drawings: Drawings,
    wanted: str | None,
    anew: bool,
    now: datetime,
    told: Told,
) -> Report:
    report = Report()
    chosen = [each for bucket, each in seen.buckets.items() if wanted in (None, bucket)]
    spots = {each.bucket: spots_of(style, seen.features, each.features) for each in chosen}
    needed = {spot for each in spots.values() for spot in each}
    _draw(scene_of(style, seen.features), drawings, needed, anew, told, report)
    for each in chosen:
        _pack(style, each, spots[each.bucket], packs, drawings, now, report)
    if wanted is None:
        drawings.tidy()
        packs.note(seen.epoch, seen.position, style.digest, seen.buckets)
    return report


def _draw(
    scene: Scene, drawings: Drawings, needed: set[Spot], anew: bool, told: Told, report: Report
) -> None:
    levels = {zoom: scene.level(zoom) for zoom in sorted({spot.zoom for spot in needed})}
    wanted = sorted({block_of(*spot) for spot in needed})
    report.blocks = len(wanted)
    known = drawings.digests()
    for done, block in enumerate(wanted):
        told(Step(done, len(wanted)))
        level = levels[block.zoom]
        if not level.shows(block):
            continue
        digest = digest_of(scene.style, level, block)
        if anew or known.get(block) != digest:
            drawn = [
                (look, Spot(block.zoom, x, y), png)
                for look, (x, y), png in draw(scene.style, level, block)
            ]
            drawings.keep(block, digest, drawn)
            report.blocks_drawn += 1
            report.tiles_drawn += len(drawn)
    for block in known:
        if block.zoom not in levels or not levels[block.zoom].shows(block):
            drawings.forget(block)
    told(Step(len(wanted), len(wanted)))


def _pack(
    style: Style,
    mapped: Mapped,
    spots: Sequence[Spot],
    packs: Packs,
    drawings: Drawings,
    now: datetime,
    report: Report,
) -> None:
    for look in LOOKS:
        with packs.draft() as draft:
            contents = write_pack(draft, style, look, mapped, spots, drawings, now=now)
            if packs.take(draft, mapped.bucket, look, mapped.title, contents, now=now):
                report.packs.append(packs.shown(mapped.bucket, look, mapped.title))
            else:
                report.packs_same += 1


def _bucket(session: Session, code: str | None) -> str | None:
    if code is None:
        return None
    known = {row.code: row.id for row in session.execute(select(District.code, District.id))}
    if code not in known:
        raise Refused("district_unknown", district=code, known=", ".join(sorted(known)))
    return f"district:{known[code]}"
