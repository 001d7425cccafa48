"""Tokens of new buttons, drawn many at a time."""

from storage.buttons import TOKEN_BYTES, TOKENS_AT_ONCE, new_token


def test_each_button_has_a_token_of_its_own_also_once_more_must_be_drawn() -> None:
    tokens = [new_token() for _ in range(3 * TOKENS_AT_ONCE)]

    assert len(set(tokens)) == len(tokens)
    assert {len(token) for token in tokens} == {TOKEN_BYTES}
