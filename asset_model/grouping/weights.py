"""How much each reason counts: data, with its edition. A town's own is learned from its clerks."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

REASONS = (
    "base",
    "distance",
    "crowd",
    "same_spot",
    "age",
    "same_kind",
    "same_address",
    "other_address",
    "same_asset",
    "other_asset",
    "same_reporter",
    "shared_words",
    "other_words",
    "was_closed",
    "newer_by_staff",
    "older_by_staff",
    "category",
)
"""Every reason, in the order in which a clerk reads them."""


class WeightsRefusedError(ValueError):
    """A file of weights that cannot be one; the text names the key."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a category of reports is like.

    `life_days`: how long after the first report others still tell of the same thing.
    `spread_m`: how far apart the pins of one thing lie, as a standard deviation.
    `bias`: how much likelier than in other categories twins are, in log-odds.
    """

    life_days: float = 14.0
    spread_m: float = 15.0
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """An edition. From `attach_at` on the machine attaches, from `suggest_at` it suggests."""

    edition: str
    of: Mapping[str, float]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    otherwise: Kind = Kind()
    families: Mapping[str, str] = field(default_factory=dict)
    attach_at: float = 0.95
    suggest_at: float = 0.5
    around_m: float = 150.0
    """So far around a report its crowd is counted; no less than `reach_m`."""

    def kind(self, category: str) -> Kind:
        return self.kinds.get(category, self.otherwise)

    @property
    def reach_m(self) -> float:
        """Farther apart than this no two sightings are compared."""
        widest = max((kind.spread_m for kind in self.kinds.values()), default=0.0)
        return min(4 * max(widest, self.otherwise.spread_m), self.around_m)


def written(weights: Weights) -> str:
    return json.dumps(asdict(weights), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def read(text: str) -> Weights:
    """The edition that `written` wrote; unknown keys and reasons are refused, by name."""
    try:
        told = json.loads(text)
        kinds = {name: _kind(name, given) for name, given in told.pop("kinds", {}).items()}
        otherwise = _kind("otherwise", told.pop("otherwise", {}))
        weights = Weights(kinds=kinds, otherwise=otherwise, **told)
    except (ValueError, TypeError, AttributeError) as error:
        raise WeightsRefusedError(f"not a file of weights: {error}") from error
    unknown = set(weights.of) - set(REASONS)
    if unknown:
        raise WeightsRefusedError(f"of: no such reason: {', '.join(sorted(unknown))}")
    return weights


def _kind(name: str, given: Mapping[str, Any]) -> Kind:
    kind = Kind(**given)
    if kind.life_days <= 0 or kind.spread_m <= 0:
        raise WeightsRefusedError(f"kinds.{name}: life_days and spread_m must be above zero")
    return kind


@cache
def first_edition() -> Weights:
    """For a town that has decided nothing yet: odds worked out from how pins scatter."""
    return read((files("asset_model.grouping") / "weights.json").read_text("utf-8"))
