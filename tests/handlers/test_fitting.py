"""Nothing that is shown breaks a limit of Telegram, however long the texts are that a register holds."""

from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.fitting import LABEL_LIMIT, MESSAGE_LIMIT, fit_label, fit_message, units
from locales import LANGUAGES, Words
from tests.locales.test_texts import Tags

SIGNS = st.sampled_from(["a", "Ж", "<", "&", " ", "\n", "🕊", "<b>x</b>", "&amp;"])
FIELDS = st.builds(lambda sign, times: sign * times, SIGNS, st.integers(0, 6000))


def shown(text: str) -> str:
    """What Telegram counts: the text without its tags, after its entities."""
    for tag in ("b", "i", "code", "blockquote"):
        text = text.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return unescape(text)


@settings(max_examples=60, deadline=None)
@given(name=FIELDS, court=FIELDS, room=FIELDS, source=FIELDS, language=st.sampled_from(LANGUAGES))
def test_a_text_of_any_length_becomes_one_whole_message(
    name: str, court: str, room: str, source: str, language: str
):
    words = Words(language)
    lines = [
        words.say("court-name", name=name),
        words.say("court-room", court=court, room=room),
        words.say("look-place", name=name, address=court),
        words.say("adopt-word", word=source),
        words.say("guardian-source", source=source),
    ]
    text = fit_message("\n\n".join(lines))

    assert units(shown(text)) <= MESSAGE_LIMIT
    tags = Tags()
    tags.feed(text)
    tags.close()
    assert (tags.wrong, tags.open) == ([], [])


def test_a_text_that_is_cut_ends_with_a_whole_line():
    text = fit_message("\n".join(["<b>a line of words</b>"] * 400))

    assert text.endswith("<b>a line of words</b>\n…")


def test_what_fits_after_its_entities_is_left_alone():
    text = "&amp;" * MESSAGE_LIMIT

    assert fit_message(text) == text


def test_a_long_label_is_cut_with_an_ellipsis():
    label = fit_label("W" * 200)

    assert len(label) == LABEL_LIMIT
    assert label.endswith("…")
