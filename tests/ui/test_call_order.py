"""Under a call that is registered its order is made in one touch, by whoever may."""

from sqlalchemy import select

from asset_model.work_orders import WorkOrder
from tests.ui.incidents import an_incident
from tests.ui.test_call import TOLD, desk_of, placed
from tests.ui.town import Town


def test_a_foreman_makes_the_order_of_a_call_in_one_touch_of_the_template_for_it(
    at_311: Town,
) -> None:
    hole = an_incident(at_311, "hole")
    desk_of(at_311, report_take={**TOLD, "incident": hole})

    with at_311.signed_in("diane", route="/call") as screen:
        placed(screen)
        screen.enter("call-words", "Gros trou")
        screen.tap("answer-taille-pneu")
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))
        screen.tap("likely-nid-de-poule")

        assert screen.has("call-order")
        assert not screen.has("likely-nid-de-poule")
        assert not screen.failures
    with at_311.database.reading() as session:
        (order,) = session.scalars(select(WorkOrder).where(WorkOrder.incident_id == hole))
        assert order.template is not None


def test_the_order_of_a_call_waits_for_its_incident_to_come(at_311: Town) -> None:
    desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Gros trou")
        screen.tap("answer-taille-pneu")
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))

        assert "L’incident arrive du serveur" in screen.text
        assert not screen.failures
