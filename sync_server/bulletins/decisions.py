"""What a screen has the server work out or carry out, in the name of whoever sits at it.

A look does it and undoes it: the door rolls back whatever does not `stand`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from asset_model.errors import Refused
from asset_model.ids import NewId
from sync_server.bulletins import telephone
from sync_server.bulletins.asking import Asking
from sync_server.bulletins.callers import tell_contact, tell_history
from sync_server.bulletins.campaigns import laid_out, wanted_of
from sync_server.days import day_of
from sync_server.generation import write_down
from sync_server.scenario_difference import difference, view
from sync_server.scenario_file import Scenario, Wish
from sync_server.scenarios import Publisher
from sync_server.upkeep_tables import MadeCampaign, PlanPublication

AHEAD = timedelta(days=183)
"""How far a look compares."""
ID_MAX = 36
KNOWN = "id, why, move, skip"


@dataclass(frozen=True)
class Decision:
    """`work`: what it comes to. `stands`: whether it is kept."""

    work: Callable[[Asking, Mapping[str, Any], NewId], dict[str, Any]]
    stands: bool


def look_at_plans(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    return {"lines": _compared(asking, _scenario(said), new_id, None)}


def publish_plans(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    id = _id(said)
    if asking.session.get(PlanPublication, id) is not None:
        return {"lines": []}  # It was heard, and the answer was lost on its way.
    return {"lines": _compared(asking, _scenario(said), new_id, id)}


def _compared(
    asking: Asking, scenario: Scenario, new_id: NewId, id: str | None
) -> list[dict[str, Any]]:
    session, until = asking.session, asking.today + AHEAD
    before = view(session, now=asking.now, until=until)
    Publisher(session, asking.person, asking.now, new_id).publish(scenario, id=id)
    return list(difference(before, view(session, now=asking.now, until=until)))


def _scenario(said: Mapping[str, Any]) -> Scenario:
    """:raises Refused: ``scenario_keys``, ``scenario_empty``"""
    why = said.get("why")
    if not isinstance(why, str) or not why.strip():
        raise Refused("scenario_keys", wrong="why", known=KNOWN)
    wishes = [_wish(each, why, "move") for each in _list(said, "move")]
    wishes += [_wish(each, why, "skip") for each in _list(said, "skip")]
    if not wishes:
        raise Refused("scenario_empty")
    return Scenario(why, tuple(wishes))


def _list(said: Mapping[str, Any], name: str) -> list[Any]:
    given = said.get(name, [])
    if not isinstance(given, list):
        raise Refused("scenario_keys", wrong=name, known=KNOWN)
    return given


def _wish(given: Any, why: str, name: str) -> Wish:
    try:
        unit = given.get("unit")
        due = day_of(given["due"])
        to = day_of(given["to"]) if name == "move" else None
        return Wish(str(given["plan"]), None if unit is None else str(unit), due, why, to)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refused("scenario_keys", wrong=name, known="plan, unit, due, to") from None


def look_at_campaign(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    return laid_out(asking, wanted_of(said.get("campaign")))[1]


def make_campaign(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    """Its orders, once: those of a campaign that was heard before are there already."""
    id, wanted = _id(said), wanted_of(said.get("campaign"))
    session, now = asking.session, asking.now
    slots, told = laid_out(asking, wanted)
    found = [each for slot in slots for each in slot.found]
    write_down(session, found, now=now, new_id=new_id, person_id=asking.person.id)
    if session.get(MadeCampaign, id) is None:
        session.add(
            MadeCampaign(
                id=id,
                name=wanted.campaign.name,
                wanted=dict(said["campaign"]),
                person_id=asking.person.id,
                made_at=now,
            )
        )
    return {"id": id, **told}


def _id(said: Mapping[str, Any]) -> str:
    """The screen's own id for what it sends: sent twice, it is done once."""
    id = said.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= ID_MAX:
        raise Refused("scenario_keys", wrong="id", known=KNOWN)
    return id


DECISIONS: dict[str, Decision] = {
    "campaign-look": Decision(look_at_campaign, stands=False),
    "campaign-make": Decision(make_campaign, stands=True),
    "plans-look": Decision(look_at_plans, stands=False),
    "plans-publish": Decision(publish_plans, stands=True),
    "report-contact": Decision(tell_contact, stands=True),
    "caller-history": Decision(tell_history, stands=True),
    "report-look": Decision(telephone.look, stands=False),
    "report-take": Decision(telephone.take, stands=True),
    "report-withdraw": Decision(telephone.withdraw, stands=True),
}
