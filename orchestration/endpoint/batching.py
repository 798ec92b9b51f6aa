"""Questions that arrive while one is being answered are answered together, by one query."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, TypeVar

MOST: Final = 64  # questions of one query

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Seen = TypeVar("Seen")


class Batcher(Generic[Asked, Answer]):
    """Asks many at once, in a thread of its own; nobody waits for others to come.

    Parameters
    ----------
    answer : callable
        Answers of several questions, in their order; called in one thread only.
    """

    def __init__(self, answer: Callable[[Sequence[Asked]], Sequence[Answer]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kaeru-decisions")
        self._work: asyncio.Task[None] | None = None

    async def ask(self, question: Asked) -> Answer:
        """Answer one question, with those that wait beside it."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._answer_waiting())
        return await future

    async def look(self, work: Callable[[], Seen]) -> Seen:
        """Do something in the same thread, between two queries."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _answer_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            questions = [question for question, _ in batch]
            done = loop.run_in_executor(self._thread, self._answer, questions)
            await asyncio.wait([done])
            error = done.exception()
            for place, (_, future) in enumerate(batch):
                if future.done():
                    continue  # the caller has gone
                if error is None:
                    future.set_result(done.result()[place])
                else:
                    future.set_exception(error)
