"""Signing in by PIN, with or without signal. Wrong tries are counted on disk."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.people import Credential, Person
from asset_model.pins import verify_pin
from field_app.store.local import SignInAttempts

ATTEMPTS_MAX = 5
LOCK_FIRST = timedelta(minutes=5)
LOCK_MAX = timedelta(hours=24)


def people_here(session: Session) -> list[Person]:
    """Those who can sign in on this tablet, by name."""
    query = select(Person).join(Credential, Credential.person_id == Person.id)
    return list(session.scalars(query.where(Person.active).order_by(Person.name).distinct()))


def check_pin(session: Session, person_id: str, pin: str, *, now: datetime) -> Refused | None:
    """None when the PIN is right, else what to tell. The caller commits either way, so that a
    restart forgets no wrong try. After five, a pause that doubles with each further one.
    """
    attempts = session.get(SignInAttempts, person_id)
    if attempts is None:
        attempts = SignInAttempts(person_id=person_id, wrong=0)
        session.add(attempts)
    if wait := _locked_for(attempts, now):
        return Refused("pin_locked", minutes=int(wait.total_seconds() // 60) + 1)
    hashes = session.scalars(select(Credential.pin_hash).where(Credential.person_id == person_id))
    if any(verify_pin(pin, pin_hash) for pin_hash in hashes):
        attempts.wrong, attempts.locked_until = 0, None
        return None
    attempts.wrong += 1
    left = ATTEMPTS_MAX - attempts.wrong
    if left > 0:
        return Refused("pin_wrong", left=left)
    pause = min(LOCK_FIRST * 2 ** min(-left, 20), LOCK_MAX)
    attempts.locked_until = now + pause
    return Refused("pin_locked", minutes=int(pause.total_seconds() // 60))


def _locked_for(attempts: SignInAttempts, now: datetime) -> timedelta | None:
    """How long the lock still holds. A clock set back cannot hold it longer than its pause."""
    if attempts.locked_until is None or attempts.locked_until <= now:
        return None
    return min(attempts.locked_until - now, LOCK_MAX)
