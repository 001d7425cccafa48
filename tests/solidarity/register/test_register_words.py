"""The words a file may use are the words the tables keep."""

import pytest

from solidarity.register import custody, hearing_rows, own_form
from storage.models import CustodyStatus, Publicity
from storage.models.hearing import Confidence, HearingStatus, Openness


@pytest.mark.parametrize(
    ("in_files", "in_tables"),
    [
        (custody.CUSTODY_STATUSES, CustodyStatus),
        (own_form.PUBLICITIES, Publicity),
        (hearing_rows.OPENNESS, Openness),
        (hearing_rows.CONFIDENCE, Confidence),
        (hearing_rows.STATUSES, HearingStatus),
    ],
)
def test_files_and_tables_have_the_same_words(in_files, in_tables):
    assert set(in_files) == {word.value for word in in_tables}
