"""What a person's choice on a matter does: to rows, to the journal, and to the matter itself.

The first settlement stands. One that comes later, or can no longer be done, is kept with the
reason, and changes nothing else (docs/decisions/0011).
"""

import logging
from dataclasses import dataclass, replace

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.matters import NOT_TAKEN, Choice, MatterKind, MatterState, SettlementResult
from asset_model.sync.wire import Columns
from asset_model.transitions import OFFICE
from sync_server.decide import Maker
from sync_server.feed import Image
from sync_server.settling_acts import settle_act
from sync_server.settling_contests import settle_contest
from sync_server.workspace import Draft

log = logging.getLogger(__name__)

_WHILE_OPEN = frozenset({Choice.KEEP, Choice.TAKE, Choice.EDIT, Choice.SEND_BACK})
_POSSIBLE: dict[tuple[str, str], frozenset[Choice]] = {
    (MatterKind.CONTESTED, MatterState.OPEN): _WHILE_OPEN,
    (MatterKind.CONTESTED, MatterState.RETURNED): frozenset({Choice.SEEN, Choice.REOPEN}),
    (MatterKind.CONTESTED, MatterState.SETTLED): frozenset({Choice.REOPEN}),
    (MatterKind.REFUSED, MatterState.OPEN): _WHILE_OPEN,
    (MatterKind.REFUSED, MatterState.RETURNED): frozenset({Choice.SEEN}),
    (MatterKind.PARKED, MatterState.OPEN): _WHILE_OPEN,
    (MatterKind.PARKED, MatterState.RETURNED): frozenset({Choice.SEEN}),
    (MatterKind.DEVICE, MatterState.OPEN): frozenset({Choice.SEEN}),
    (MatterKind.DEVICE, MatterState.SETTLED): frozenset({Choice.REOPEN}),
    (MatterKind.TURN, MatterState.OPEN): frozenset({Choice.SEEN}),
    (MatterKind.TURN, MatterState.SETTLED): frozenset({Choice.REOPEN}),
    (MatterKind.NOTICE, MatterState.OPEN): frozenset({Choice.SEEN}),
    (MatterKind.NOTICE, MatterState.SETTLED): frozenset({Choice.REOPEN}),
}
"""What can be chosen on a matter, as it stands. An act that was settled is told to its tablet, and
is not opened again."""

_AFTER: dict[str, str] = {
    Choice.SEND_BACK: MatterState.RETURNED,
    Choice.REOPEN: MatterState.OPEN,
}


@dataclass(frozen=True)
class Asked:
    """A settlement as it came in, and the matter it is about."""

    settlement: Image
    matter: Image

    @property
    def choice(self) -> str:
        return str(self.settlement.columns["choice"])


def settle(draft: Draft, row: str, maker: Maker) -> None:
    """Do what was chosen, in the draft, and note on the settlement what came of it.

    :raises Refused: ``bad_value``, ``role_not_allowed``
    """
    asked = _asked(draft, row)
    _check_right(asked, maker)
    if not _still_possible(asked):
        _note(draft, asked, SettlementResult.LATE)
        return
    forked = draft.fork()
    try:
        _do(forked, asked, maker)
    except Refused as refusal:
        _note(draft, asked, SettlementResult.NOT_TAKEN, refusal)
        return
    except Exception as error:  # An act that breaks the server was parked for that very reason.
        log.exception("matter %s cannot be settled", asked.matter.row)
        failure = Refused("server_error", error=type(error).__name__)
        _note(draft, asked, SettlementResult.NOT_TAKEN, failure)
        return
    draft.join(forked)
    _note(draft, asked, SettlementResult.DONE)
    _move(draft, asked, maker)


def _asked(draft: Draft, row: str) -> Asked:
    settlement = draft.get("settlement", row)
    assert settlement is not None
    matter = draft.get("matter", settlement.columns["matter_id"])
    assert matter is not None
    return Asked(settlement, matter)


def _check_right(asked: Asked, maker: Maker) -> None:
    """The office settles. Others may say that they have seen what was sent back to them."""
    if asked.choice not in set(Choice) - {Choice.BY_ITSELF}:
        raise Refused("bad_value", field="choice", value=asked.choice[:80], why="?")
    own = asked.choice == Choice.SEEN and asked.matter.columns["person_id"] == maker.person_id
    if maker.role not in OFFICE and not own:
        raise Refused("role_not_allowed", role=maker.role, what=f"settlement: {asked.choice}")


def _still_possible(asked: Asked) -> bool:
    """Whether whoever chose saw the matter as it stands."""
    stands = asked.matter.columns
    seen = asked.settlement.columns["previous_id"] == stands["settlement_id"]
    possible = _POSSIBLE.get((stands["kind"], stands["state"]), frozenset())
    return seen and asked.choice in possible


def _do(draft: Draft, asked: Asked, maker: Maker) -> None:
    kind = asked.matter.columns["kind"]
    if asked.choice == Choice.SEEN:
        return
    if kind == MatterKind.CONTESTED:
        settle_contest(draft, asked.settlement, asked.matter, maker)
    elif kind in NOT_TAKEN:
        settle_act(draft, asked.settlement, asked.matter, maker)


def _note(draft: Draft, asked: Asked, result: str, why: Refused | None = None) -> None:
    told: Columns = {
        "result": result,
        "code": why.code if why else None,
        "details": why.details if why else {},
    }
    draft.put(replace(asked.settlement, columns=asked.settlement.columns | told))


def _move(draft: Draft, asked: Asked, maker: Maker) -> None:
    """The matter as it stands after this settlement."""
    settlement, matter = asked.settlement.columns, asked.matter.columns
    moved: Columns = {
        "state": _AFTER.get(asked.choice, MatterState.SETTLED),
        "settlement_id": asked.settlement.row,
    }
    kept_choice = asked.choice == Choice.SEEN and matter["state"] == MatterState.RETURNED
    if not kept_choice:  # Who has seen it did not decide it.
        open_again = asked.choice == Choice.REOPEN
        moved |= {
            "choice": None if open_again else asked.choice,
            "word": settlement["word"],
            "settled_by": None if open_again else maker.person_id,
            "settled_at": None if open_again else instant(draft.workspace.now),
        }
    draft.put(replace(asked.matter, columns=matter | moved))
