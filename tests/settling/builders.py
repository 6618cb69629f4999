"""What a foreman says to the server, and the matters that wait for one."""

from typing import Any

from asset_model.matters import Choice, Matter, Settlement
from asset_model.sync.wire import Outcome
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, order_id, step_id

ORDER, OTHER = order_id(1), order_id(3)
STEP = step_id(1)
LATER = "2026-11-23T09:00:00.000Z"


def settle(
    server: Server,
    matter: Matter,
    choice: str,
    *,
    person: str = BOSS,
    device: str = "B1",
    **more: Any,
) -> Outcome:
    """Somebody who sees the matter as it is given chooses."""
    values = {
        "matter_id": matter.id,
        "person_id": person,
        "choice": choice,
        "settled_at": LATER,
        "previous_id": matter.settlement_id,
        **more,
    }
    return server.push(group(insert("settlement", **values), person=person), device=device)[0]


def matter(server: Server) -> Matter:
    (only,) = server.rows(Matter)
    assert isinstance(only, Matter)
    return only


def settlements(server: Server) -> list[Settlement]:
    return server.rows(Settlement)


def a_contest(server: Server) -> Matter:
    """Luc answered a step “ok”; Anne, who had not seen that, answered it “defect”."""
    for person, answer in ((LUC, "ok"), (ANNE, "defect")):
        told = edit(
            "step", STEP, {"answer": None, "answered_by": None}, answer=answer, answered_by=person
        )
        server.push(group(told, person=person))
    return matter(server)


def seen(contest: Matter) -> dict[str, Any]:
    """The values that whoever looks at a contest sees in the row."""
    return {line["column"]: line["kept"] for line in contest.changes[0]["lines"]}


def a_refusal(server: Server, title: str = "Affaissement") -> Matter:
    """Luc gave an order a title, which a crew may not."""
    server.push(group(edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title=title)))
    return matter(server)


def answer(server: Server) -> tuple[str | None, str | None]:
    row = server.row("step", STEP) or {}
    return row["answer"], row["answered_by"]


def title(server: Server) -> str:
    row = server.row("work_order", ORDER) or {}
    return str(row["title"])


CHOICES = (Choice.KEEP, Choice.TAKE, Choice.EDIT, Choice.SEND_BACK)
