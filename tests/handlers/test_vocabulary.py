"""The buttons of strangers: every step fits, reads back, and nothing else is read."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from handlers.vocabulary import BEFORE, LAST_PAGE, LOOKING, Step, read, write


@given(
    name=st.sampled_from(BEFORE + LOOKING),
    language=st.sampled_from(["be", "ru", "en"]),
    code=st.none() | st.uuids(),
    page=st.integers(0, LAST_PAGE),
    thing=st.none() | st.uuids(),
)
def test_every_step_fits_a_button_and_reads_back(
    name: str, language: str, code: UUID | None, page: int, thing: UUID | None
):
    step = Step(name, language, code, page, thing)

    assert read(write(step)) == step
    assert len(write(step).encode()) <= 64


@given(st.text(max_size=64))
def test_no_text_breaks_the_reading_of_a_button(data: str):
    step = read(data)

    assert step is None or write(step) == data
