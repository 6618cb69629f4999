"""Server-sent events: "there is something new for you". What it is, the tablet pulls."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from sync_server.http.bodies import authenticated
from sync_server.live import Live
from sync_server.scope import scope_of

router = APIRouter(prefix="/sync/v1")

HEARTBEAT_S = 20
"""Shorter than the patience of the proxies on the way."""


@router.get("/events")
async def events(request: Request) -> StreamingResponse:
    buckets = await run_in_threadpool(_buckets, request)
    stream = _stream(request.app.state.live, buckets)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


def _buckets(request: Request) -> tuple[str, ...]:
    with request.app.state.database.reading() as session:
        return scope_of(session, authenticated(session, request)).buckets


async def _stream(live: Live, buckets: tuple[str, ...]) -> AsyncIterator[bytes]:
    async with live.listening(buckets) as listener:
        yield b"event: connected\ndata: 1\n\n"
        while not live.stopping:
            try:
                await asyncio.wait_for(listener.news.wait(), HEARTBEAT_S)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            listener.news.clear()
            if not live.stopping:
                yield b"event: new\ndata: 1\n\n"
