"""Weights learned from what clerks decided: which reports of a file they called one thing.

Logistic regression with a Gaussian prior around the edition that stood before (Newton's method), so
that a town with few decisions keeps nearly what it had. Categories get a bias, a life and a spread
of their own, each drawn towards the common one in the same way.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np
from numpy.typing import NDArray

from asset_model.grouping.assigning import Incident, comparable, crowd_of, was_closed
from asset_model.grouping.evidence import strengths
from asset_model.grouping.nearby import Grid
from asset_model.grouping.sightings import Sighting, days_between, metres_between
from asset_model.grouping.weights import REASONS, Kind, Weights

PRIOR_PAIRS = 10.0
"""A category's own life and spread count as much as the common ones after so many twins."""

PRIOR_PRECISION = 0.1
BIAS_PRECISION = 0.5
STEPS_MAX = 60
HALVINGS_MAX = 30
STRAY_M = 60.0
"""Twins farther apart than this had a wrong pin, and tell nothing of the scatter."""

Floats = NDArray[np.float64]

Groups = Mapping[str, str]
"""Report -> the report that founded its incident, as clerks decided; those alone are missing."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One pair that could have been taken for twins, and whether it was."""

    category: str
    held: dict[str, float]
    same: bool
    reports: frozenset[str]


def learned(
    sightings: Sequence[Sighting],
    groups: Groups,
    *,
    before: Weights,
    edition: str,
    answered: Collection[frozenset[str]] | None = None,
) -> Weights:
    """A new edition from the decisions in `groups`; ValueError if there is none to learn from.

    With `answered`, pairs that `before` would only have asked about tell something only if they are
    among those.
    """
    shaped = replace(before, kinds=_kinds(sightings, groups, before), edition=edition)
    every = decided_pairs(sightings, groups, shaped)
    pairs = [pair for pair in every if _tells(pair, before, answered)]
    if not any(pair.same for pair in pairs):
        raise ValueError("no two reports of the file were called one thing: nothing to learn from")
    return _with_thresholds(_fitted(pairs, shaped), pairs)


def _tells(pair: Decided, before: Weights, answered: Collection[frozenset[str]] | None) -> bool:
    if answered is None or pair.reports in answered:
        return True
    odds = sum(value * before.of.get(reason, 0.0) for reason, value in pair.held.items())
    return not before.suggest_at <= 1 / (1 + exp(-max(-30, min(30, odds)))) < before.attach_at


