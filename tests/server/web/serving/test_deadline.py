"""One deadline for many that wait."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from server.web.serving.deadline import Deadline


def test_who_is_too_late_is_told_and_the_others_are_not() -> None:
    async def all_of_them() -> Any:
        deadline, never = Deadline(0.1), asyncio.get_running_loop().create_future

        async def after(seconds: float) -> str:
            await asyncio.sleep(seconds)
            return "here"

        async def soon(waits: float) -> object:
            await asyncio.sleep(waits)
            return await deadline.of(after(0.05))

        return await asyncio.gather(
            deadline.of(never()), soon(0), deadline.of(never()), soon(0.08), return_exceptions=True
        )

    late, early, late_too, later = asyncio.run(all_of_them())
    assert isinstance(late, TimeoutError)
    assert isinstance(late_too, TimeoutError)
    assert (early, later) == ("here", "here")


def test_it_works_again_after_everybody_has_gone() -> None:
    async def twice() -> None:
        deadline = Deadline(0.02)
        for _ in range(2):
            with pytest.raises(TimeoutError):
                await deadline.of(asyncio.get_running_loop().create_future())
            await asyncio.sleep(0.03)

    asyncio.run(twice())


def test_who_is_cancelled_by_somebody_else_is_not_called_late() -> None:
    async def cancelled() -> None:
        task = asyncio.create_task(Deadline(5).of(asyncio.get_running_loop().create_future()))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
