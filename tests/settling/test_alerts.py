"""A tablet that held other rows than the server: the office is told, until it has seen it."""

from asset_model.matters import Choice, Matter
from field_app.actions import settling
from field_app.sync.rounds import run_round
from sync_server.tables import DeviceReport
from tests.sync.rig import Server, Tablet
from tests.sync.town import BOSS


def spoil(tablet: Tablet) -> None:
    """The disk rots under the tablet's rows."""
    with tablet.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE work_order SET title = 'Rongé'")
        session.connection().exec_driver_sql("UPDATE bucket_position SET verified = -1")


def prove(*tablets: Tablet) -> None:
    """Rounds that compare digests as well."""
    for tablet in tablets:
        run_round(tablet.database, tablet.link, tablet.clock, verify=True)


def test_a_tablet_that_differed_and_mended_itself_is_told_to_the_office_only(
    server: Server, tablet: Tablet, office: Tablet
) -> None:
    spoil(tablet)

    prove(tablet)
    assert len(server.rows(DeviceReport)) > 0
    office.sync()
    told = {m.details["bucket"]: m for m in office.all(Matter)}
    assert {m.kind for m in told.values()} == {"device"}
    assert {m.device_code for m in told.values()} == {"T1"}
    prove(tablet, tablet, tablet)
    office.sync()

    assert tablet.order().title == "Nid-de-poule 1"
    assert all("repaired_at" in m.details for m in office.all(Matter))
    assert tablet.all(Matter) == []


def test_an_alert_that_was_seen_is_raised_again_when_the_tablet_differs_again(
    server: Server, tablet: Tablet, office: Tablet
) -> None:
    for _ in range(2):
        spoil(tablet)
        prove(tablet, tablet, tablet, tablet)
        office.sync()
        alerts = office.all(Matter)
        assert {m.state for m in alerts} == {"open"}
        for alert in alerts:
            office.do(settling.settle, alert.id, Choice.SEEN, person=BOSS)
        office.sync()
        assert {m.state for m in office.all(Matter)} == {"settled"}
