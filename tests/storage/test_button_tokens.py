"""Tokens of new buttons, drawn many at a time."""

import secrets

import pytest

from storage import buttons
from storage.buttons import TOKEN_BYTES, TOKENS_AT_ONCE, new_token


def test_each_button_has_a_token_of_its_own_also_once_more_must_be_drawn() -> None:
    tokens = [new_token() for _ in range(3 * TOKENS_AT_ONCE)]

    assert len(set(tokens)) == len(tokens)
    assert {len(token) for token in tokens} == {TOKEN_BYTES}


def test_a_system_that_gave_nothing_once_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(number: int) -> bytes:
        raise MemoryError(number)

    monkeypatch.setattr(buttons, "_tokens", [])
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_bytes", nothing)
        with pytest.raises(MemoryError):
            new_token()

    assert len(new_token()) == TOKEN_BYTES
