"""The list of risky words at the desk: looked at, and changed together with a second coordinator."""

from handlers.coordinator.facilities import page_of, paging
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.possible import LANGUAGES
from solidarity.proposals import WordProposal
from solidarity.word_changes import (
    REASONS,
    consider_word,
    propose_removal,
    propose_word,
    words_alike,
    words_at_desk,
)


@screen("risky-words")
async def languages(view: View) -> Screen:
    """Offer the lists: the argument is a language, and without one the languages are offered."""
    if view.argument not in LANGUAGES:
        rows: list[Row] = [
            [Button(view.say(f"desk-language-{each}"), "go:risky-words", argument=each)] for each in LANGUAGES
        ]
        return Screen(view.say("risky-words-languages"), [*rows, [view.back("facilities")]])
    rows = [
        [Button(view.say(f"risky-reason-{reason}"), "go:risky-list", argument=f"{view.argument}:{reason}:0")]
        for reason in REASONS
    ]
    return Screen(view.say("risky-words-reasons"), [*rows, [view.back("risky-words")]])


@screen("risky-list")
async def entries(view: View) -> Screen:
    """Show a page of one list: the argument is language, reason and page; what is typed here is added."""
    language, reason, page = _named(view.argument)
    found = await words_at_desk(view.uow, language, reason, page)
    rows: list[Row] = [
        [Button(entry, "go:risky-word", argument=f"{view.argument}:{entry}")] for entry in found.entries
    ]
    before = f"{language}:{reason}:"
    rows += paging(view, "risky-list", found.page, has_more=found.has_more, before=before)
    title = view.say("risky-list-title", reason=view.say(f"risky-reason-{reason}"), count=found.count)
    text = "\n\n".join([title, view.say("risky-list-add")])
    return Screen(text, [*rows, [view.back("risky-words", argument=language)]])


def _named(argument: str) -> tuple[str, str, int]:
    language, reason, page = (*argument.split(":", 3), "", "", "")[:3]
    return language, reason, page_of(page)


@screen("risky-word")
async def entry(view: View) -> Screen:
    """Show one entry, to be taken off the list: the argument is that of its list, and the entry."""
    language, reason, page, word = (*view.argument.split(":", 3), "", "", "", "")[:4]
    rows = [
        [view.button("word-withdraw", "word-withdraw", argument=f"{language}:{word}")],
        [view.back("risky-list", argument=f"{language}:{reason}:{page}")],
    ]
    said = _reason_line(view, reason)
    return Screen(view.say("risky-word-is", entry=word, reason=said), rows)


def _reason_line(view: View, reason: str) -> str:
    return view.say(f"risky-reason-{reason}") if reason in REASONS else ""


def word_lines(view: View, proposal: WordProposal) -> list[str]:
    """Say in words what a colleague would have changed."""
    lines = [
        view.say(
            "risky-word-in", entry=proposal.entry, language=view.say(f"desk-language-{proposal.language}")
        )
    ]
    if proposal.before is not None:
        lines.append(view.say("risky-word-before", reason=view.say(f"risky-reason-{proposal.before}")))
    if proposal.after is None:
        return [*lines, view.say("risky-word-goes")]
    return [*lines, view.say("risky-word-after", reason=view.say(f"risky-reason-{proposal.after}"))]


async def add(turn: Turn) -> None:
    """Show what was typed once more, before a colleague is asked."""
    language, reason, page = _named(turn.argument)
    word = await consider_word(turn.uow, language, reason, turn.text)
    turn.go("risky-new", argument=f"{language}:{reason}:{page}:{word.entry}")


@screen("risky-new")
async def new_entry(view: View) -> Screen:
    """Ask once whether an entry is added, and name what is on the list already and begins alike."""
    language, reason, page, typed = (*view.argument.split(":", 3), "", "", "", "")[:4]
    back = view.back("risky-list", argument=f"{language}:{reason}:{page}")
    word = await consider_word(view.uow, language, reason, typed)
    alike = await words_alike(view.uow, word)
    lines = [
        view.say("risky-word-is", entry=word.entry, reason=_reason_line(view, reason)),
        "",
        view.say("risky-new-alike" if alike else "risky-new-ask"),
        *(f"– {one.entry} ({_reason_line(view, one.reason)})" for one in alike),
    ]
    ask = view.button("word-propose", "word-propose", argument=f"{language}:{reason}:{word.entry}")
    return Screen("\n".join(lines), [[ask], [back]])


async def propose(turn: Turn) -> None:
    """Ask a colleague to agree that an entry is added."""
    language, reason, word = (*turn.argument.split(":", 2), "", "", "")[:3]
    await propose_word(turn.uow, turn.actor, language, reason, word, now=turn.now)
    _asked(turn)


async def withdraw(turn: Turn) -> None:
    """Ask a colleague to agree that an entry goes."""
    language, _, word = turn.argument.partition(":")
    await propose_removal(turn.uow, turn.actor, language, word, now=turn.now)
    _asked(turn)


def _asked(turn: Turn) -> None:
    turn.hint = turn.say("request-asked")
    turn.go("requests")
