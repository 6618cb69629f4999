"""Accepting what a tablet sends: each group lands whole or not at all, each change is answered.

A change that was answered before gets the same answer again. Nothing that arrives is thrown
away: what is refused or parked stays in the journal, whole.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.sync.reading import may_be_id
from asset_model.sync.wire import Change, Group, Outcome, Push, Result
from asset_model.tables import OF_AN_ASSET
from asset_model.troubles import trouble_of
from asset_model.vocabulary import Role
from sync_server import feed, following, journal, matters
from sync_server.collisions import written
from sync_server.decide import PARENTS, Maker, decide
from sync_server.intake import ahead
from sync_server.roster import maker_of
from sync_server.senders import Sender, sender_again, when_made
from sync_server.settling import settle
from sync_server.spoken import Decided
from sync_server.tables import JournalEntry
from sync_server.workspace import Draft, Key, Workspace

log = logging.getLogger(__name__)

LANDED = frozenset({"applied", "merged"})

PARKS = frozenset(
    {
        "table_unknown",
        "column_unknown",
        "row_unknown",
        "behind_parked",
        "left_long_ago",
        "person_inactive",
    }
)
"""Refusals that time or a person may lift: the change waits instead of being refused."""


def accept(database: Database, push: Push, sender: Sender, *, now: datetime) -> list[Outcome]:
    """Apply the groups in order, in one transaction; where one breaks it, each in its own."""
    try:
        return _together(database, push.groups, sender, now=now)
    except Exception:
        log.exception("a batch of %d group(s) broke; trying each by itself", len(push.groups))
    return [o for group in push.groups for o in _alone(database, group, sender, now=now)]


def _together(
    database: Database, groups: Sequence[Group], sender: Sender, *, now: datetime
) -> list[Outcome]:
    return written(database, lambda session: apply_groups(session, groups, sender, now=now))


def _alone(database: Database, group: Group, sender: Sender, *, now: datetime) -> list[Outcome]:
    try:
        return _together(database, [group], sender, now=now)
    except Exception as error:
        # A key that stays taken is the change's own fault; anything else is the database's
        # trouble, and the change will be sent again.
        if trouble_of(error) is not None and not isinstance(error, IntegrityError):
            raise
        log.exception("group %s is parked", group.id)
        failure = Refused("server_error", error=type(error).__name__)
    with database.writing() as session:
        outcomes = [_turned_down(change, failure, "parked") for change in group.changes]
        journal.record(session, [(group, outcomes)], sender, now=now)
        workspace = Workspace(session, now=now)
        matters.follow(workspace, [(workspace.spoken.hear(group, sender.schema), outcomes)], sender)
        if not workspace.write():
            _move_on(session)
        return outcomes


def _move_on(session: Session) -> None:
    """The history moves where only the journal grows: an older copy of it must not look like it.

    Whoever put such a copy back would otherwise lose what was refused or parked since, unnoticed.
    """
    feed.take_positions(session, 1)


def apply_groups(
    session: Session, groups: Sequence[Group], sender: Sender, *, now: datetime
) -> list[Outcome]:
    """Decide every group against what the database holds, then write all that stands."""
    workspace = Workspace(session, now=now)
    groups = [workspace.spoken.hear(group, sender.schema) for group in groups]
    changes = [change for group in groups for change in group.changes]
    workspace.changes = changes
    known = journal.answered(session, [change.id for change in changes])
    workspace.load(_rows_of(groups, known))
    parked = journal.parked_rows(session, {change.row for change in changes}, sender.device_id)
    decided: list[Decided] = []
    for whole in groups:
        group = _unanswered(whole, known)
        if group is None:
            continue
        outcomes = _as_before(group, whole, known) or _decide_group(
            workspace, group, sender, parked
        )
        parked |= {
            c.row for c, o in zip(group.changes, outcomes, strict=True) if o.result == "parked"
        }
        known |= {outcome.change: outcome for outcome in outcomes}
        decided.append((group, outcomes))
    matters.follow(workspace, decided, sender)
    arrived = _arrived(decided + workspace.ensuing.entailed)
    lifted = lift(session, workspace, arrived, now=now)
    if not workspace.write() and decided:
        _move_on(session)
    placed = _placed(workspace, decided + workspace.ensuing.entailed)
    journal.record(session, placed, sender, now=now)
    journal.amend(session, _placed(workspace, lifted + workspace.ensuing.amended))
    known |= {outcome.change: outcome for _, outcomes in placed for outcome in outcomes}
    return [known[change.id] for change in changes if change.id in known]


def _rows_of(groups: Sequence[Group], known: Mapping[str, Outcome]) -> Iterator[Key]:
    """What will be worked on, as far as the changes tell: locked at once, in one order for all,
    two writers rarely wait for each other.
    """
    for group in groups:
        fresh = [change for change in group.changes if change.id not in known]
        if fresh and group.person:
            yield ("person", group.person)
        for change in fresh:
            yield (change.table, change.row)
            for table, column in PARENTS:
                if may_be_id(parent := change.after.get(column)):
                    yield (table, parent)
            if change.table in OF_AN_ASSET and may_be_id(asset := change.after.get("asset_id")):
                yield ("asset", asset)
            yield from ahead.rows_of(change)


def _arrived(decided: list[Decided]) -> set[str]:
    """Rows that this batch brings: what waited for them may be tried again."""
    return {
        change.row
        for group, outcomes in decided
        for change, outcome in zip(group.changes, outcomes, strict=True)
        if change.op == "insert" and outcome.result in LANDED
    }


def lift(
    session: Session, workspace: Workspace, arrived: set[str], *, now: datetime
) -> list[Decided]:
    """Try again what was parked for want of these rows, and what waits behind that in turn."""
    waiting = journal.waiting_for(session, arrived) if arrived else []
    return _try_again(workspace, waiting, now=now)


def understand_again(session: Session, *, now: datetime) -> int:
    """Try again what spoke of tables or columns unknown here: we may have been updated since.

    How many groups found their end. Of servers that start together, one does it.
    """
    if not journal.not_understood(session):
        return 0
    feed.take_positions(session, 0)  # From here on the others wait, and then find it done.
    workspace = Workspace(session, now=now)
    decided = _try_again(workspace, journal.not_understood(session), now=now)
    workspace.write()
    journal.record(session, _placed(workspace, workspace.ensuing.entailed), Sender(), now=now)
    journal.amend(session, _placed(workspace, decided + workspace.ensuing.amended))
    return sum(outcomes[0].result != "parked" for _, outcomes in decided)


def _try_again(
    workspace: Workspace, waiting: Sequence[tuple[Group, JournalEntry]], *, now: datetime
) -> list[Decided]:
    decided: list[Decided] = []
    answered: set[str] = set()
    raised: set[str] = set()
    arrived: set[str] = set()
    while True:
        for group, heard in waiting:
            if group.id in answered:
                continue  # The journal is amended at the end: until then it says "parked".
            sender = sender_again(workspace.session, heard, now=now)
            today = workspace.spoken.hear(group, heard.schema)
            outcomes = _decide_group(workspace, today, sender, set())
            if not all(outcome.result == "parked" for outcome in outcomes):
                arrived |= {change.row for change in group.changes}
                answered.add(group.id)
            matters.follow(workspace, [(today, outcomes)], sender)
            decided.append((today, outcomes))
        settled = [group for group, _ in workspace.ensuing.amended if group.id not in answered]
        answered |= {group.id for group in settled}
        arrived |= {change.row for group in settled for change in group.changes}
        arrived |= workspace.born("matter") - raised
        raised = workspace.born("matter")
        if not arrived:
            matters.close(workspace, decided)
            return decided
        waiting, arrived = journal.waiting_for(workspace.session, arrived), set()


def _unanswered(whole: Group, known: Mapping[str, Outcome]) -> Group | None:
    """What of a group was not answered before: nearly always all or nothing of it."""
    rest = tuple(change for change in whole.changes if change.id not in known)
    if len(rest) == len(whole.changes):
        return whole
    return replace(whole, changes=rest) if rest else None


def _as_before(group: Group, whole: Group, known: Mapping[str, Outcome]) -> list[Outcome]:
    """The rest of a group of which a part was turned down before shares its lot."""
    earlier = [known[change.id] for change in whole.changes if change.id in known]
    for outcome in earlier:
        if outcome.result not in LANDED:
            companion = Refused("group_refused", because=outcome.code)
            return [_turned_down(change, companion, outcome.result) for change in group.changes]
    return []


def _decide_group(
    workspace: Workspace, group: Group, sender: Sender, parked: set[str]
) -> list[Outcome]:
    draft = Draft(workspace)
    outcomes: list[Outcome] = []
    for change in group.changes:
        try:
            if change.row in parked:
                raise Refused("behind_parked", row=change.row)
            maker = _maker(workspace, group, sender)
            outcomes.append(decide(draft, change, maker))
            following.follow(draft, change, maker)
            if change.table == "settlement":
                settle(draft, change.row, maker)
        except Refused as refusal:
            return _refuse_group(group, change, refusal)
    draft.land()
    return outcomes


def _maker(workspace: Workspace, group: Group, sender: Sender) -> Maker:
    if sender.scope is None:
        return Maker(group.person or None, Role.ADMINISTRATOR, None, None)
    maker = maker_of(workspace, group.person, sender.device_kind, sender.scope)
    at = when_made(group.made_at, sender.clock_error_s, now=workspace.now)
    return replace(maker, made_at=at)


def _refuse_group(group: Group, culprit: Change, refusal: Refused) -> list[Outcome]:
    """One change breaks a rule: it says which; the others of its group say they went with it."""
    result: Result = "parked" if refusal.code in PARKS else "refused"
    companion = Refused("group_refused", because=refusal.code)
    return [
        _turned_down(change, refusal if change.id == culprit.id else companion, result)
        for change in group.changes
    ]


def _turned_down(change: Change, refusal: Refused, result: Result) -> Outcome:
    return Outcome(change=change.id, result=result, code=refusal.code, details=refusal.details)


def _placed(workspace: Workspace, decided: list[Decided]) -> list[Decided]:
    """The outcomes, with where their rows now stand in the feed, in the words of who asked."""
    placed = [
        (
            group,
            [
                replace(outcome, position=workspace.position(change.table, change.row))
                if outcome.result in LANDED
                else outcome
                for change, outcome in zip(group.changes, outcomes, strict=True)
            ],
        )
        for group, outcomes in decided
    ]
    return workspace.spoken.as_said(placed)
