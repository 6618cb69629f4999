"""The schedule that a seed draws. Each has its own tastes: what happens often, and what never.

Schedules that all draw from the same mixture are all alike, and what takes five restores and no
talk in between comes up in none. (Groce and others, "Swarm testing", ISSTA 2012.)
"""

from random import Random

from asset_model.sync.wire import PROTOCOL
from tests.simulation.happenings import HAPPENINGS
from tests.simulation.schedule import Schedule, Step
from tests.simulation.troubles import TROUBLES

WEIGHTS = {
    "move": 70,
    "answer": 35,
    "log_time": 35,
    "note": 50,
    "confirm": 25,
    "rename": 30,
    "overreach": 15,
    "report": 40,
    "give": 45,
    "settle": 25,
    "photograph": 10,
    "write_much": 3,
    "talk": 110,
    "talk_on_a_bad_link": 40,
    "token_expires_within_a_round": 8,
    "push": 90,
    "ask": 80,
    "deliver_first": 120,
    "deliver_any": 80,
    "deliver_twice": 70,
    "deliver_torn": 10,
    "deliver_garbled": 8,
    "turned_away": 15,
    "lose": 30,
    "server_begins": 30,
    "server_ends": 30,
    "clock_jumps": 15,
    "weeks_pass": 6,
    "token_expires_or_is_renewed": 8,
    "app_updates": 8,
    "server_updates": 8,
    "person_leaves_or_returns": 8,
    "device_moves": 14,
    "office_adds": 12,
    "office_corrects": 15,
    "back_up": 20,
    "restore_server": 20,
    "put_back_by_hand": 10,
    "restore_tablet": 14,
    "clone_tablet": 6,
    "wipe_tablet": 5,
    "bit_rots": 3,
    "poison": 6,
}
TASTES = (0, 0.3, 1, 1, 3)
"""What a schedule makes of the weight of each happening, with equal chance."""

STEPS = (8, 16, 32, 80)
"""How long a schedule is, with equal chance.

Many short ones find more in the same time than few long ones: a bug takes a few steps, and what
comes after them tends to cover it. Half of the time goes into the peace at the end.
"""

OLD_APPS, OLD_SERVERS = 0.15, 0.08
"""The share of tablets that run the app before this one; of servers that are behind their apps."""

TROUBLED = (0, 0.05, 0.15, 0.4)
"""The share of steps at which something dies or is full; in a quarter of the schedules, none."""


def drawn(seed: int) -> Schedule:
    chance = Random(seed)
    codes = ["B1", *sorted(chance.sample(["T1", "T2", "T3"], chance.choice((1, 1, 2, 2, 3))))]
    apps = [(code, 1 if chance.random() < OLD_APPS else PROTOCOL) for code in codes]
    server = 1 if chance.random() < OLD_SERVERS else PROTOCOL
    return Schedule(
        _steps(chance, codes),
        tuple(apps),
        server,
        rows_per_page=chance.choice((3, 9, 30)),
        changes_per_push=chance.choice((2, 5, 20)),
    )


def _steps(chance: Random, codes: list[str]) -> tuple[Step, ...]:
    weights = {name: weight * chance.choice(TASTES) for name, weight in WEIGHTS.items()}
    weights["talk"] = weights["talk"] or 1  # Something must happen.
    names = chance.choices(list(weights), list(weights.values()), k=chance.choice(STEPS))
    troubled, troubles = chance.choice(TROUBLED), list(TROUBLES)
    who = [*codes, *(f"{code}'" for code in codes)]
    busy = [chance.choice((1, 1, 4)) for _ in who]
    return tuple(
        Step(
            name,
            chance.choices(who, busy)[0],
            chance.getrandbits(32),
            chance.choice(troubles) if chance.random() < troubled else "",
        )
        for name in names
    )


assert WEIGHTS.keys() == HAPPENINGS.keys()
