"""Real seconds of which a test can skip some, where a wait is measured in them and not by the bot's clock."""

from time import monotonic


class Stopwatch:
    """Stands for ``time.monotonic``."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds
