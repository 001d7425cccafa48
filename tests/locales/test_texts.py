"""Every sentence in every language: complete, used, alike in what it needs, and fit for Telegram's HTML.

A key counts as used where code names it: as a text of its own, or put together of a fixed beginning
(``f"settings-{name}"``, and ``button-`` for labels) and a word that stands somewhere in code. Keys of
refusals are the ``wording`` of their classes.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from locales import LANGUAGES, Words

ROOT = Path(__file__).parents[2]
# Words of closed lists are values of the models' enums.
ROOMS = ("bot", "handlers", "solidarity", "storage/models")
ALLOWED_TAGS = {"b", "i", "code", "blockquote", "tg-time"}
ALLOWED_ATTRIBUTES = {"tg-time": {"unix", "format"}}
FORMS = ("feminine", "masculine", "unsaid")
LONGEST = 3500
LONGEST_LABEL = 64

# The labels of docs and tests, to the letter.
FIXED_LABELS = {
    "I agree", "Just look", "Read more", "Yes", "No", "I'd rather not say", "Continue", "Clear this screen",
    "Become a Guardian", "Write one letter", "My guardianships", "Court dates", "Settings", "Family", "Desk",
    "Back", "Open", "Keep open 30 minutes", "My application: waiting, usually 3 days", "Withdraw",
    "Check my letter",
    "Every 2 weeks", "Every 4 weeks", "Every 8 weeks", "I'll write", "Show someone else", "Why this person?",
    "Send",
    "I wrote", "Address and advice", "Step down", "In 3 days", "Not this time", "Copy address", "Accept",
    "Decline", "I am in danger", "I stay", "Erase me", "People", "Suspend", "Freeze",
    "This person may be detained", "Move to a new account",
    "I'll be there", "I can't after all", "Add to calendar",
}  # fmt: skip
# What is promised to who leaves, in these words.
PROMISE = {
    "en": "unreadable here at once, and in every copy after seven days",
    "be": "адразу робіцца нечытэльным, а ва ўсіх копіях — не пазней чым праз сем дзён",
    "ru": "сразу становится нечитаемым, а во всех копиях — не позже чем через семь дней",
}
# Legal words for a guardian, which a Guardian is not, and the wrong case of them.
NEVER = ("апякун", "апекун", "опекун")


class Needs(Visitor):
    """Collects the variables and the other messages that a message needs."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()
        self.selects = False

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - named by the library.
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        self.selects = True
        self.generic_visit(node)


class Tags(HTMLParser):
    """Reads HTML strictly: every tag closed, none but the allowed ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS or {name for name, _ in attrs} - ALLOWED_ATTRIBUTES.get(tag, set()):
            self.wrong.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def messages_of(language: str) -> Iterator[ftl.Message]:
    for file in sorted((ROOT / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name} ({language}): {entry.content}"
            if isinstance(entry, ftl.Message):
                yield entry


def needs_of(message: ftl.Message) -> Needs:
    needs = Needs()
    needs.visit(message)
    return needs


TEXTS = {language: {m.id.name: needs_of(m) for m in messages_of(language)} for language in LANGUAGES}


def variables_of(language: str, key: str) -> set[str]:
    """The values a sentence must be given, its inner sentences' included; ``form`` is always there."""
    needs = TEXTS[language][key]
    inner = (variables_of(language, other) for other in needs.messages)
    return (needs.variables | set().union(*inner)) - {"form"}


def texts_in_code() -> tuple[set[str], set[re.Pattern[str]]]:
    """The texts that stand in code, and the shapes of those that are put together."""
    texts, shapes = set(), set()
    for file in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                shapes.add(shape_of(node))
    return texts, shapes


def shape_of(text: ast.JoinedStr) -> re.Pattern[str]:
    return re.compile(
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)" for part in text.values
        )
    )


def is_put_together(key: str, texts: set[str], shapes: set[re.Pattern[str]]) -> bool:
    """Say whether a key has the shape of something put together, with words from code in its gaps."""
    words = texts | {text.replace("_", "-") for text in texts}
    names = (key, key.removeprefix("button-"))
    found = (shape.fullmatch(name) for shape in shapes for name in names)
    return any(match and set(match.groups()) <= words for match in found)


def fillings(language: str, key: str) -> Iterator[dict[str, str | int]]:
    """Sample values: numbers of every plural, and texts to be escaped where no choice hangs on them."""
    names = variables_of(language, key)
    for number in (0, 1, 2, 5, 21):
        yield dict.fromkeys(names, number)
    if not TEXTS[language][key].selects and not TEXTS[language][key].messages:
        yield dict.fromkeys(names, "<Tom> & “Jerry”'s")


def said(language: str) -> Iterator[tuple[str, str]]:
    for key, form in product(TEXTS[language], FORMS):
        for values in fillings(language, key):
            yield key, Words(language, form).say(key, **values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice_in_a_language(language: str):
    counts = Counter(message.id.name for message in messages_of(language))

    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_key(language: str):
    everywhere = set().union(*TEXTS.values())

    assert everywhere - TEXTS[language].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_needs_the_same_values_in_every_language(language: str):
    common = TEXTS[language].keys() & TEXTS["en"].keys()
    differing = {key for key in common if variables_of(language, key) != variables_of("en", key)}

    assert differing == set()


def test_every_sentence_is_used():
    texts, shapes = texts_in_code()
    inner = {key for language in LANGUAGES for needs in TEXTS[language].values() for key in needs.messages}
    named = texts | inner | {f"button-{text}" for text in texts}
    unused = {key for key in TEXTS["en"].keys() - named if not is_put_together(key, texts, shapes)}

    assert unused == set()


def test_every_sentence_that_code_names_is_there():
    named = set()
    for file in (file for room in ("bot", "handlers") for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                if node.func.attr == "say":
                    named.add(first.value)
                elif node.func.attr == "button":
                    named.add(f"button-{first.value}")

    assert named - TEXTS["en"].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_sentence(language: str):
    trees = [
        ast.parse((ROOT / "solidarity" / name).read_text(encoding="utf-8"))
        for name in ("errors.py", "typed_errors.py")
    ]
    wordings = {
        node.value.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.value.value.startswith("error-")
    }

    assert wordings - TEXTS[language].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_telegrams_html(language: str):
    wrong = set()
    for key, text in said(language):
        tags = Tags()
        tags.feed(text)
        tags.close()
        if tags.wrong or tags.open:
            wrong.add(key)

    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_plain_and_short(language: str):
    unfit = {
        key
        for key, text in said(language)
        if key.startswith("button-") and (len(text) > LONGEST_LABEL or "<b>" in text or "\n" in text)
    }

    assert unfit == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_fits_into_a_message(language: str):
    assert {key for key, text in said(language) if not 0 < len(text) <= LONGEST} == set()


@pytest.mark.parametrize("language", ["be", "ru"])
def test_a_guardian_is_never_called_by_the_legal_word(language: str):
    assert {key for key, text in said(language) if any(word in text.lower() for word in NEVER)} == set()


def test_the_fixed_english_labels_are_there_to_the_letter():
    keys = [key for key in TEXTS["en"] if key.startswith("button-")]
    labels = {
        Words("en").say(key, **dict.fromkeys(variables_of("en", key), number))
        for key, number in product(keys, (2, 4, 8))
    }

    assert FIXED_LABELS - labels == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["privacy-text", "leaving-ask"])
def test_what_is_promised_to_who_leaves_is_said_in_these_words(language: str, key: str):
    assert PROMISE[language] in Words(language).say(key)
