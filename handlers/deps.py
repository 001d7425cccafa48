"""What conversations stand on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from handlers.arrival import NO_ACCOUNT, BotAccount
from handlers.limits import Limits
from handlers.tries import WrongCodes
from solidarity.pins import PinHasher
from solidarity.printing import NoPrinter, Printer
from solidarity.work import Storage

Delete = Callable[[int, int], Awaitable[bool]]


async def delete_nothing(chat_id: int, message_id: int) -> bool:
    """Leave a message where it is: nobody has said how to delete one."""
    return False


@dataclass
class Deps:
    """What conversations stand on."""

    storage: Storage
    now: Callable[[], datetime]
    pins: PinHasher
    wrong_codes: WrongCodes = field(default_factory=WrongCodes)
    limits: Limits = field(default_factory=Limits)
    account: BotAccount = NO_ACCOUNT
    press: Printer = field(default_factory=NoPrinter)
    # Whether the alarm stands: only what shelters people has an effect, and nothing is shown.
    is_quiet: Callable[[], bool] = lambda: False
    # Deletes a message of a chat at once; False where it may still stand there.
    delete: Delete = delete_nothing
