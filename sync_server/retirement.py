"""Retiring the assets that a newer file of their source does not have any more; never deleting.

A file cut short must not empty a town: beyond a share of what stands, one must say it twice.
"""

from dataclasses import replace
from enum import StrEnum

from sync_server.import_comparison import Comparison
from sync_server.import_stopped import ImportStopped

RETIRED_SHARE_MAX, FEW = 0.2, 5
KEY_UNREAD = ("row_malformed", "cell_count", "key_missing", "inp_line")


class Retirement(StrEnum):
    """Whether the assets that a file no longer has are retired."""

    NO = "no"
    MISSING = "missing"
    EVEN_MOST = "even_most"


class TooManyMissing(ImportStopped):
    """A file lacks so much of what its source told before that it is rather cut short."""


def retiring(comparison: Comparison, retire: Retirement) -> Comparison:
    """The comparison with the missing to be retired, where that is asked for and safe.

    :raises TooManyMissing: the file may be cut short, or some of its keys cannot be read
    """
    missing, standing = len(comparison.missing), comparison.standing
    if retire is Retirement.NO or not missing:
        return comparison
    if retire is Retirement.MISSING and missing > max(FEW, standing * RETIRED_SHARE_MAX):
        raise TooManyMissing("too_many_missing", missing=missing, standing=standing)
    if unread := [p.row for p in comparison.plan.problems if p.code in KEY_UNREAD]:
        raise TooManyMissing("key_unread", row=unread[0])
    return replace(comparison, retires=True)
