"""Telegram's HTML, read as strictly as Telegram reads it."""

import contextlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.formatting import Formatted, trimmed, utf16_length
from sandbox.markup import parse_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("a <b>b</b>", "a b", [("bold", 2, 1)], id="bold"),
        pytest.param("<strong>a</strong>", "a", [("bold", 0, 1)], id="strong"),
        pytest.param("<i>a<u>b</u></i>", "ab", [("italic", 0, 2), ("underline", 1, 1)], id="nested"),
        pytest.param("&lt;&#65;&#x42;&amp;&quot;&gt;", '<AB&">', [], id="references"),
        pytest.param("&nbsp; & &#0;", "&nbsp; & &#0;", [], id="unknown references stay"),
        pytest.param("😀<s>x</s>", "😀x", [("strikethrough", 2, 1)], id="UTF-16 units"),
        pytest.param('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)], id="spoiler"),
        pytest.param(
            "<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)], id="quote"
        ),
        pytest.param("<b></b>x", "x", [], id="nothing inside"),
        pytest.param('<a href="nowhere">x</a>', "x", [], id="no such link"),
        pytest.param("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)], id="code block"),
        pytest.param("<B>x</B >", "x", [("bold", 0, 1)], id="any case"),
    ],
)
def test_what_is_allowed(source: str, text: str, entities: list[tuple[str, int, int]]):
    formatted = parse_html(source)

    assert formatted.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == entities


def test_links_times_and_emoji_carry_what_they_point_to():
    formatted = parse_html(
        '<a href="https://example.org/?a=1&amp;b=2">a</a><tg-time unix="5" format="wDT">b</tg-time>'
        '<tg-emoji emoji-id="7">c</tg-emoji>'
    )

    assert formatted.entities == (
        {"type": "text_link", "url": "https://example.org/?a=1&b=2", "offset": 0, "length": 1},
        {"type": "date_time", "unix_time": 5, "date_time_format": "wDT", "offset": 1, "length": 1},
        {"type": "custom_emoji", "custom_emoji_id": "7", "offset": 2, "length": 1},
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<tg-time>x</tg-time>", 'Tag "tg-time" must have a valid attribute "unix"'),
    ],
)
def test_what_is_refused(source: str, reason: str):
    with pytest.raises(ApiError) as refusal:
        parse_html(source)

    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_trimming_moves_the_entities_along():
    formatted = trimmed(parse_html("\n 😀 <b>x</b> <i> </i>\n"))

    assert formatted == Formatted("😀 x", ({"type": "bold", "offset": 3, "length": 1},))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_escaped_words_come_back_as_they_were(words: str):
    formatted = parse_html(f"<b>{html.escape(words, quote=False)}</b>")

    assert formatted.text == words
    assert [entity["length"] for entity in formatted.entities] == [utf16_length(words)] * bool(words)


@given(st.text("<>/=&;\"'ab pre-#x1 \n", max_size=40))
def test_any_input_is_read_or_refused(source: str):
    with contextlib.suppress(ApiError):
        assert utf16_length(parse_html(source).text) <= utf16_length(source)
