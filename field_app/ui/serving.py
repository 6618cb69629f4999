"""The UI as a web application, on loopback for a tablet or mounted in the sync server.

Flet's web half needs FastAPI, which a phone build does not have: it is imported here, inside the
functions that serve, and nowhere else.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from importlib.resources import files
from typing import Any

import flet as ft

from field_app.ui.inbox import Inbox, take
from field_app.ui.printing import Printouts, answer, answer_made
from field_app.ui.tiles import Tiles

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]

SESSION_KEPT_S = 900
"""How long a browser may be away (a reload, a sleeping tablet) and find its screen again."""


class _Evicting:
    """Marks the class that takes the place of Flet's, so that it does so once."""


def web_app(
    main: Callable[[ft.Page], None],
    *,
    printouts: Printouts | None = None,
    inbox: Inbox | None = None,
    tiles: Tiles | None = None,
    session_kept_s: int = SESSION_KEPT_S,
) -> Asgi:
    """An ASGI app that needs nothing from the internet, and starts Flet's housekeeping itself.

    A mounted application gets no lifespan events, so the first request does what they would.
    """
    import flet_web.fastapi as flet_fastapi

    evict_vanished_clients()
    served: Asgi = flet_fastapi.app(
        main,
        assets_dir=str(files("field_app.ui") / "assets"),
        app_name="Voirie",
        no_cdn=True,
        session_timeout_seconds=session_kept_s,
    )

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        page = printouts.page_at(scope["path"]) if printouts and scope["type"] == "http" else None
        if page is not None:
            await answer(page, send)
            return
        make = printouts.maker_at(scope["path"]) if printouts and scope["type"] == "http" else None
        if make is not None:
            await answer_made(make, send)
            return
        awaited = inbox.awaited_at(scope["path"]) if inbox and scope["type"] == "http" else None
        if awaited is not None:
            await take(awaited, receive, send)
            return
        asked = tiles.asked(scope) if tiles else None
        if tiles and asked:
            await tiles.answer(asked, scope, send)
            return
        await flet_fastapi.app_manager.start()
        await served(scope, receive, send)

    return app


def evict_vanished_clients() -> None:
    """Makes Flet forget the session of a client that vanished while it was being sent to.

    In 1.0.5 the failing send leaves `FletApp.handle` before it marks the session as left, and the
    session (some 2.7 MB) then stays for good.
    """
    from flet_web.fastapi.flet_app import FletApp, app_manager

    # By its full name: the package hides this module behind a function of the same name.
    mounting: Any = import_module("flet_web.fastapi.app")

    class EvictingApp(_Evicting, FletApp):  # type: ignore[misc]  # flet-web has no types
        async def handle(self, websocket: Any) -> None:
            try:
                await super().handle(websocket)
            finally:
                session = self._FletApp__session
                if session is not None and session.connection is self:
                    key = self._FletApp__get_unique_session_id(session.id)
                    kept_s = self._FletApp__session_timeout_seconds
                    await app_manager.disconnect_session(key, kept_s)

    if not issubclass(mounting.FletApp, _Evicting):
        mounting.FletApp = EvictingApp
