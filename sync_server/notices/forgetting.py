"""What notices quote of somebody who is to be forgotten: the town's answers may name them."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync_server.notices.tables import Channel, Notice, State
from sync_server.row_counts import changed

ANSWERS = ("answer_fr", "answer_en")


def hide_in_notices(session: Session, incidents: Sequence[str], hide: Callable[[str], str]) -> int:
    """Rewrite the answers that notices of these incidents hold; in how many that changed one."""
    rewritten = 0
    for notice in session.scalars(select(Notice).where(Notice.incident_id.in_(incidents))):
        said = {name: text for name in ANSWERS if (text := notice.facts.get(name))}
        hidden = {name: hide(text) for name, text in said.items()}
        if hidden != said:
            notice.facts = notice.facts | hidden
            rewritten += 1
    return rewritten


def forget_letters(session: Session, reports: Sequence[str]) -> int:
    """Forget which letters these reports' senders had; how many.

    What waits is dropped as it would leave, for nobody is there to read it.
    """
    return changed(
        session,
        delete(Notice).where(
            Notice.channel == Channel.EMAIL,
            Notice.report_id.in_(reports),
            Notice.state != State.WAITING,
        ),
    )
