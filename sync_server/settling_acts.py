"""Settling an act that was refused or parked: it is applied after all, or answered for good."""

from dataclasses import replace

from asset_model.errors import Refused
from asset_model.matters import Choice
from asset_model.sync.wire import Change, Columns, Group, Outcome
from sync_server import following, journal
from sync_server.decide import Maker, decide
from sync_server.feed import Image
from sync_server.workspace import Draft


def settle_act(draft: Draft, settlement: Image, matter: Image, maker: Maker) -> None:
    """Apply the act by the right of whoever settles it, or say why it is not to be.

    Its signatures stay those of its author. The rules of merging hold as for any other change: what
    moved since is contested, and not overwritten.

    :raises Refused: what still stands in its way
    """
    found = journal.group_of(draft.workspace.session, matter.columns["act_id"])
    if found is None:
        raise Refused("row_unknown", row=matter.columns["act_id"])
    said, heard = found
    group = draft.workspace.spoken.hear(said, heard.schema)
    choice = settlement.columns["choice"]
    if choice in (Choice.TAKE, Choice.EDIT):
        own = settlement.columns["value"] if choice == Choice.EDIT else {}
        outcomes = [_apply(draft, change, own, matter, maker) for change in group.changes]
    else:
        outcomes = _answered(draft, group, settlement, maker)
    for outcome in outcomes:
        outcome.details["settlement"] = settlement.row
    draft.ensuing.amended.append((group, outcomes))


def _apply(draft: Draft, change: Change, own: Columns, matter: Image, maker: Maker) -> Outcome:
    """:raises Refused:"""
    author = replace(
        maker, person_id=matter.columns["person_id"], made_at=matter.columns["made_at"]
    )
    written = own.get(change.id, {})
    if not isinstance(written, dict) or not change.after.keys() >= written.keys():
        raise Refused("bad_value", field="value", value=str(written)[:80], why="?")
    asked = replace(change, after={**change.after, **written})
    outcome = decide(draft, asked, author)
    following.follow(draft, asked, author)
    # What stands where it is not what the tablet asked: it lays that over until it has read it.
    stands = {**written, **outcome.columns}
    return replace(outcome, columns=stands, details=dict(outcome.details))


def _answered(draft: Draft, group: Group, settlement: Image, maker: Maker) -> list[Outcome]:
    person = draft.get("person", maker.person_id) if maker.person_id else None
    by = person.columns["name"] if person else ""
    sent_back = settlement.columns["choice"] == Choice.SEND_BACK
    details = {"by": by, "word": settlement.columns["word"] or ""}
    code = "sent_back" if sent_back else "dropped"
    return [
        Outcome(change=change.id, result="refused", code=code, details=dict(details))
        for change in group.changes
    ]
