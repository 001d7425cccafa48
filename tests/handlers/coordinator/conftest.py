"""A coordinator at an open desk, and people who wait for one."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from solidarity.desk import choose_pin
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.hearings.life import Sitting, add_hearing
from solidarity.keypads import TypedPin
from storage.models import CodeKind, Hearing
from storage.unit_of_work import Storage
from tests.handlers.conftest import CheapPins

from .duress import PIN, has_both_pins, types_pin

__all__ = ["PIN", "types_pin"]


@pytest.fixture
async def coordinator(bob: Any) -> Any:
    """Bob with the right of a coordinator, who has never opened a desk."""
    await bob.joins_as(CodeKind.COORDINATOR)
    return bob


@pytest.fixture
async def at_desk(coordinator: Any, storage: Storage, clock: Any) -> Any:
    """Bob at his desk, opened without the keypad's many taps."""
    await _sits_down(coordinator, storage, clock)
    return coordinator


@pytest.fixture
async def colleague(vera: Any, storage: Storage, clock: Any) -> Any:
    """Vera as a second coordinator, at her own desk."""
    await vera.joins_as(CodeKind.COORDINATOR)
    await _sits_down(vera, storage, clock)
    return vera


async def _sits_down(chat: Any, storage: Storage, clock: Any) -> None:
    await chat.comes("sits down", partial(_opens_desk, chat, storage, clock))


async def _opens_desk(chat: Any, storage: Storage, clock: Any) -> None:
    actor, pin_hash = await chat.actor(), await CheapPins().hash(PIN)
    async with storage.unit() as uow:
        await choose_pin(uow, actor, TypedPin(PIN, first=PIN, stored=None), pin_hash, now=clock())
    await chat.says("/desk")


@pytest.fixture
def applies(storage: Storage, clock: Any) -> Callable[..., Awaitable[UUID]]:
    """Lets a person apply to be somebody's Guardian, and returns the application's id."""

    async def apply(chat: Any, prisoner_id: UUID, word: str | None = None) -> UUID:
        actor = await chat.joins()
        async with storage.unit() as uow:
            application = await apply_as_guardian(
                uow, actor, prisoner_id, rhythm_weeks=4, word=word, now=clock()
            )
            return application.id

    return apply


@pytest.fixture
def guards(storage: Storage, clock: Any, applies: Any) -> Callable[..., Awaitable[None]]:
    """Makes a person somebody's Guardian, accepted by the coordinator named."""

    async def guard(chat: Any, prisoner_id: UUID, by: Any) -> None:
        application_id = await applies(chat, prisoner_id)
        actor = await by.actor()
        async with storage.unit() as uow:
            await accept_guardian(uow, actor, application_id, now=clock())

    return guard


@pytest.fixture
def new_hearing(storage: Storage, clock: Any) -> Callable[..., Awaitable[Hearing]]:
    """Puts a sitting of a prisoner into the register."""

    async def make(prisoner_id: UUID, starts: str = "2026-12-09 10:30", **details: str) -> Hearing:
        sitting = Sitting(datetime.fromisoformat(starts), "Europe/Minsk", details=details)
        async with storage.unit() as uow:
            prisoner = await uow.prisoners.get(prisoner_id)
            assert prisoner is not None
            return await add_hearing(uow, prisoner, sitting, now=clock())

    return make


@pytest.fixture
async def forced(coordinator: Any, clock: Any) -> Any:
    """Bob with both PINs, before he is forced to type one."""
    await has_both_pins(coordinator, clock)
    return coordinator
