"""How well reports are grouped, against what clerks decided: precision, recall and F1 of pairs.

Clerks do not note every twin: what they did not note counts here as a mistake of whoever finds it.
Precision is therefore a floor, for us and for the simple rules that stand beside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from operator import attrgetter

from asset_model.grouping.nearby import Grid
from asset_model.grouping.sightings import Sighting
from asset_model.grouping.streams import placed
from asset_model.grouping.weights import Weights

Pair = tuple[str, str]

RULES_M = (50.0, 250.0)
"""What other systems do: same category, within so far, within twelve weeks."""
RULE_WITHIN = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Measured:
    """How one way of grouping did: an edition of weights, or a rule with its radius.

    `found`: pairs it put together; `right`: those that clerks did too; `decided`: the clerks'.
    """

    way: str
    radius_m: float | None
    found: int
    right: int
    decided: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.decided if self.decided else 0.0

    @property
    def f1(self) -> float:
        both = self.found + self.decided
        return 2 * self.right / both if both else 0.0


def measured(
    sightings: Sequence[Sighting],
    groups: Mapping[str, str],
    *,
    weights: Weights,
    since: datetime | None = None,
) -> list[Measured]:
    """Our way and the simple rules, on pairs whose later report came `since`."""
    at = {each.id: each.at for each in sightings}

    def judged(way: str, radius_m: float | None, grouped: Mapping[str, str]) -> Measured:
        found = _since(pairs_of(grouped), at, since)
        decided = _since(pairs_of(groups), at, since)
        return Measured(way, radius_m, len(found), len(found & decided), len(decided))

    ours = {each.sighting.id: each.incident_id for each in placed(sightings, weights=weights)}
    rules = (judged("rule", radius_m, by_rule(sightings, radius_m)) for radius_m in RULES_M)
    return [judged(weights.edition, None, ours), *rules]


def pairs_of(groups: Mapping[str, str]) -> set[Pair]:
    """Every two reports of one incident."""
    members: dict[str, list[str]] = defaultdict(list)
    for report, incident in groups.items():
        members[incident].append(report)
    return {pair for each in members.values() for pair in combinations(sorted(each), 2)}


def _since(pairs: Iterable[Pair], at: Mapping[str, datetime], since: datetime | None) -> set[Pair]:
    return {(a, b) for a, b in pairs if since is None or max(at[a], at[b]) >= since}


def by_rule(sightings: Iterable[Sighting], radius_m: float) -> dict[str, str]:
    """By report: its incident, where each joins the nearest of its category, if near enough."""
    ordered = sorted(sightings, key=attrgetter("at", "id"))
    incident_of: dict[str, str] = {}
    grids: dict[str, Grid] = {}
    for newer in ordered:
        grid = grids.setdefault(newer.category, Grid(radius_m, latitude=newer.lat))
        recent = (each for _, each in grid.around(newer) if newer.at - each.at < RULE_WITHIN)
        nearest_one = next(recent, None)
        incident_of[newer.id] = newer.id if nearest_one is None else incident_of[nearest_one.id]
        grid.add(newer)
    return incident_of
