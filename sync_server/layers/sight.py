"""How much a reader may see: which layers, and whether what concerns persons."""

from dataclasses import dataclass

from asset_model.vocabulary import Role

SEE_PEOPLE = frozenset({Role.FOREMAN, Role.FLEET_MANAGER, Role.DIRECTOR, Role.ADMINISTRATOR})
"""Roles that see who did what, and what was written in free words: those who answer for it."""

PERSONAL_ATTRIBUTES = frozenset({("service_connection", "told_in_person")})
"""(class, attribute) that says something of a household: who must be told in person of a cut."""


@dataclass(frozen=True)
class Sight:
    """`layers`: the only ones to be seen; None for all of them."""

    people: bool
    layers: frozenset[str] | None = None

    def of(self, layer: str) -> bool:
        return self.layers is None or layer in self.layers


def sight_of(role: str, layers: frozenset[str] | None = None) -> Sight:
    return Sight(people=role in SEE_PEOPLE, layers=layers)
