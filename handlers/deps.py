"""What conversations stand on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from handlers.arrival import NO_ACCOUNT, BotAccount
from handlers.limits import Limits
from handlers.tries import WrongCodes
from solidarity.pins import PinHasher
from solidarity.printing import NoPrinter, Printer
from solidarity.work import Storage


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
