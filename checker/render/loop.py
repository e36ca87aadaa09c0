"""An event loop in a thread of its own: a signal that ends the program is raised in another thread, and tears nothing in two that the driver of the
browser is about to say.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_CLOSING = 3.0


class Loop:
    """Runs one piece of work after another."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # What goes wrong in work that nobody waits for any more is nobody's business.
        self._loop.set_exception_handler(lambda *_: None)
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], within: float | None = None) -> T:
        """What comes of the work. Raises TimeoutError where nothing does within so many seconds."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(within)
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """End all work and the thread; what does not end is left behind."""
        with contextlib.suppress(Exception):
            self.run(_cancel_all(), _CLOSING)
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CLOSING)
        if not self._thread.is_alive():
            self._loop.close()


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others, timeout=1)
