"""Checks that all locks satisfy pyproject.toml, all pinned and hashed. Run by ``make locks``."""

import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def pinned(lock: str) -> dict[str, Version]:
    """Return every pin of a lock; one without a hash ends the check."""
    pins: dict[str, Version] = {}
    for block in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8")):
        found = PIN.match(block)
        if found is None:
            continue
        if "--hash=sha256:" not in block:
            sys.exit(f"{lock}: {found[1]} has no hash; run `make lock`")
        pins[_plain(found[1])] = Version(found[2])
    return pins


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, build = settings["project"], settings["build-system"]["requires"]
    runtime, development = project["dependencies"], project["optional-dependencies"]["dev"]
    for lock, wanted in (
        ("requirements.lock", runtime),
        ("requirements-dev.lock", [*runtime, *development]),
        ("requirements-build.lock", build),
        ("requirements-bench.lock", settings["dependency-groups"]["peers"]),
    ):
        pins = pinned(lock)
        for requirement in map(Requirement, wanted):
            pin = pins.get(_plain(requirement.name))
            if pin is None or pin not in requirement.specifier:
                sys.exit(f"{lock} does not satisfy {requirement}; run `make lock`")
    for name, pin in pinned("requirements-dev.lock").items():
        if name in ("ruff", "mypy") and Version(version(name)) != pin:
            sys.exit(f"{name} in .venv is not the locked one; run `make clean`")
    sys.stdout.write("locks: complete and hashed\n")


if __name__ == "__main__":
    main()
