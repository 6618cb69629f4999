"""The addresses along pieces of pipe, by the civic numbers of the streets they lie under."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from asset_model.assets import Asset
from asset_model.linear.addresses import civic_ranges
from asset_model.linear.ruler import Ruler
from asset_model.network.graph import Piece

PIPES_PER_QUERY = 400


@dataclass(frozen=True)
class Frontage:
    """The civic numbers of one street, in order."""

    street: str
    numbers: tuple[int, ...]


def frontages(session: Session, pieces: Iterable[Piece]) -> tuple[Frontage, ...]:
    """The addresses that pieces of pipe serve: those of the segments that are their parents."""
    by_pipe: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_pipe[piece.pipe].append(piece)
    numbers: dict[str, set[int]] = defaultdict(set)
    for tag, pipe_line, street, attributes, street_line in _over(session, list(by_pipe)):
        along = _along(pipe_line, street_line)
        for piece in by_pipe[tag]:
            shares = piece.from_share, piece.to_share
            low, high = shares if along else (1 - shares[1], 1 - shares[0])
            for reach in civic_ranges(attributes).values():
                numbers[street].update(reach.between(low, high))
    return tuple(
        Frontage(street, tuple(sorted(numbers[street])))
        for street in sorted(numbers)
        if numbers[street]
    )


def _over(session: Session, pipes: list[str]) -> Iterable[Any]:
    """For each pipe under a road segment: its tag and line, and the segment's."""
    pipe, segment = aliased(Asset), aliased(Asset)
    for start in range(0, len(pipes), PIPES_PER_QUERY):
        query = (
            select(pipe.tag, pipe.geometry, segment.name, segment.attributes, segment.geometry)
            .join(segment, segment.id == pipe.parent_id)
            .where(pipe.class_code == "pipe", segment.class_code == "road_segment")
            .where(pipe.tag.in_(pipes[start : start + PIPES_PER_QUERY]))
        )
        yield from session.execute(query)


def _along(pipe: dict[str, Any], street: dict[str, Any]) -> bool:
    """Whether the pipe runs the way its street does."""
    ruler, laid = Ruler(street), Ruler(pipe)
    return ruler.locate(laid.at(0)).measure_m <= ruler.locate(laid.at(laid.length_m)).measure_m
