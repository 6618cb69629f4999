"""What citizens see of the finished work: the pictures that its crew took afterwards, small."""

import io
from hashlib import sha256
from pathlib import Path

from asset_model.incidents import Incident
from sync_server.photo_depot import open_depot
from tests.intake.clients import Client, a_picture
from tests.intake.pages import Visitor, report
from tests.intake.town import AT, an_order
from tests.sync.rig import insert
from tests.sync.town import LUC


def taken(client: Client, folder: Path, order: str, moment: str | None, colour: str) -> bytes:
    """A picture of an order whose thumbnail is here; its whole file is on a tablet yet."""
    content = a_picture(colour)
    name = sha256(content).hexdigest()
    open_depot("", folder).keep(name, io.BytesIO(content))
    client.server.write(
        insert(
            "photo", work_order_id=order, person_id=LUC, sha256="ab" * 32, byte_size=5,
            media_type="image/jpeg", width=640, height=480, thumbnail_sha256=name,
            thumbnail_size=len(content), moment=moment, taken_at=AT,
        )
    )  # fmt: skip
    return content


def works(page: Visitor) -> list[int]:
    """The ranks of the pictures of the work that a page shows."""
    return [rank for rank in range(9) if f"/done/{rank}.jpg" in page.page.text]


def test_the_page_of_a_report_shows_the_end_of_the_work_once_it_is_done(
    client: Client, tmp_path: Path
) -> None:
    page = report(client)
    (incident,) = client.server.rows(Incident)
    order = an_order(incident.id, "in_progress")
    client.server.write(order)
    for moment, colour in (("before", "red"), (None, "black"), ("defect", "blue")):
        taken(client, tmp_path, order.row, moment, colour)
    after = taken(client, tmp_path, order.row, "after", "green")
    address = page.page.url.split("?")[0]
    assert works(page.open(address)) == []
    assert client.http.get(f"{address}/done/0.jpg", timeout=20).status_code == 404

    client.server.set("work_order", order.row, status="done", completed_at=AT)

    assert works(page.open(address)) == [0]
    shown = client.http.get(f"{address}/done/0.jpg", timeout=20)
    assert (shown.content, shown.headers["Content-Type"]) == (after, "image/jpeg")
    assert client.http.get(f"{address}/done/1.jpg", timeout=20).status_code == 404
    page.fill("/not-fixed", words="Encore là.")
    assert works(page.open(address)) == []
