"""Rows that the server adds because of what somebody did: journalled as its own, and only once."""

from asset_model.base import instant
from asset_model.ids import derived_id
from asset_model.sync.wire import Change, Columns, Group
from asset_model.vocabulary import Role
from sync_server.decide import Maker, decide
from sync_server.workspace import Draft

OWN_HAND = Maker(None, Role.ADMINISTRATOR, None, None)


def entail(draft: Draft, table: str, row: str, after: Columns) -> Change:
    """Add a row, whose id tells what it was made for.

    :raises Refused: what `decide` refuses
    """
    id = derived_id("entailed", table, row)
    return _entail(draft, Change(id=id, table=table, row=row, op="insert", after=after))


def entail_edit(
    draft: Draft, table: str, row: str, before: Columns, after: Columns, *, because: str
) -> Change:
    """Edit a row; `because`: the id of the change that asks for it."""
    id = derived_id("entailed", table, row, because)
    return _entail(
        draft, Change(id=id, table=table, row=row, op="edit", before=before, after=after)
    )


def _entail(draft: Draft, change: Change) -> Change:
    outcome = decide(draft, change, OWN_HAND)
    group = Group(
        id=derived_id("group of", change.id),
        person="",
        made_at=instant(draft.workspace.now),
        changes=(change,),
    )
    draft.ensuing.entailed.append((group, [outcome]))
    return change
