import asyncio

from bot.telegram_api.turns import Turns

ALICE, VERA = 7001, 7002


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_turns_of_a_chat_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, done, first = Turns(), [], asyncio.Event()

    async def act(name: str, wait: asyncio.Event | None = None) -> None:
        async with turns.of(ALICE):
            if wait is not None:
                await wait.wait()
            done.append(name)

    acts = [
        asyncio.ensure_future(act("one", first)),
        *(asyncio.ensure_future(act(n)) for n in ("two", "three")),
    ]
    await settle()
    first.set()
    await asyncio.gather(*acts)

    assert done == ["one", "two", "three"]


async def test_chats_do_not_wait_for_each_other() -> None:
    turns = Turns()

    async with turns.of(ALICE), asyncio.timeout(1), turns.of(VERA):
        busy = turns.count_busy

    assert busy == 2


async def test_a_chat_that_rests_is_forgotten() -> None:
    turns = Turns()

    async with turns.of(ALICE):
        waiting = asyncio.ensure_future(turns.of(ALICE).__aenter__())
        await settle()
        waiting.cancel()
        await asyncio.wait({waiting})

    assert turns.count_busy == 0
