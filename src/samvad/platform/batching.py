"""Natural micro-batches: what waits while one batch is under way forms the next one. No timer."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Flush = Callable[[Sequence[T]], Awaitable[Sequence[R]]]


class MicroBatcher(Generic[T, R]):
    """`submit` waits until the batch that holds the item is flushed, and gives the item's own result.

    `flush` gets 1..`most` items and answers with one result each, in order. When it raises, every item
    of the batch gets that failure; `bisect` names failures after which the halves are tried apart, so
    that one poisoned item harms itself only. After a flush a flusher rests `rest` seconds, so that more
    gathers where nobody waits for the single item.
    """

    def __init__(
        self,
        flush: Flush[T, R],
        *,
        flushers: int = 2,
        most: int = 200,
        rest: float = 0,
        bisect: Callable[[Exception], bool] = lambda failure: False,
    ) -> None:
        self._flush = flush
        self._most = most
        self._rest = rest
        self._bisect = bisect
        self._flushers = flushers
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._work = asyncio.Semaphore(0)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._run()) for _ in range(self._flushers)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._waiting:
            self._waiting.popleft()[1].cancel()

    async def submit(self, item: T) -> R:
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        self._work.release()
        return await future

    async def _run(self) -> None:
        while True:
            await self._work.acquire()
            batch = self._take()
            if batch:
                await self._settle(batch)
                if self._rest:
                    await asyncio.sleep(self._rest)

    def _take(self) -> list[tuple[T, asyncio.Future[R]]]:
        batch: list[tuple[T, asyncio.Future[R]]] = []
        while self._waiting and len(batch) < self._most:
            item, future = self._waiting.popleft()
            if not future.done():  # its caller gave up
                batch.append((item, future))
        return batch

    async def _settle(self, batch: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._flush([item for item, _ in batch])
        except Exception as failure:
            if len(batch) > 1 and self._bisect(failure):
                middle = len(batch) // 2
                await self._settle(batch[:middle])
                await self._settle(batch[middle:])
                return
            for _, future in batch:
                if not future.done():
                    future.set_exception(failure)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)
