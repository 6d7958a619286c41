"""What threads hand back to an event loop: all of it arrives, each with who asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from server.web.serving.loop_completions import Landing, StoreOutcome

MANY = 2000


def test_everything_lands_with_who_asked_however_many_threads_hand_it_back() -> None:
    def soon(number: int, then: Callable[[StoreOutcome], None]) -> None:
        threads.submit(then, lambda: number)

    async def asked() -> list[int]:
        landing = Landing(asyncio.get_running_loop())
        outcomes = await asyncio.gather(*(landing.of(partial(soon, number)) for number in range(MANY)))
        return [outcome() for outcome in outcomes]

    with ThreadPoolExecutor(4) as threads:
        assert asyncio.run(asyncio.wait_for(asked(), 20)) == list(range(MANY))


def test_who_has_gone_is_told_nothing_and_the_next_is() -> None:
    async def asked() -> int:
        landing, held = Landing(asyncio.get_running_loop()), list[Callable[[StoreOutcome], None]]()
        gone = asyncio.ensure_future(landing.of(held.append))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        held.pop()(lambda: 1)
        found = await landing.of(lambda then: then(lambda: 2))
        return int(found())

    assert asyncio.run(asyncio.wait_for(asked(), 20)) == 2
