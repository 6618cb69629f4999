"""The road between a tablet and the server, as long as it holds."""

from collections.abc import Callable
from dataclasses import dataclass

from asset_model.sync.wire import Page, Pull, Push, PushReply, Terms
from field_app.sync.transport import LinkDown, OtherProtocol
from tests.simulation.letters import TURNED_AWAY, Answer, Kind
from tests.simulation.server import Server
from tests.simulation.tablet import Tablet

MESSAGES_MAX = 100
"""Of one round; one in which all goes well takes a few."""


class NeverEnds(Exception):
    """Two sides talk and talk, and come to nothing."""


@dataclass
class Link:
    """A transport (`field_app.sync.transport`) without a network.

    It breaks at the message of this number, if there is one: `how` is what becomes of it, the
    answer of somebody else, or its own answer torn or lost.
    """

    server: Server
    tablet: Tablet
    breaks_at: int | None = None
    how: int = 0
    meanwhile: tuple[int, Callable[[], None]] | None = None
    """What happens just before the message of a number."""
    spoken: int = 0

    def push(self, push: Push) -> PushReply:
        told = self._told("push", push)
        assert isinstance(told, PushReply)
        return told

    def pull(self, pull: Pull) -> Page | Terms:
        told = self._told("pull", pull)
        assert not isinstance(told, PushReply)
        return told

    def _told(self, kind: Kind, message: Push | Pull) -> PushReply | Page | Terms:
        """In an older protocol where the server knows no better."""
        try:
            return self.tablet.understood(kind, self._answer(kind, message))
        except OtherProtocol as other:
            self.tablet.speaks = other.spoken
            return self.tablet.understood(kind, self._answer(kind, message))

    def _answer(self, kind: Kind, message: Push | Pull) -> Answer | None:
        self.spoken += 1
        if self.spoken > MESSAGES_MAX:
            raise NeverEnds(f"{self.tablet.name} and the server, over a {kind}")
        if self.meanwhile is not None and self.meanwhile[0] == self.spoken:
            self.meanwhile[1]()
        broken = self.breaks_at is not None and self.spoken >= self.breaks_at
        if broken and self.how < len(TURNED_AWAY):
            return TURNED_AWAY[self.how]
        answer = self.server.answer(self.tablet.code, kind, self.tablet.spoken(message))
        if not broken or answer is None:
            return answer
        if self.how == len(TURNED_AWAY):
            raise LinkDown("the answer was lost")
        return Answer(answer.status_code, answer.body[: len(answer.body) * 2 // 3])


WAYS_TO_BREAK = len(TURNED_AWAY) + 2
