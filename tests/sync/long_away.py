"""A tablet that worked and was long away, and all that it holds."""

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import select

from asset_model.sync.wire import Page
from asset_model.vocabulary import WorkOrderStatus
from field_app.actions import work_orders
from field_app.actions.facts import comment
from field_app.actions.new_orders import NewOrder
from field_app.store.local import BucketPosition, LocalChange, LocalSetting, Replica, ServerImage
from field_app.store.opening import open_store
from field_app.sync import engine, first_copy
from tests.sync import rig, town
from tests.sync.copies import FileTablet, a_file_tablet, keep_copies, of_all_kinds, rows_on_disk

OWN = (LocalChange, ServerImage, LocalSetting, Replica, BucketPosition)


def take(tablet: FileTablet, told: first_copy.Told = lambda _: None) -> int:
    return first_copy.take_if_due(tablet.database, tablet.link, tablet.clock, told)


def pull(tablet: rig.Tablet) -> None:
    """Read to the end by pages, without sending anything."""
    more = True
    while more:
        with tablet.database.reading() as session:
            asked = engine.next_pull(session)
        answer = tablet.link.server.pull(asked)
        with tablet.database.writing() as session:
            if isinstance(answer, Page):
                engine.take_page(session, answer, now=tablet.clock())
                more = answer.more
            else:
                engine.take_terms(session, answer, now=tablet.clock())


def push(tablet: rig.Tablet) -> None:
    """Send what waits, without reading anything."""
    with tablet.database.reading() as session:
        message = engine.next_push(session, now=tablet.clock())
    assert message is not None
    with tablet.database.writing() as session:
        engine.take_reply(session, tablet.link.push(message), now=tablet.clock())


def all_of(tablet: rig.Tablet) -> dict[str, Any]:
    """Everything that is in the database, of the town and of the tablet itself."""
    own: dict[str, Any] = {}
    with tablet.database.reading() as session:
        for model in OWN:
            found = session.execute(select(*model.__table__.columns)).all()
            own[model.__tablename__] = sorted((tuple(row) for row in found), key=repr)
    return own | rows_on_disk(tablet)


def worked_offline(tablet: FileTablet) -> None:
    """Words, a status, a row born here, on rows that will stay, change and leave."""
    tablet.do(work_orders.move, town.order_id(1), WorkOrderStatus.IN_PROGRESS)
    tablet.do(comment, town.order_id(1), "Commencé.")
    tablet.do(work_orders.move, town.order_id(3), WorkOrderStatus.IN_PROGRESS)
    tablet.do(comment, town.order_id(3), "Pas trouvé.")
    tablet.do(
        work_orders.create,
        NewOrder(title="Regard ouvert", crew_id=town.NORTH),
        device_code="T1",
        person=town.LUC,
    )
    with tablet.database.writing() as session:
        session.add(LocalSetting(name="language", value="fr"))


def a_busy_week(server: rig.Server) -> None:
    """More than half of the north's rows change, one order comes, one leaves."""
    of_all_kinds(server)
    server.set("work_order", town.order_id(1), title="Affaissement", priority=1)
    server.set("work_order", town.order_id(3), crew_id=town.SOUTH, district_id=town.SUD)
    server.set("step", town.step_id(1), label_fr="Surface lisse")
    for person in (town.LUC, town.ANNE, town.MARC, town.BOSS):
        server.set("person", person, language="en")
    for crew in (town.NORTH, town.SOUTH):
        server.set("crew", crew, shop="carpentry")


def long_away(server: rig.Server, folder: Path) -> FileTablet:
    """It worked offline, and has not been heard of for eight busy days."""
    made = a_file_tablet(server, folder / "tablet", keep_copies(server, folder))
    pull(made)
    worked_offline(made)
    a_busy_week(server)
    made.clock.forward(days=8)
    server.clock.forward(days=8)
    return made


def had_it_read_pages(tablet: FileTablet) -> dict[str, Any]:
    """All that the same tablet would hold if it had read pages."""
    tablet.restart()
    folder = tablet.folder.parent / "twin"
    shutil.copytree(tablet.folder, folder)
    database = open_store(folder, new_id=rig.an_id)
    twin = FileTablet(database, tablet.link, tablet.clock, folder=folder)
    pull(twin)
    held = all_of(twin)
    database.close()
    return held
