"""The reasons for and against two sightings being of one thing, as log-odds that add up.

Distance is judged against the crowd: two potholes 20 m apart in a quiet street are likelier one
than two among thirty. That is the ratio of two densities, a Gaussian of the pins' scatter over a
Poisson of the category's sightings around: ln(exp(-d²/2s²) / 2πs²λ).
"""

from dataclasses import dataclass
from math import exp, log, log1p, pi

from asset_model.grouping.sightings import Sighting, days_between, metres_between
from asset_model.grouping.weights import Kind, Weights

WINDOW_DAYS = 84.0
"""Over which an unrelated sighting of the category is as likely on one day as on another."""

FARTHEST = -12.0
"""No distance or age says more against than this: a pin may be plainly wrong."""

SPOT_M = 5.0
"""Pins closer than this came from one geocoded address, not from two places."""

DECIDED = 30.0
"""Log-odds beyond which exp() would only overflow."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What is around the newer one: things of the category that are not closed, and how many
    sightings came from its very spot.
    """

    open_around: int
    on_the_spot: int
    radius_m: float

    @property
    def per_square_metre(self) -> float:
        return (self.open_around + 1) / (pi * self.radius_m**2)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: how strongly it holds (`value`) and what it adds to the score (`log_odds`)."""

    reason: str
    value: float
    log_odds: float


@dataclass(frozen=True, slots=True)
class Score:
    evidence: tuple[Evidence, ...]
    distance_m: float
    days: float

    @property
    def log_odds(self) -> float:
        return sum(each.log_odds for each in self.evidence)

    @property
    def probability(self) -> float:
        return 1 / (1 + exp(-max(-DECIDED, min(DECIDED, self.log_odds))))


def scored(
    newer: Sighting, older: Sighting, *, crowd: Crowd, closed: bool, weights: Weights
) -> Score:
    """`closed`: the incident of `older` was closed when `newer` came."""
    distance_m = metres_between(newer, older)
    days = max(0.0, days_between(older, newer))
    held = strengths(newer, older, distance_m, days, crowd, closed, weights)
    evidence = tuple(
        Evidence(reason, value, value * weights.of.get(reason, 0.0))
        for reason, value in held.items()
        if value
    )
    return Score(evidence, distance_m, days)


def strengths(
    newer: Sighting,
    older: Sighting,
    distance_m: float,
    days: float,
    crowd: Crowd,
    closed: bool,
    weights: Weights,
) -> dict[str, float]:
    """How strongly each reason holds, before its weight; learning reads these too."""
    kind = weights.kind(newer.category)
    variance = kind.spread_m**2 + newer.accuracy_m**2 + older.accuracy_m**2
    return {
        "base": 1.0,
        "distance": max(FARTHEST, -(distance_m**2) / (2 * variance)),
        "crowd": -log(2 * pi * variance * crowd.per_square_metre),
        "same_spot": log1p(crowd.on_the_spot) if distance_m <= SPOT_M else 0.0,
        "age": _age(days, kind),
        "same_kind": float(newer.category == older.category),
        **_sameness(newer, older),
        **_words(newer, older),
        "was_closed": float(closed),
        "newer_by_staff": float(newer.by_staff),
        "older_by_staff": float(older.by_staff),
        "category": kind.bias,
    }


def _age(days: float, kind: Kind) -> float:
    """Twins follow the first within the category's life; strangers come at any time."""
    return max(FARTHEST, log(WINDOW_DAYS / kind.life_days) - days / kind.life_days)


def _sameness(newer: Sighting, older: Sighting) -> dict[str, float]:
    both_addressed = newer.address is not None and older.address is not None
    both_placed = newer.asset_id is not None and older.asset_id is not None
    one_address = both_addressed and newer.address == older.address
    one_asset = both_placed and newer.asset_id == older.asset_id
    return {
        "same_address": float(one_address),
        "other_address": float(both_addressed and not one_address),
        "same_asset": float(one_asset),
        "other_asset": float(both_placed and not one_asset),
        "same_reporter": float(newer.reporter is not None and newer.reporter == older.reporter),
    }


def _words(newer: Sighting, older: Sighting) -> dict[str, float]:
    shared = newer.concepts & older.concepts
    told = bool(newer.concepts and older.concepts)
    return {
        "shared_words": float(min(3, len(shared))),
        "other_words": float(told and not shared),
    }
