"""A headless client for Flet 1.0.5: a real session and page, with the test in place of a browser.

Everything the app sends is packed as for the wire, so that what cannot be sent fails here too.
It leans on names that Flet does not promise, which is why Flet is pinned exactly.
"""

import asyncio
import dataclasses
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

import flet as ft
import msgpack  # type: ignore[import-untyped]
from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page, context
from flet.messaging.connection import Connection
from flet.messaging.protocol import (
    Message,
    MessageAction,
    configure_encode_object_for_msgpack,
)
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

from field_app.ui.inbox import take
from tests.threads import PATIENCE_S

TURNS = 25
"""Turns of the event loop in which everything that an event sets off has run."""

SHOWN_BY = ("value", "label", "text", "title", "content", "hint_text", "error", "helper")


class Wire(Connection):
    """Takes what the session sends, and answers what it asks of a client."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop = loop
        self.executor = ThreadPoolExecutor(1)
        self.pubsubhub = PubSubHub(loop=loop, executor=self.executor)
        self.page_url, self.page_name = "http://127.0.0.1", ""
        self.session: Session | None = None
        self.crashes: list[str] = []
        self.answers: dict[str, Any] = {}
        """What the client answers to a method of a control, by its name; None where not here."""
        self.methods: list[tuple[str, Any]] = []
        self.chosen = b""
        """The file that was chosen last."""
        encoder: Any = configure_encode_object_for_msgpack
        self._encode = encoder(BaseControl)

    def send_message(self, message: Any) -> None:
        msgpack.packb([message.action, message.body], default=self._encode)
        kind = type(message.body).__name__
        if kind == "SessionCrashedBody":
            self.crashes.append(message.body.message)
        if kind == "InvokeMethodRequestBody":
            self._answer(message.body)

    def _answer(self, asked: Any) -> None:
        assert self.session is not None
        if asked.name == "push_route":
            route = asked.args["route"]
            self.session.apply_page_patch({"route": route})
            event = self.session.dispatch_event(
                self.session.page._i, "route_change", {"route": route}
            )
            self.loop.create_task(event)
        self.methods.append((asked.name, asked.args))
        if asked.name == "upload":
            for file in asked.args["files"]:
                self.loop.create_task(self._hand_over(file.upload_url))
        answer = self.answers.get(asked.name)
        failure = str(answer) if isinstance(answer, Exception) else None
        self.loop.call_soon(
            self.session.handle_invoke_method_results,
            asked.control_id,
            asked.call_id,
            None if failure else answer,
            failure,
        )

    async def _hand_over(self, address: str) -> None:
        """As a browser does with a file that was chosen: to the address that the app named."""
        assert self.session is not None
        awaited = self.session.page.data.workplace.inbox.awaited_at(address)

        async def receive() -> Any:
            return {"type": "http.request", "body": self.chosen, "more_body": False}

        async def send(_message: Any) -> None:
            return None

        await take(awaited, receive, send)

    def asked(self, method: str) -> Any:
        """With what the client was last asked for a method of a control."""
        return [args for name, args in self.methods if name == method][-1]

    def dispose(self) -> None:
        self.executor.shutdown(wait=False)


class Screen:
    """One client of the app. Use it as a context manager; every action lets the app settle."""

    def __init__(
        self, main: Callable[[ft.Page], Any], *, width: int = 1280, route: str = "/"
    ) -> None:
        self._main = main
        self._first = {"route": route, "platform": "linux", "width": width, "height": 800}
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        self._run(self._open())
        return self

    def __exit__(self, *exception: object) -> None:
        self._run(self._close())
        self.wire.dispose()
        self._loop.close()

    async def _open(self) -> None:
        self.wire = Wire(self._loop)
        self.session = Session(self.wire)
        self.wire.session = self.session
        self.page = self.session.page
        self.session.apply_page_patch(self._first)
        _context_page.set(self.page)
        context.reset_auto_update()  # type: ignore[no-untyped-call]
        # Packing the page notes what the client has: later updates are told as differences.
        first = self.session.get_page_patch()  # type: ignore[no-untyped-call]
        self.wire.send_message(Message(MessageAction.REGISTER_CLIENT, first))
        self._main(self.page)
        await self.session.after_event(self.page)

    async def _close(self) -> None:
        self.session.close()  # type: ignore[no-untyped-call]

    def _run(self, doing: Any) -> None:
        self._loop.run_until_complete(doing)
        self.settle()

    def settle(self) -> None:
        async def turns() -> None:
            for _ in range(TURNS):
                await asyncio.sleep(0)

        self._loop.run_until_complete(turns())

    def until(self, holds: Callable[[], bool]) -> None:
        """Lets the loop run until something holds, for what a thread has to finish first."""

        async def waiting() -> None:
            async with asyncio.timeout(PATIENCE_S):
                while not holds():  # noqa: ASYNC110 -- the app has no event for this
                    await asyncio.sleep(0)

        self._loop.run_until_complete(waiting())

    def fire(self, control: Any, event: str, data: Any = None, **props: Any) -> None:
        """What a client does: the properties it changed, then the event."""
        if props:
            self.session.apply_patch(control._i, props)
        self._run(self.session.dispatch_event(control._i, event, data))

    def tap(self, key: str) -> None:
        self.fire(self.one(key), "click")

    def choose(self, key: str, name: str, data: bytes, *, size: int | None = None) -> None:
        """Someone touches the button, and takes a picture or chooses a file."""
        self.wire.chosen = data
        size = len(data) if size is None else size
        file = {"id": 1, "name": name, "size": size, "path": None, "bytes": None}
        self.fire(self.one(key).action.file_picker, "result", {"files": [file]})

    def enter(self, key: str, text: str, *, leave: bool = False) -> None:
        field = self.one(key)
        self.fire(field, "change", text, value=text)
        if leave:
            self.fire(self.one(key), "blur")

    def press_key(self, key: str, *, ctrl: bool = False) -> None:
        """As the browser names it: `A`, `7`, `Arrow Down`, `Enter`."""
        held = {"shift": False, "ctrl": ctrl, "alt": False, "meta": False}
        self.fire(self.page, "keyboard_event", {"key": key, **held})

    def resize(self, width: int) -> None:
        self.fire(self.page, "resize", {"width": width, "height": 800})

    def one(self, key: str) -> Any:
        found = [control for control in self.controls() if getattr(control, "key", None) == key]
        assert len(found) == 1, f"{len(found)} controls with the key {key!r}; keys: {self.keys()}"
        return found[0]

    def has(self, key: str) -> bool:
        return key in self.keys()

    def keys(self) -> list[str]:
        return [key for c in self.controls() if isinstance(key := getattr(c, "key", None), str)]

    @property
    def text(self) -> str:
        """Everything that can be read on the screen, in the order it is laid out."""
        return "\n".join(
            said
            for control in self.controls()
            for name in SHOWN_BY
            if isinstance(said := getattr(control, name, None), str) and said
        )

    def controls(self) -> Iterator[BaseControl]:
        return _controls(self.page, set())

    @property
    def failures(self) -> list[object]:
        """Crashes told to the client, and the end of the task that draws."""
        task = self.session._Session__updates_task  # type: ignore[attr-defined]
        dead = task is not None and task.done() and not task.cancelled() and task.exception()
        return [*self.wire.crashes, *([dead] if dead else [])]


def _controls(node: Any, seen: set[int]) -> Iterator[BaseControl]:
    """Everything on the page, depth first, a component's body in its place."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, Component):
        yield from _controls(node._b, seen)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _controls(item, seen)
    elif dataclasses.is_dataclass(node):
        if isinstance(node, BaseControl):
            yield node
        for field in dataclasses.fields(node):
            if not field.name.startswith("_") or field.name in ("_dialogs", "_overlay"):
                value = getattr(node, field.name, None)
                if isinstance(value, BaseControl | Component | list | tuple):
                    yield from _controls(value, seen)
