"""Lines that follow on, as one: fewer strokes to draw, and no seams at their joints."""

from collections import defaultdict
from collections.abc import Sequence

Points = Sequence[float]
End = tuple[float, float]


def follow_on(lines: Sequence[Points]) -> list[Points]:
    """Each line goes on with the next where exactly two ends meet, to the last digit."""
    at: dict[End, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for end in ((line[0], line[1]), (line[-2], line[-1])):
            at[end].append(number)
    left = set(range(len(lines)))
    made: list[Points] = []
    for number, line in enumerate(lines):
        if number in left:
            left.remove(number)
            onward = _extended(list(line), lines, at, left)
            made.append(_extended(_turned(onward), lines, at, left))
    return made


def _extended(
    line: list[float], lines: Sequence[Points], at: dict[End, list[int]], left: set[int]
) -> list[float]:
    while True:
        end = line[-2], line[-1]
        meeting = at[end]
        if len(meeting) != 2:
            return line
        follows = next((number for number in meeting if number in left), None)
        if follows is None:
            return line
        left.remove(follows)
        more = lines[follows]
        line += more[2:] if (more[0], more[1]) == end else _turned(more)[2:]


def _turned(line: Points) -> list[float]:
    """From its other end."""
    turned = [0.0] * len(line)
    turned[::2], turned[1::2] = line[-2::-2], line[::-2]
    return turned
