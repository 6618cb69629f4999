"""What the map shows, read from the record at one position of the feed."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.people import District
from asset_model.vocabulary import AssetStatus
from gis.basemap.features import Feature, feature_of
from gis.basemap.style import Style
from sync_server import feed
from sync_server.scope import TOWN
from sync_server.tables import FeedEntry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mapped:
    """A bucket that has something on the map. `title`: the district's name, or nothing."""

    bucket: str
    title: str
    features: Sequence[Feature]


@dataclass(frozen=True)
class Survey:
    epoch: str
    position: int
    features: Sequence[Feature]
    buckets: Mapping[str, Mapped]
    """By name, in order."""


_TABLE = Asset.__table__.c
_ASSETS = select(
    _TABLE.id, _TABLE.class_code, _TABLE.name, _TABLE.tag, _TABLE.geometry, _TABLE.attributes,
    _TABLE.district_id,
).where(_TABLE.status != AssetStatus.RETIRED)  # fmt: skip


def survey(session: Session, style: Style) -> Survey:
    """Every standing asset whose class the style shows."""
    epoch, position = feed.state(session)
    titles = {row.id: row.name for row in session.execute(select(District.id, District.name))}
    classes = {rule.of.partition(".")[0] for rule in style.rules}
    features: list[Feature] = []
    members: dict[str, list[Feature]] = defaultdict(list)
    for id, code, name, tag, geometry, attributes, district in session.execute(
        _ASSETS.where(_TABLE.class_code.in_(classes))
    ):
        if geometry is None:
            continue
        named = "" if name == tag else name
        try:
            feature = feature_of(id, code, named, geometry, attributes or {})
        except (ValueError, LookupError, TypeError) as why:
            log.warning("%s is not on the map: %s", tag, why)
            continue
        features.append(feature)
        members[f"district:{district}" if district else TOWN].append(feature)
    buckets = {
        bucket: Mapped(bucket, titles.get(bucket.partition(":")[2], ""), members[bucket])
        for bucket in sorted(members)
    }
    return Survey(epoch, position, features, buckets)


def has_moved(session: Session, epoch: str, position: int) -> bool:
    """Whether an asset has been told of since that position of that history."""
    if feed.state(session)[0] != epoch:
        return True
    newer = select(func.count()).where(
        FeedEntry.position > position, FeedEntry.table.in_(("asset", "district"))
    )
    return bool(session.scalar(newer))
