"""Signing in by PIN, with or without signal. Wrong tries are counted on disk."""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import ScalarResult, select
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
    attempts = session.get(SignInAttempts, person_id) or SignInAttempts(
        person_id=person_id, wrong=0
    )
    if wait := _locked_for(attempts, now):
        return Refused("pin_locked", minutes=ceil(wait.total_seconds() / 60))
    if any(verify_pin(pin, pin_hash) for pin_hash in _pin_hashes(session, person_id)):
        # Nothing is written where nothing was wrong: a full disk keeps nobody out.
        attempts.wrong, attempts.locked_until = 0, None
        return None
    session.add(attempts)
    attempts.wrong += 1
    left = ATTEMPTS_MAX - attempts.wrong
    if left > 0:
        return Refused("pin_wrong", left=left)
    attempts.locked_until = now + _pause(attempts.wrong)
    return Refused("pin_locked", minutes=ceil(_pause(attempts.wrong).total_seconds() / 60))


def _pin_hashes(session: Session, person_id: str) -> ScalarResult[str]:
    """None for somebody who does not work here any more."""
    query = select(Credential.pin_hash).join(Person, Person.id == Credential.person_id)
    return session.scalars(query.where(Person.id == person_id, Person.active))


def _pause(wrong: int) -> timedelta:
    return min(LOCK_FIRST * (1 << min(wrong - ATTEMPTS_MAX, 20)), LOCK_MAX)


def _locked_for(attempts: SignInAttempts, now: datetime) -> timedelta | None:
    """How long the lock still holds. A clock set back begins it anew; it cannot hold for years."""
    if attempts.locked_until is None or attempts.locked_until <= now:
        return None
    pause = _pause(attempts.wrong)
    if attempts.locked_until - now > pause:
        attempts.locked_until = now + pause
    return attempts.locked_until - now
