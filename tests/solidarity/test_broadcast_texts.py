"""Own words are read before anybody gets them: what cannot be sent is refused, and what is read is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup import parse_html
from solidarity.broadcasts.texts import LONGEST_TEXT, MESSAGE_LIMIT, TAGS, checked_text, units
from solidarity.errors import SolidarityError
from solidarity.phrases import LONGEST as LONGEST_PHRASE
from solidarity.typed_errors import MarkupBroken, TextEmpty, TextTooLong

PHRASE = "p" * LONGEST_PHRASE
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(["<", ">", "&", "&lt;", "&amp;", "&#60;", "\n", "<a>", "<B>", "🕊", " "]),
    st.text(max_size=6),
)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("  Plain & simple  ", "Plain &amp; simple"),
        ("a &lt; b &amp;amp; c > d", "a &lt; b &amp;amp; c &gt; d"),
        ("<B>one</B> <i><u>two</u></i>", "<b>one</b> <i><u>two</u></i>"),
        ("<code>1 &lt; 2</code>", "<code>1 &lt; 2</code>"),
    ],
)
def test_words_are_written_out_again(typed: str, sent: str):
    assert checked_text(typed) == sent


@pytest.mark.parametrize(
    ("typed", "line", "sign"),
    [
        pytest.param("<b>open", 1, 1, id="never closed"),
        pytest.param("one\ntwo</b>", 2, 4, id="never opened"),
        pytest.param("<b><i>x</b></i>", 1, 8, id="closed in another order"),
        pytest.param("x <3", 1, 3, id="a bare sign"),
        pytest.param("a\nb\n <a>link</a>", 3, 2, id="an unknown mark"),
        pytest.param('<b class="x">x</b>', 1, 1, id="an attribute"),
        pytest.param("<code><b>x</b></code>", 1, 7, id="a mark inside code"),
        pytest.param(
            "<blockquote>x<blockquote>y</blockquote></blockquote>", 1, 14, id="a quotation in a quotation"
        ),
        pytest.param("x<script>", 1, 2, id="a script"),
    ],
)
def test_a_broken_mark_is_refused_with_its_place(typed: str, line: int, sign: int):
    with pytest.raises(MarkupBroken) as refusal:
        checked_text(typed)

    assert refusal.value.values() == {"line": line, "sign": sign}


@pytest.mark.parametrize("typed", ["", "  \n ", "<b></b>", "<i> \u200b\u2060</i>", "&#32;"])
def test_what_cannot_be_seen_is_empty(typed: str):
    with pytest.raises(TextEmpty):
        checked_text(typed)


def test_4096_units_with_the_phrase_are_sent_and_4097_are_refused():
    longest = checked_text("x" * LONGEST_TEXT)

    assert units(f"{PHRASE}\n\n{longest}") == MESSAGE_LIMIT
    with pytest.raises(TextTooLong):
        checked_text("x" * (LONGEST_TEXT + 1))


def test_marks_do_not_count_and_signs_beyond_the_first_plane_count_twice():
    assert checked_text(f"<b>{'&amp;' * LONGEST_TEXT}</b>")
    assert checked_text("🕊" * (LONGEST_TEXT // 2))
    with pytest.raises(TextTooLong):
        checked_text("🕊" * (LONGEST_TEXT // 2 + 1))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_accepted_telegram_reads_with_the_same_length(typed: str):
    try:
        sent = checked_text(typed)
    except SolidarityError:
        return

    read = parse_html(sent)
    assert read.text.strip()
    assert checked_text(sent) == sent
    assert units(read.text) <= LONGEST_TEXT
