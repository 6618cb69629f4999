"""Why a notice did not leave, whichever way it was to go."""


class Undelivered(Exception):
    """It did not leave. `final`: nor will it; `everybody`: nor would any other that goes there.

    `why` is the other side's word, which may hold an address.
    """

    def __init__(
        self, code: str, why: str = "", *, final: bool = False, everybody: bool = False
    ) -> None:
        super().__init__(code)
        self.code, self.why, self.final, self.everybody = code, why, final, everybody


class Unwanted(Exception):
    """Nobody wishes to hear this any more; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
