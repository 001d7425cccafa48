"""The press: a process of its own that is given lines and gives back bytes, and is ended when it must be."""

import asyncio
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.paper import press as press_module
from bot.paper.press import AT_ONCE, MOST_WAITING, Press
from solidarity.envelopes import fit_line
from solidarity.errors import PaperNotMade, TooBusy
from tests.bot.paper.printed import COUNTRY, EVENING, letter, order, place, sheets_of, squeezed

ROOT = Path(__file__).parents[3]
SLOW = (sys.executable, "-c", "import time; time.sleep(600)")
MARKUP = (
    '#panic("x")', "#read(\"/etc/passwd\")", "*strong* _emph_ `raw` ```r```", "$x^2$ @ref <label>",
    "= Heading", "- item", "+ item", "/ term: x", "// comment", "/* comment */", "a \\ b \\u{41}",
    "[content] {code}", "-- --- ... ~", '"quoted" \'single\'', "<b>bold</b> &amp; &lt;", "https://example.org",
    "%s {0} {{name}}",
)  # fmt: skip
# What a font of Latin and Cyrillic letters has, and every sign that means something to a typesetter.
PLAIN = st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.characters(
    min_codepoint=0x410, max_codepoint=0x451
)


@dataclass
class Started:
    """Processes that the press started."""

    processes: list[asyncio.subprocess.Process] = field(default_factory=list)
    any: asyncio.Event = field(default_factory=asyncio.Event)

    def ends(self) -> list[int | None]:
        return [process.returncode for process in self.processes]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    real, seen = asyncio.create_subprocess_exec, Started()

    async def start(*command: str, **rest: object) -> asyncio.subprocess.Process:
        process = await real(*command, **rest)  # type: ignore[arg-type]
        seen.processes.append(process)
        seen.any.set()
        return process

    monkeypatch.setattr(press_module.asyncio, "create_subprocess_exec", start)
    return seen


@pytest.mark.parametrize("text", MARKUP)
async def test_markup_stands_on_paper_as_it_was_written(press: Press, text: str):
    pdf = await press.print_envelopes(order(letter(text), back=[text]))

    [drawn] = sheets_of(pdf)
    assert (drawn.lines[0], drawn.lines[1]) == (text, text)
    assert b"/URI" not in pdf


@pytest.mark.parametrize("text", MARKUP)
async def test_markup_in_a_remark_stands_as_it_was_written(press: Press, text: str):
    sheet, _ = sheets_of(await press.print_envelopes(order(letter(text, remarks=[text]), evening=EVENING)))

    assert squeezed(text) * 2 in squeezed("".join(line for line in sheet.lines if text in line))


async def test_what_nobody_sees_does_nothing(press: Press):
    hidden = "Узор\u202e Прык\u2066лад\u2069аў\u200f \u0000\u0007\u001b[31m"

    [drawn] = sheets_of(await press.print_envelopes(order(letter(hidden), back=["а\nб\u2028в\r\nг"])))

    assert drawn.lines[:2] == ["а б в г", "Узор Прык лад аў [31m"]


@settings(max_examples=25, deadline=None)
@given(name=st.text(PLAIN, min_size=1, max_size=200).filter(str.strip))
def test_any_name_stands_on_paper_letter_for_letter(name: str):
    pdf = asyncio.run(Press().print_envelopes(order(letter(name))))

    [drawn] = sheets_of(pdf)
    assert squeezed(drawn.text).startswith(squeezed(fit_line(name)))


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(), min_size=1, max_size=2_000))
@example(text="A-")
def test_anything_at_all_is_drawn_on_one_page_with_its_country(text: str):
    pdf = asyncio.run(
        Press().print_envelopes(order(letter(text, place=place(text, text, text)), back=[text]))
    )

    [drawn] = sheets_of(pdf)
    # A reader takes a line that ends in a hyphen together with the next one.
    assert drawn.lines[-1].endswith(COUNTRY)


async def test_one_order_gives_the_same_bytes_each_time(press: Press):
    assert await press.print_envelopes(order()) == await press.print_envelopes(order())


