"""An isolation told to people: as one JSON object, the same on the server and on the tablet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import Position
from asset_model.network.breaks import break_at, known_valves
from asset_model.network.frontages import frontages
from asset_model.network.graph import Graph
from asset_model.network.ground import Ground
from asset_model.network.isolation import Isolation, ToClose, isolate
from asset_model.network.reopening import reopening
from asset_model.network.stored import read_network
from asset_model.network.walking import walking_order

Report = dict[str, Any]
TAGS_PER_QUERY = 400


@dataclass(frozen=True)
class Question:
    """A break to isolate: at which asset, where on it, and which valves do not hold."""

    tag: str
    at_m: float | None = None
    broken_valves: tuple[str, ...] = ()
    closed_valves: tuple[str, ...] = ()
    """Those that the crew has closed already."""


def isolation_report(
    session: Session, question: Question, *, ground: Ground | None = None
) -> Report:
    """What to close, in order, who is then without water, and the reopening checklist.

    `ground`: the network, where it is laid out already.

    :raises Refused: a tag is not of the network; it names the tag and those most like it
    """
    ground = ground or Ground(read_network(session))
    graph = ground.graph
    share = _share(graph, question)
    try:
        failed = known_valves(graph, question.broken_valves)
        closed = known_valves(graph, question.closed_valves)
        where = break_at(graph, question.tag, share=share)
    except Refused as refused:
        raise _with_likely(refused, graph) from None
    found = isolate(graph, where, failed=failed, closed=closed)
    return {
        "asset": question.tag,
        "at_m": question.at_m,
        "broken_valves": sorted(question.broken_valves),
        **_told(session, found, ground.place_of(question.tag, share), failed),
        "not_on_the_network": list(ground.astray),
    }


def _told(
    session: Session, found: Isolation, start: Position | None, failed: frozenset[str]
) -> Report:
    dry = found.without_water
    valves = [*(one.valve for one in found.close), *found.keep_closed, *found.closed_besides]
    cards = _cards(session, [*valves, *found.passed, *failed, *dry.customers, *dry.hydrants])
    found = _walked(found, cards, start)
    streets = frontages(session, dry.pieces)
    steps = [{"order": n, **asdict(s)} for n, s in enumerate(reopening(found), start=1)]
    return {
        "valves_to_close": [
            {
                "order": n,
                **_card(cards, one.valve),
                **_turning(one),
                "closed": one.valve in found.closed,
            }
            for n, one in enumerate(found.close, start=1)
        ],
        "valves_to_keep_closed": [_card(cards, tag) for tag in found.keep_closed],
        "valves_passed_over": list(found.passed),
        "valves_lost": [_card(cards, tag) for tag in sorted({*found.passed, *failed})],
        "valves_closed_besides": [_card(cards, tag) for tag in found.closed_besides],
        "isolated_pipes": list(found.isolated.pipes),
        "isolated_nodes": list(found.isolated.nodes),
        "sources_to_stop": list(found.sources),
        "nodes_without_water": list(dry.nodes),
        "pipes_without_water": list(dry.pipes),
        "customers_without_water": [_card(cards, tag) for tag in dry.customers],
        "hydrants_without_water": [_card(cards, tag) for tag in dry.hydrants],
        "addresses_without_water": [asdict(frontage) for frontage in streets],
        "addresses": sum(len(frontage.numbers) for frontage in streets),
        "supply_known": found.supply_known,
        "reopening": steps,
    }


def _walked(found: Isolation, cards: Mapping[str, Report], start: Position | None) -> Isolation:
    """The valves in the order of a short walk: those that water presses on, then the others."""
    places = {tag: card["position"] for tag, card in cards.items()}
    here = start or next((places[one.valve] for one in found.close if one.valve in places), None)
    if here is None or any(one.valve not in places for one in found.close):
        return found
    walk: list[ToClose] = []
    for fed in (True, False):
        part = {one.valve: one for one in found.close if one.fed is fed}
        for tag in walking_order(here, {tag: places[tag] for tag in part}):
            walk.append(part[tag])
            here = places[tag]
    return replace(found, close=tuple(walk))


def _turning(one: Any) -> Report:
    return {name: value for name, value in asdict(one).items() if name != "valve"}


def _share(graph: Graph, question: Question) -> float | None:
    """Where on the pipe the break is; a measure beyond its end is its end."""
    pipe = graph.network.pipes.get(question.tag)
    if question.at_m is None or pipe is None or not pipe.length_m:
        return None
    return min(1.0, max(0.0, question.at_m / pipe.length_m))


def _with_likely(refused: Refused, graph: Graph) -> Refused:
    """The same refusal, which also names the tags most like the one that was meant."""
    network = graph.network
    valves = refused.code == "not_a_valve"
    known: Sequence[str] = [*network.valves] if valves else [*network.pipes, *network.valves]
    likely = get_close_matches(str(refused.details["tag"]), known, n=3, cutoff=0.6)
    return Refused(refused.code, **refused.details, likely=", ".join(likely) or "–")


def _cards(session: Session, tags: Iterable[str]) -> Mapping[str, Report]:
    wanted = list(dict.fromkeys(tags))
    cards: dict[str, Report] = {}
    for start in range(0, len(wanted), TAGS_PER_QUERY):
        query = select(Asset.tag, Asset.name, Asset.address, Asset.geometry, Asset.attributes)
        part = wanted[start : start + TAGS_PER_QUERY]
        for tag, name, address, geometry, attributes in session.execute(
            query.where(Asset.tag.in_(part))
        ):
            cards[tag] = {
                "tag": tag,
                "name": name,
                "address": address,
                "position": geometry["coordinates"],
                **_kept(attributes),
            }
    return cards


def _card(cards: Mapping[str, Report], tag: str) -> Report:
    return cards.get(tag, {"tag": tag})


KEPT = ("turns_to_close", "closing_direction", "diameter_mm", "use", "dwellings", "told_in_person")


def _kept(attributes: Mapping[str, Any]) -> Report:
    return {name: attributes[name] for name in KEPT if attributes.get(name) is not None}