def decided_pairs(
    sightings: Sequence[Sighting], groups: Groups, weights: Weights
) -> Iterable[Decided]:
    """Every comparable pair within reach, the older first known, as clerks had grouped them."""
    by_id = {each.id: each for each in sightings}
    grid = Grid(weights.around_m, latitude=sightings[len(sightings) // 2].lat)
    incident_of = _incidents(by_id, groups)
    for newer in sorted(sightings, key=lambda each: (each.at, each.id)):
        around = [pair for pair in grid.around(newer) if comparable(newer, pair[1], weights)]
        crowd = crowd_of(newer, around, incident_of, weights)
        for metres, older in around:
            if metres > weights.reach_m:
                break
            held = strengths(
                newer,
                older,
                metres,
                max(0.0, days_between(older, newer)),
                crowd,
                was_closed(incident_of(older), newer),
                weights,
            )
            same = groups.get(newer.id, newer.id) == groups.get(older.id, older.id)
            yield Decided(newer.category, held, same, frozenset((newer.id, older.id)))
        grid.add(newer)


def _incidents(by_id: Mapping[str, Sighting], groups: Groups) -> Callable[[Sighting], Incident]:
    def incident_of(sighting: Sighting) -> Incident:
        founder = by_id[groups.get(sighting.id, sighting.id)]
        return Incident(founder.id, founder.lon, founder.lat, founder.closed_at)

    return incident_of


def _kinds(sightings: Sequence[Sighting], groups: Groups, before: Weights) -> dict[str, Kind]:
    """Each category's life and spread, as its twins show them."""
    by_id = {each.id: each for each in sightings}
    days: dict[str, list[float]] = defaultdict(list)
    squares: dict[str, list[float]] = defaultdict(list)
    for newer_id, founder_id in groups.items():
        newer, founder = by_id[newer_id], by_id[founder_id]
        metres = metres_between(newer, founder)
        if newer_id != founder_id and metres <= STRAY_M:
            days[newer.category].append(abs(days_between(founder, newer)))
            squares[newer.category].append(metres**2 / 2)
    common = before.otherwise
    return {
        category: Kind(
            life_days=_drawn(days[category], common.life_days),
            spread_m=_drawn(squares[category], common.spread_m**2) ** 0.5,
        )
        for category in sorted({each.category for each in sightings})
    }


def _drawn(seen: Sequence[float], common: float) -> float:
    return (sum(seen) + PRIOR_PAIRS * common) / (len(seen) + PRIOR_PAIRS)


def _fitted(pairs: Sequence[Decided], shaped: Weights) -> Weights:
    reasons = [reason for reason in REASONS if reason != "category"]
    categories = sorted({pair.category for pair in pairs})
    rows = np.array([[pair.held[reason] for reason in reasons] for pair in pairs])
    belongs = np.array([[pair.category == name for name in categories] for pair in pairs])
    prior = np.array([shaped.of.get(reason, 0.0) for reason in reasons] + [0.0] * len(categories))
    precision = np.array([PRIOR_PRECISION] * len(reasons) + [BIAS_PRECISION] * len(categories))
    same = np.array([pair.same for pair in pairs], dtype=float)
    found = _most_likely(np.hstack([rows, belongs.astype(float)]), same, prior, precision)
    biases = dict(zip(categories, found[len(reasons) :], strict=True))
    return replace(
        shaped,
        of={reason: round(float(w), 4) for reason, w in zip(reasons, found, strict=False)}
        | {"category": 1.0},
        kinds={
            name: replace(
                kind,
                bias=round(float(biases.get(name, 0.0)), 4),
                life_days=round(kind.life_days, 2),
                spread_m=round(kind.spread_m, 2),
            )
            for name, kind in shaped.kinds.items()
        },
    )


def _most_likely(rows: Floats, same: Floats, prior: Floats, precision: Floats) -> Floats:
    """The weights at which decisions and prior are likeliest; Newton, with halved steps."""

    def against(weights: Floats) -> float:
        odds = rows @ weights
        surprise = np.logaddexp(0.0, odds) - same * odds
        return float(surprise.sum() + (precision * (weights - prior) ** 2).sum() / 2)

    weights, height = prior.copy(), against(prior)
    for _ in range(STEPS_MAX):
        step = _newton_step(rows, same, weights, prior, precision)
        for halvings in range(HALVINGS_MAX):
            tried = weights - step / 2**halvings
            if (lower := against(tried)) < height:
                break
        else:
            break
        weights, gained, height = tried, height - lower, lower
        if gained < 1e-6:
            break
    return weights


def _newton_step(
    rows: Floats, same: Floats, weights: Floats, prior: Floats, precision: Floats
) -> Floats:
    expected = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
    slope = rows.T @ (expected - same) + precision * (weights - prior)
    curve = (rows * (expected * (1 - expected))[:, None]).T @ rows + np.diag(precision)
    return np.asarray(np.linalg.solve(curve, slope), dtype=np.float64)


def _with_thresholds(fitted: Weights, pairs: Sequence[Decided]) -> Weights:
    """Attach where F1 on these decisions is highest; suggest from half that probability on."""
    judged = sorted(
        (
            (sum(fitted.of[r] * v for r, v in p.held.items() if r != "category")
             + fitted.kind(p.category).bias, p.same)
            for p in pairs
        ),
        reverse=True,
    )  # fmt: skip
    twins = sum(same for _, same in judged)
    best, attach_at, right = 0.0, fitted.attach_at, 0
    for taken, (log_odds, same) in enumerate(judged, start=1):
        right += same
        f1 = 2 * right / (taken + twins)
        if f1 > best:
            best, attach_at = f1, 1 / (1 + exp(-log_odds))
    return replace(fitted, attach_at=round(attach_at, 4), suggest_at=round(attach_at / 2, 4))