async def test_no_word_of_an_order_is_left_on_a_disk(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setitem(press_module.ENVIRONMENT, name, str(tmp_path))
        monkeypatch.setenv(name, str(tmp_path))
    word = secrets.token_hex(16)

    pdf = await press.print_envelopes(order(letter(f"Узор {word}"), back=[word], evening=EVENING))

    assert word in sheets_of(pdf)[1].text
    assert list(tmp_path.rglob("*")) == []
    # Not where programs write without asking either; other tests write there at the same time.
    shared = (path for folder in ("/tmp", "/var/tmp", "/dev/shm", "/") for path in Path(folder).glob("*"))
    assert [path for path in shared if word in path.name or word.encode() in content(path)] == []


def content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def test_the_process_that_draws_can_write_to_no_file(tmp_path: Path):
    file = tmp_path / "left"
    code = (
        "from pathlib import Path; from bot.paper.drawing import confine; confine(); "
        f"Path({str(file)!r}).write_text('name')"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.stderr.splitlines()[-1] == "OSError: [Errno 27] File too large"
    assert file.read_bytes() == b""


def test_the_process_that_draws_loads_neither_database_nor_telegram():
    code = "import bot.paper.drawing, sys; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & {"telegram", "sqlalchemy", "cryptography", "storage", "solidarity", "locales"} == set()


def test_the_bot_itself_never_loads_what_draws():
    code = """
import sys, bot.paper.press, bot.assembly
print(*sys.modules)
"""

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "bot.paper.press" in done.stdout.split()
    assert {"typst", "bot.paper.drawing"} & set(done.stdout.split()) == set()


async def test_the_process_is_given_nothing_of_the_bots_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORUCH_TOKEN", "123:secret")
    press = Press(command=(sys.executable, "-c", "import os; print(dict(os.environ))"))

    said = (await press.print_envelopes(order())).decode()

    assert "PYTHONPATH" in said
    assert "PORUCH" not in said


async def test_what_takes_too_long_is_ended(started: Started):
    with pytest.raises(PaperNotMade):
        await Press(seconds=0.1, command=SLOW).print_envelopes(order())

    assert started.ends() == [-9]


async def test_when_nobody_waits_any_more_the_process_is_ended(started: Started):
    printing = asyncio.create_task(Press(command=SLOW).print_envelopes(order()))
    await started.any.wait()

    printing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await printing

    assert started.ends() == [-9]


async def test_what_failed_is_told_without_a_word_of_the_order():
    failing = Press(command=(sys.executable, "-c", "import sys; sys.exit(sys.stdin.read() + 'x')"))

    with capture_logs() as logs, pytest.raises(PaperNotMade) as refusal:
        await failing.print_envelopes(order(letter("Таямнічы")))

    assert refusal.value.__context__ is None
    assert logs == [{"event": "paper could not be drawn", "status": 1, "log_level": "warning"}]
    assert "Таямнічы" not in repr(refusal.value)
    assert "Таямнічы" not in repr(order(letter("Таямнічы"), back=["Таямнічы"]))


async def test_a_press_that_failed_prints_again(started: Started):
    press = Press(seconds=0.1, command=SLOW)
    for _ in range(AT_ONCE + MOST_WAITING + 1):
        with pytest.raises(PaperNotMade):
            await press.print_envelopes(order())

    assert len(started.ends()) == AT_ONCE + MOST_WAITING + 1


async def test_nobody_waits_for_long(started: Started):
    press = Press(patience=0.05, command=SLOW)
    first = asyncio.create_task(press.print_envelopes(order()))
    await started.any.wait()

    with pytest.raises(TooBusy):
        await press.print_envelopes(order())

    assert len(started.ends()) == AT_ONCE
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)


async def test_a_few_may_wait_and_no_more(started: Started):
    press = Press(command=SLOW)
    waiting = [asyncio.create_task(press.print_envelopes(order())) for _ in range(AT_ONCE + MOST_WAITING)]
    await started.any.wait()

    with pytest.raises(TooBusy):
        await press.print_envelopes(order())

    assert len(started.ends()) == AT_ONCE
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert started.ends() == [-9] * AT_ONCE
