"""A town's network laid out for asking: the graph, and the pipe under a place."""

from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import Position, middle
from asset_model.linear.nearest import Lines, Nearest
from asset_model.network.graph import Graph
from asset_model.network.stored import CLASSES, IN_THE_GROUND, StoredNetwork, read_network

PIPE_WITHIN_M = 60.0
"""A break is told by its address or its street: the main is under it, or beside it."""

Mark = tuple[object, ...]


class Ground:
    """A stored network; made once, asked often."""

    def __init__(self, stored: StoredNetwork) -> None:
        self.graph = Graph(stored.network)
        self.astray = stored.astray
        self._stored = stored

    def knows(self, tag: str) -> bool:
        """Whether there is a pipe, a valve, a tap or a node of this tag."""
        network = self.graph.network
        there = (network.pipes, network.valves, network.taps, self.graph.node_spots)
        return any(tag in named for named in there)

    def pipe_near(self, position: Position, *, within_m: float = PIPE_WITHIN_M) -> Nearest | None:
        return self._lines.nearest(position, within_m=within_m)

    def place_of(self, tag: str, share: float | None = None) -> Position | None:
        """Where a pipe is broken: at a share of its length, else at its middle."""
        if tag not in self._stored.lines:
            return None
        if share is None:
            return middle(self._stored.lines[tag])
        ruler = self._lines.ruler(tag)
        return ruler.at(share * ruler.length_m)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._stored.lines)


class Grounds:
    """The ground as it was last laid out, until an asset of the network changes."""

    def __init__(self) -> None:
        self._mark: Mark | None = None
        self._ground: Ground | None = None

    def of(self, session: Session) -> Ground:
        mark = _mark(session)
        if self._ground is None or mark != self._mark:
            self._mark, self._ground = mark, Ground(read_network(session))
        return self._ground


def _mark(session: Session) -> Mark:
    """Differs whenever the server has told something new of an asset of the network, or somebody
    here has found a valve in another condition.
    """
    query = select(func.count(), func.max(Asset.version)).where(Asset.class_code.in_(CLASSES))
    standing = query.where(Asset.status.in_(IN_THE_GROUND))
    condition = Asset.attributes["condition"].as_string()
    found = select(Asset.tag, condition).where(Asset.class_code == "valve", condition != "working")
    told = tuple(map(tuple, session.execute(found.order_by(Asset.tag))))
    return *session.execute(query).one(), *session.execute(standing).one(), told
