"""What the server does by itself, again and again, in a thread beside the doors."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def recurring(deed: Callable[[], None], every_s: float) -> AsyncIterator[None]:
    """Done at once, and every `every_s` while the block runs. It sees to its own errors."""
    ended = asyncio.Event()

    async def keep_doing() -> None:
        while True:
            await asyncio.to_thread(deed)
            try:
                await asyncio.wait_for(ended.wait(), every_s)
            except TimeoutError:
                continue
            return

    doing = asyncio.create_task(keep_doing())
    try:
        yield
    finally:
        ended.set()
        await doing
