"""What an Open311 client did wrong: told all at once, in the format it asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

UNKNOWN, NO_KEY, WRONG, UNALLOWED = 404, 403, 400, 405


@dataclass(frozen=True)
class Fault:
    code: int
    description: str


class Faulty(Exception):
    """The request cannot be granted, for these reasons."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.description for fault in faults))

    @property
    def status(self) -> int:
        """A missing key comes first; “unknown” is told where nothing else was wrong."""
        codes = {fault.code for fault in self.faults}
        if NO_KEY in codes:
            return NO_KEY
        return codes.pop() if len(codes) == 1 else WRONG


class Unallowed(Exception):
    """There is something at this address, and it cannot be asked for in this way."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = allowed
        super().__init__(", ".join(allowed))
