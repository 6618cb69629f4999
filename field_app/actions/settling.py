"""What a foreman does about a matter, and what its author does when it comes back to them."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from asset_model.base import UtcDateTime, instant
from asset_model.codec import table_of
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.matters import Choice, Matter, MatterKind, MatterState, Settlement
from asset_model.roles import SIGNATURES
from asset_model.sync.wire import Columns
from asset_model.transitions import OFFICE
from field_app.actions.acting import role_of
from field_app.store.edits import recorded
from field_app.store.images import stored
from field_app.store.local import LocalChange, State

WORD_LENGTH_MAX = 500


def settle(
    session: Session,
    matter_id: str,
    choice: Choice,
    *,
    by: Author,
    value: Columns | None = None,
    word: str | None = None,
) -> None:
    """Choose. The server does it, unless somebody has chosen before or the row has moved on.

    `value`: what the author writes instead: of a contested row the columns, of an act that was not
    taken the columns by change.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    _check_office(session, by, choice)
    if choice == Choice.SEND_BACK and not (word or "").strip():
        raise Refused("bad_value", field="word", value="", why="…")
    if len(word or "") > WORD_LENGTH_MAX:
        raise Refused("bad_value", field="word", value="…", why=f"≤ {WORD_LENGTH_MAX}")
    matter = session.get_one(Matter, matter_id)
    waiting = _on_its_way(session, matter)
    over = _seen(session, matter, waiting) if matter.kind == MatterKind.CONTESTED else {}
    _add(session, matter, choice, waiting, by, value=value or {}, over=over, word=word)


def acknowledge(session: Session, act_id: str, *, by: Author) -> None:
    """The author has seen what was sent back: it need not be shown to them any more."""
    group = (LocalChange.group_id == act_id, LocalChange.state == State.RETURNED)
    session.execute(update(LocalChange).where(*group).values(state=State.CLOSED))
    query = select(Matter).where(Matter.act_id == act_id, Matter.state == MatterState.RETURNED)
    for matter in session.scalars(query).all():
        if matter.person_id == by.person_id:
            waiting = _on_its_way(session, matter)
            _add(session, matter, Choice.SEEN, waiting, by, value={}, over={}, word=None)


def _check_office(session: Session, by: Author, choice: Choice) -> None:
    role = role_of(session, by)
    if role not in OFFICE:
        raise Refused("role_not_allowed", role=role, what=f"settlement: {choice}")


def _on_its_way(session: Session, matter: Matter) -> Settlement | None:
    """The last settlement made here that the server has not answered yet."""
    query = select(Settlement).where(Settlement.matter_id == matter.id, Settlement.result.is_(None))
    return session.scalars(query.order_by(Settlement.settled_at.desc())).first()


def _seen(session: Session, matter: Matter, waiting: Settlement | None) -> Columns:
    """What the row holds in the contested columns, once what is on its way has been done."""
    (contest,) = matter.changes
    row = stored(session, contest["table"], contest["row"]) or {}
    seen = {line["column"]: row.get(line["column"]) for line in contest["lines"]}
    if waiting is None:
        return seen
    if waiting.choice == Choice.TAKE:
        return {line["column"]: line["set_aside"] for line in contest["lines"]}
    if waiting.choice == Choice.EDIT:
        types = table_of(contest["table"]).columns
        return {name: _written(name, types[name].type, seen[name], waiting) for name in seen}
    return seen


def _written(name: str, kind: Any, now: Any, waiting: Settlement) -> Any:
    if name in waiting.value:
        return waiting.value[name]
    if name in SIGNATURES:
        return waiting.person_id
    return instant(waiting.settled_at) if isinstance(kind, UtcDateTime) else now


def _add(
    session: Session,
    matter: Matter,
    choice: Choice,
    waiting: Settlement | None,
    by: Author,
    *,
    value: Columns,
    over: Columns,
    word: str | None,
) -> None:
    with recorded(session, by=by):
        session.add(
            Settlement(
                id=by.new_id(),
                matter_id=matter.id,
                work_order_id=matter.work_order_id,
                person_id=by.person_id,
                choice=choice,
                value=value,
                over=over,
                word=(word or "").strip() or None,
                previous_id=waiting.id if waiting else matter.settlement_id,
                settled_at=by.now,
            )
        )
