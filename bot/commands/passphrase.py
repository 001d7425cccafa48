"""The passphrase, as somebody types it on the host: never an argument, never a variable."""

import sys

from bot.commands.common import Refusal, ask
from bot.terminal import LONGEST_LINE_BYTES
from storage.key_sources import require_passphrase


def typed_passphrase() -> str:
    """Ask for the passphrase at the terminal, or read it as one line where standard input is no terminal.

    Raises:
        Refusal: there was no such line.
    """
    if sys.stdin.isatty():
        return ask("Passphrase", is_hidden=True)
    return _line()


def new_passphrase() -> str:
    """Ask for a new passphrase, twice at a terminal, so that a slip does not lock everybody out.

    Raises:
        Refusal: the two differ, or there was no line.
        KeyUnavailable: it is too easily tried.
    """
    if not sys.stdin.isatty():
        return require_passphrase(_line())
    first = require_passphrase(ask("New passphrase", is_hidden=True))
    if ask("Once more", is_hidden=True) != first:
        raise Refusal("the two passphrases differ; nothing was made, begin again")
    return first


def decoded(line: bytes) -> str:
    """Take a passphrase out of a line as it was typed or piped.

    Raises:
        Refusal: the line is empty, too long, or no UTF-8.
    """
    typed = line.removesuffix(b"\n").removesuffix(b"\r")
    try:
        text = typed.decode()
    except UnicodeDecodeError:
        raise Refusal("the passphrase is not UTF-8; type it at a terminal") from None
    if not text or len(line) > LONGEST_LINE_BYTES:
        raise Refusal("the passphrase is wanted as one line on standard input, or typed at a terminal")
    return text


def _line() -> str:
    return decoded(sys.stdin.buffer.readline(LONGEST_LINE_BYTES + 1))
