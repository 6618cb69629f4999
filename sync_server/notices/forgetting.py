"""What notices quote of somebody who is to be forgotten: the town's answers may name them."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync_server.notices.tables import Notice

ANSWERS = ("answer_fr", "answer_en")


def hide_in_notices(session: Session, incidents: Sequence[str], hide: Callable[[str], str]) -> int:
    """Rewrite the answers that notices of these incidents hold; in how many that changed one."""
    changed = 0
    for notice in session.scalars(select(Notice).where(Notice.incident_id.in_(incidents))):
        said = {name: text for name in ANSWERS if (text := notice.facts.get(name))}
        hidden = {name: hide(text) for name, text in said.items()}
        if hidden != said:
            notice.facts = notice.facts | hidden
            changed += 1
    return changed
