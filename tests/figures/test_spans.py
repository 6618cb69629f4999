"""Stretches of time that lie over one another, beside the same told minute by minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maintenance.figures.spans import Span, clipped, hours, united, without

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)


def span(first: int, last: int) -> Span:
    return Span(BEGIN + timedelta(minutes=first), BEGIN + timedelta(minutes=last))


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda at: span(at[0], at[0] + at[1])),
    max_size=8,
)


def minutes(spans: list[Span]) -> set[int]:
    return {
        minute
        for each in spans
        for minute in range(60)
        if each.begin <= BEGIN + timedelta(minutes=minute) < each.end
    }


@given(SPANS, SPANS)
def test_what_is_left_is_what_no_other_takes(spans: list[Span], taken: list[Span]) -> None:
    left = without(spans, taken)

    assert minutes(left) == minutes(spans) - minutes(taken)
    assert left == sorted(left)
    assert all(a.end <= b.begin for a, b in pairwise(left))


@given(SPANS)
def test_a_moment_counts_once_however_often_it_is_told(spans: list[Span]) -> None:
    assert minutes(united(spans)) == minutes(spans)
    assert round(hours(spans) * 60) == len(minutes(spans))


@given(SPANS)
def test_a_span_is_clipped_to_another(spans: list[Span]) -> None:
    within = span(10, 30)
    parts = [part for each in spans if (part := clipped(each, within)) is not None]

    assert minutes(parts) == minutes(spans) & minutes([within])
