"""Val-des-Pins, a town that does not exist: all of it in order, and into a database once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import AssetClass
from asset_model.base import Base
from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.database import Database
from asset_model.ids import derived_id, uuid7
from asset_model.people import District, Person
from sync_server.demo.catalogue import catalogue_rows, stock_rows
from sync_server.demo.circle_checks import check_rows
from sync_server.demo.closing_words import closing_words_row
from sync_server.demo.closures import closure_rows
from sync_server.demo.dispatching import dispatch_rows
from sync_server.demo.families import template_rows
from sync_server.demo.fleet import fleet_assets
from sync_server.demo.fuel import fuel_rows
from sync_server.demo.garage_book import garage_book
from sync_server.demo.ground import chance
from sync_server.demo.incidents import decide, publish_rules
from sync_server.demo.last_year import NIGHTS_SINCE, nights, write_last_year
from sync_server.demo.network import lay_network
from sync_server.demo.orders import order_rows
from sync_server.demo.passes import pass_rows
from sync_server.demo.people import PEOPLE, DemoPerson, people_rows, tablets
from sync_server.demo.plans import plan_rows, shop_rows
from sync_server.demo.reports import contact_rows, report_rows
from sync_server.demo.roads import build_segments
from sync_server.demo.roadside import roadside_assets
from sync_server.demo.stores import store_rows
from sync_server.demo.upkeep import meter_rows, past_occurrences
from sync_server.demo.water import water_assets
from sync_server.desk import inserted, write
from sync_server.enrolment import Place

NAME = "Val-des-Pins"
SEED = 20


class OtherTown(Exception):
    """The database holds people or districts that are not the demo's: it is left as it is."""


@dataclass(frozen=True)
class DemoTown:
    """What one needs to know to try the demo. `filled`: this call made it, it was not there."""

    people: tuple[DemoPerson, ...]
    tablets: tuple[Place, ...]
    filled: bool
    name: str = NAME

    @property
    def tablet(self) -> Place:
        """The tablet of the roads crew in the north, where most of the work is."""
        return self.tablets[0]


def fill_town(database: Database, *, now: datetime, seed: int = SEED) -> DemoTown:
    """The demo town in a migrated database; one that is there already is left as it is.

    :raises OtherTown: when somebody else's town is there
    """
    with database.reading() as session:
        missing = not _stands(session)
    filled = missing and fill(database, build(now=now, seed=seed), now=now, seed=seed)
    return DemoTown(people=PEOPLE, tablets=tablets(), filled=filled)


def build(*, now: datetime, seed: int = SEED) -> list[Base]:
    """Every row of the town, parents before children: equal for equal `now` and `seed`."""
    segments = build_segments(lay_network(seed))
    assets = [
        *(segment.asset for segment in segments),
        *water_assets(segments, seed=seed),
        *roadside_assets(segments),
        *fleet_assets(),
    ]
    plans = list(plan_rows())
    meters = list(meter_rows(now=now, seed=seed))
    orders = list(order_rows(assets, plans, now=now, seed=seed))
    past = list(past_occurrences(assets, plans, now=now, seed=seed))
    return [
        *people_rows(seed=seed),
        *(AssetClass(id=derived_id("asset_class", c["code"]), **c) for c in BUILTIN_CLASSES),
        *assets,
        *meters,
        *catalogue_rows(),
        *template_rows(now=now),
        closing_words_row(now=now),
        *store_rows(now=now),
        *shop_rows(),
        *plans,
        *past,
        *garage_book(plans, past, now=now, seed=seed),
        *orders,
        *closure_rows(assets, orders, now=now),
        *pass_rows(assets, now=now),
        *nights(assets, now, NIGHTS_SINCE),
        *check_rows(meters, now=now, seed=seed),
        *report_rows(assets, now=now, seed=seed),
        *dispatch_rows(now=now),
    ]


def fill(database: Database, town: Sequence[Base], *, now: datetime, seed: int = SEED) -> bool:
    """Write the rows in one transaction; False when the town was there.

    :raises OtherTown: when somebody else's town is there
    """
    with database.writing() as session:
        if _stands(session):
            return False
        session.add_all(contact_rows(now=now))
        known = set(session.scalars(select(AssetClass.code)))  # An import may have come before.
        rows = [row for row in town if not (isinstance(row, AssetClass) and row.code in known)]
        new_id = partial(uuid7, now, chance(seed, "changes"))
        publish_rules(session, now=now)
        write(session, [inserted(row, new_id=new_id) for row in rows], now=now, new_id=new_id)
        decide(session, now=now, new_id=new_id)
        write_last_year(session, town, now=now, seed=seed, new_id=new_id)
        session.add_all(stock_rows(now=now))
        session.add_all(fuel_rows(now=now, seed=seed))
    return True


def _stands(session: Session) -> bool:
    """Whether the demo town is there already.

    :raises OtherTown: when somebody else's is
    """
    people = set(session.scalars(select(Person.id)))
    if PEOPLE[0].id in people:
        return True
    if people or session.scalars(select(District.id)).first():
        raise OtherTown
    return False
