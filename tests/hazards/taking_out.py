"""Running a test once as things are, and once more without each mechanism that it stands for."""

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

import pytest

Removal = Callable[[], AbstractContextManager[Any]]
Test = Callable[..., None]

REMOVALS = "removals"
"""The attribute that says what a test has been run without."""


def fails_without(*removals: Removal) -> Callable[[Test], Test]:
    """The test must pass, and must fail by one of its assertions while a mechanism is taken out.

    Another error than that of an assertion is none: the test would not have seen the harm, it
    would have tripped over it.
    """

    def twice(test: Test) -> Test:
        @pytest.mark.parametrize("without", [None, *removals], ids=_named)
        @wraps(test)
        def run(without: Removal | None, **given: Any) -> None:
            if without is None:
                test(**given)
                return
            with without(), pytest.raises(AssertionError):
                test(**given)

        own = inspect.signature(test)
        asks = inspect.Parameter("without", inspect.Parameter.KEYWORD_ONLY)
        run.__signature__ = own.replace(  # What pytest reads.
            parameters=[*own.parameters.values(), asks]
        )
        made: Test = run
        setattr(made, REMOVALS, removals)
        return made

    return twice


def _named(removal: Removal | None) -> str:
    return "holds" if removal is None else f"fails when {removal.__name__.replace('_', ' ')}"
