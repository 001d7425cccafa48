"""Mutates the modules that pyproject.toml names, and counts what the tests kill. Run by ``make mutants``.

mutmut works in a copy that is gone afterwards. What follows the module's name goes to ``mutmut run``:

python -m tests.mutants --max-children 1
"""

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).parent.parent
COPIED = ("storage", "solidarity", "migrations", "tests", "docs", "pyproject.toml")
LEAST_PERCENT = 90
# A mutant that never comes to an end is noticed as well.
KILLED = {"killed", "timeout"}


def copy_into(folder: Path) -> None:
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)


def mutmut(folder: Path, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).with_name("mutmut"), *arguments], cwd=folder, check=True)


def outcomes(folder: Path, module: str) -> dict[str, str]:
    """Say of each mutant of a module what became of it, by its name."""
    noted = json.loads((folder / "mutants" / f"{module}.meta").read_text(encoding="utf-8"))
    return {name: status_by_exit_code[code] for name, code in noted["exit_code_by_key"].items()}


def is_enough(mutants: dict[str, str]) -> bool:
    """Say whether enough are killed; a module without mutants was not tried at all."""
    return len(mutants) > 0 and 100 * killed(mutants) >= LEAST_PERCENT * len(mutants)


def killed(mutants: dict[str, str]) -> int:
    return sum(outcome in KILLED for outcome in mutants.values())


def main() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        copy_into(folder)
        mutmut(folder, "run", *sys.argv[1:])
        found = {module: outcomes(folder, module) for module in settings["only_mutate"]}
        for mutants in found.values():
            for name, outcome in mutants.items():
                if outcome not in KILLED:
                    mutmut(folder, "show", name)

    for module, mutants in found.items():
        print(f"{module}: {killed(mutants)} of {len(mutants)} killed")
    if not all(map(is_enough, found.values())):
        sys.exit(f"mutants: fewer than {LEAST_PERCENT} of 100 killed")


if __name__ == "__main__":
    main()
