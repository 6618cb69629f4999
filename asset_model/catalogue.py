"""The town's lists: parts that crews use, and the services of 311."""

from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced


class Part(Synced, Base):
    __tablename__ = "part"

    code: Mapped[str] = mapped_column(index=True)
    label_fr: Mapped[str]
    label_en: Mapped[str]
    unit: Mapped[str]


class Service(Synced, Base):
    """Something a citizen can ask of 311."""

    __tablename__ = "service"

    code: Mapped[str] = mapped_column(index=True)
    name_fr: Mapped[str]
    name_en: Mapped[str]
    group_fr: Mapped[str]
    group_en: Mapped[str]
