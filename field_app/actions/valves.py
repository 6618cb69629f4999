"""Writing down what turning a valve has told of it: the next isolation counts on it."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.builtin_choices import CLOSING_DIRECTIONS, VALVE_CONDITIONS
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.roles import check_edit
from field_app.actions.acting import role_of
from field_app.store.edits import recorded

TURNS_MAX = 500


@dataclass(frozen=True)
class Found:
    """By the names of the valve's attributes. None: nothing was found out, what is known stays."""

    turns_to_close: int | None = None
    closing_direction: str | None = None
    condition: str | None = None


def write_down(session: Session, valve_id: str, found: Found, *, by: Author) -> None:
    """The attributes merge one by one: another crew's condition stays beside these turns.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    check_edit(role_of(session, by), "asset", frozenset({"attributes"}))
    _check(found)
    valve = session.get_one(Asset, valve_id)
    told = {name: value for name, value in asdict(found).items() if value is not None}
    with recorded(session, by=by):
        valve.attributes = (valve.attributes or {}) | told


def _check(found: Found) -> None:
    turns = found.turns_to_close
    sound = {
        "turns_to_close": turns is None or 1 <= turns <= TURNS_MAX,
        "closing_direction": found.closing_direction in (None, *CLOSING_DIRECTIONS),
        "condition": found.condition in (None, *VALVE_CONDITIONS),
    }
    for name, fits in sound.items():
        if not fits:
            value = str(getattr(found, name))
            raise Refused("bad_value", field=name, value=value, why=f"1–{TURNS_MAX}")
