"""``poruch run``; at its end it prints which modules that are not ours it had loaded, one JSON list."""

import json
import sys

from bot.cli import main

OURS = {"__main__", "bench", "bot", "handlers", "locales", "migrations", "solidarity", "storage"}

if __name__ == "__main__":
    sys.argv = ["poruch", "run"]
    code = main()
    json.dump(sorted(name for name in sys.modules if name.partition(".")[0] not in OURS), sys.stdout)
    sys.exit(code)
