"""Writes `docs/access.md` out of the program's own tables: ``python -m tests.access_table``."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot import cli
from handlers import rooms, routes, vocabulary
from solidarity.access import ACTIONS, Rule

PAGE = Path(__file__).parent.parent / "docs" / "access.md"
HEAD = """# Who may do what

Written out of the program's tables by `python -m tests.access_table`; a test compares. What is not here
nobody may do: a command, button, screen, typed word, newcomer's step or host command without an action does
not load. The rules stand in `solidarity/access.py`, what counts as which action in `handlers/routes.py`,
`handlers/vocabulary.py`, the screens' own lines and `bot/cli.py`.

*Shelter*: also while the alarm stands, and for somebody who is suspended or may be detained; *suspended*:
only for somebody who is suspended, since it is their own.

| Action | Who | On whose things | Open desk | People | Shelter | Ways to it |
|---|---|---|---|---|---|---|
"""
# What is no command, button, screen, word or step.
OTHER_WAYS = {
    "sealed": "any message or tap while no key is there, or the alarm stands",
    "return": "four typed digits",
    "newcomer": "any message",
    routes.FORWARDED.action: "a message forwarded to its screen",
    routes.CODE.action: "a typed code, or one behind `/start`",
}


def ways() -> Iterator[tuple[str, str]]:
    """Give every way to do something, with the action it counts as."""
    yield from ((route.action, f"`/{route.on}`") for route in routes.COMMANDS)
    yield from ((route.action, f"button `{route.on}`") for route in routes.BUTTONS)
    yield from ((route.action, f"words on `{route.on}`") for route in routes.WORDS)
    # In no order of their own, but that in which their modules are loaded.
    yield from ((action, f"screen `{name}`") for name, action in sorted(rooms.ACTION_OF.items()))
    yield from ((action, f"newcomer's step `{name}`") for name, action in vocabulary.ACTION_OF.items())
    yield from ((action, f"`poruch {name}`") for name, action in cli.ACTION_OF.items())
    yield from OTHER_WAYS.items()


def page() -> str:
    """Return the whole page."""
    found: dict[str, list[str]] = defaultdict(list)
    for action, way in ways():
        found[action].append(way)
    return HEAD + "".join(_line(action, rule, found[action]) for action, rule in ACTIONS.items())


def _line(action: str, rule: Rule, found: list[str]) -> str:
    desk = "yes" if rule.at_desk else ""
    shelter = "yes" if rule.is_shelter else "suspended" if rule.stays else ""
    told = ", ".join(found)
    return f"| `{action}` | {rule.who} | {rule.whose} | {desk} | {rule.people} | {shelter} | {told} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
