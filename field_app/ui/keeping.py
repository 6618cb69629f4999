"""What is being filled in, kept on the disk at each change: no rotation, no lock, no reload, no
empty battery loses a word of it.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import flet as ft

from field_app.ui.sitting import Sitting

D = TypeVar("D")

FLEETING = {"kept": False}
"""Metadata of a field that is never written down: a PIN, a press that was answered."""


def use_kept_draft(sitting: Sitting, kind: Callable[[], D], *, name: str) -> D:
    """`use_draft`, of plain fields (texts, numbers, lists of them), kept as this person's.

    A field whose metadata are `FLEETING` is not.
    """
    state: Any = ft.use_state(lambda: _read(kind(), sitting.own(f"draft-{name}")))
    draft: D = state[0]
    kept: Any = ft.use_ref(lambda: Keeper(sitting, kind(), draft, f"draft-{name}"))
    assert kept.current
    return draft


class Keeper:
    """Writes a draft down at each change. Held by the screen: Flet holds its listener weakly."""

    def __init__(self, sitting: Sitting, blank: Any, draft: Any, name: str) -> None:
        self._sitting, self._blank, self._name = sitting, blank, name
        self._listener = self._write
        draft.subscribe(self._listener)

    def _write(self, draft: Any, field: str | None) -> None:
        names = _kept_fields(draft)
        if field is not None and field not in names:
            return
        told = {name: getattr(draft, name) for name in names}
        entered = {k: value for k, value in told.items() if value != getattr(self._blank, k)}
        text = json.dumps(entered, ensure_ascii=False) if entered else ""
        self._sitting.keep_own(self._name, text)


def _read(draft: D, text: str) -> D:
    """What is on the disk laid over an empty draft; fields that no longer exist are passed over."""
    known = _kept_fields(draft)
    for name, value in (json.loads(text) if text else {}).items():
        if name in known:
            setattr(draft, name, value)
    return draft


def _kept_fields(draft: Any) -> list[str]:
    return [each.name for each in fields(draft) if each.metadata.get("kept", True)]


def emptied(draft: Any) -> None:
    """What was filled in has been saved: the draft is blank again, here and on the disk."""
    blank = type(draft)()
    for each in fields(draft):
        setattr(draft, each.name, getattr(blank, each.name))
