"""The people, their crews, and the districts they look after."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced


class District(Synced, Base):
    __tablename__ = "district"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]


class Crew(Synced, Base):
    __tablename__ = "crew"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    district_id: Mapped[str | None] = mapped_column(String(36))
    shop: Mapped[str | None]
    daily_hours: Mapped[float | None] = mapped_column(info={"merge": "server_wins"})
    """What it can take in a day; None: eight hours for each of its people."""


class Person(Synced, Base):
    """Someone who works here. What signs them in is apart, in `Credential`."""

    __tablename__ = "person"

    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr")
    role: Mapped[str]
    crew_id: Mapped[str | None] = mapped_column(String(36))
    active: Mapped[bool] = mapped_column(default=True)
    skills: Mapped[list[Any]] = mapped_column(default=list)
    """What they are trained or carded for, of `vocabulary.Skill`; orders ask for one."""


class Credential(Synced, Base):
    """What lets a person sign in without signal; shipped to their crew's tablets only."""

    __tablename__ = "credential"

    person_id: Mapped[str] = mapped_column(String(36), index=True)
    pin_hash: Mapped[str]
