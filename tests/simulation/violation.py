"""A promise that was broken."""

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Violation:
    """Something was lost, was doubled, is stuck, or two sides differ."""

    kind: Literal["lost", "doubled", "stuck", "diverged"]
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"

    def of(self, tablet: str) -> "Violation":
        return replace(self, words=f"{tablet}: {self.words}")
