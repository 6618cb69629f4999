"""Playing a tablet's day and keeping what it says: `python -m tests.recordings.recorder`.

Run it once when a protocol is new, and never again for that protocol: the file is the app as it
was in the field. Protocol 1 was never released: its file is the same day without what protocol 2
added. What only a server knows (epoch, scope, positions) is left out of the pulls.
"""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from asset_model.sync.wire import PROTOCOL, Page, Pull, Push, PushReply, Terms
from asset_model.vocabulary import WorkOrderStatus as S
from field_app.actions import facts, work_orders
from field_app.actions.new_orders import NewOrder
from tests.sync import town
from tests.sync.rig import DirectLink, Tablet, a_server, rename

FOLDER = Path(__file__).parent


class Recorder(DirectLink):
    """A link that writes down what passes."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.heard: list[dict[str, Any]] = []

    def push(self, push: Push) -> PushReply:
        reply = super().push(push)
        results = [[outcome.result, outcome.code] for outcome in reply.outcomes]
        self.heard.append({"push": asdict(push), "results": results})
        return reply

    def pull(self, pull: Pull) -> Page | Terms:
        asked = {**asdict(pull), "epoch": None, "scope": None, "positions": {}}
        self.heard.append({"pull": asked | {"since": {}, "seal": ""}})
        return super().pull(pull)


def record() -> list[dict[str, Any]]:
    """A day of work without signal, and the round that follows it."""
    server = a_server()
    link = Recorder(server, "T1")
    tablet = Tablet(town.open_tablet(tempfile.mkdtemp(), 1), link)
    tablet.sync()
    tablet.do(work_orders.move, town.order_id(1), S.ACCEPTED)
    tablet.do(work_orders.move, town.order_id(1), S.IN_PROGRESS)
    tablet.do(work_orders.answer, town.step_id(1), "ok")
    tablet.do(facts.log_hours, town.order_id(1), 1.5)
    tablet.do(facts.use_material, town.order_id(1), town.named("part", "asphalt"), 0.4)
    tablet.do(facts.comment, town.order_id(1), "Bordure fissurée à côté, à revoir l’été prochain.")
    tablet.do(rename, "Titre qu’une équipe ne donne pas")
    tablet.do(work_orders.move, town.order_id(1), S.DONE)
    new = NewOrder(title="Puisard bouché", asset_id=town.named("street", "3"))
    tablet.do(work_orders.create, new, device_code="T1")
    tablet.sync()
    return link.heard


def main() -> None:
    file = FOLDER / f"protocol_{PROTOCOL}.json"
    file.write_text(json.dumps(record(), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
