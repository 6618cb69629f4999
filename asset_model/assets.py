"""Assets: what the town looks after, and the classes that say what can be known of each."""

from datetime import date
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.vocabulary import AssetStatus


class AssetClass(Synced, Base):
    """A kind of asset. `attributes` is the schema that validates values and draws the form."""

    __tablename__ = "asset_class"

    code: Mapped[str] = mapped_column(index=True)
    parent_code: Mapped[str | None]
    label_fr: Mapped[str]
    label_en: Mapped[str]
    icon: Mapped[str]
    geometry_kind: Mapped[str]
    attributes: Mapped[list[Any]]


class Asset(Synced, Base):
    """One asset. Geometry is GeoJSON in WGS 84 (longitude, latitude), with its bounding box.

    (`source`, `source_key`) is where an import knows it from; `length_m` is geodesic.
    """

    __tablename__ = "asset"
    __table_args__ = (
        Index("ix_asset_source_source_key", "source", "source_key"),
        Index("ix_asset_class_code_name", "class_code", "name"),
    )

    tag: Mapped[str] = mapped_column(index=True)
    class_code: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(String(36), info={"merge": "server_wins"})
    name: Mapped[str] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(
        default=AssetStatus.IN_SERVICE, info={"merge": "server_wins"}
    )
    criticality: Mapped[int | None]
    district_id: Mapped[str | None] = mapped_column(String(36))
    address: Mapped[str | None] = mapped_column(info={"merge": "server_wins"})
    geometry: Mapped[dict[str, Any] | None]
    west: Mapped[float | None]
    south: Mapped[float | None]
    east: Mapped[float | None]
    north: Mapped[float | None]
    length_m: Mapped[float | None]
    installed_on: Mapped[date | None]
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"merge": "by_key"})
    note: Mapped[str | None] = mapped_column(info={"merge": "append"})
    source: Mapped[str | None]
    source_key: Mapped[str | None]
