"""`poruch import guardianships`: codes for people who write already, shown once."""

from pathlib import Path

import pytest

from .conftest import Run

REGISTER = "source_id,name_en,custody_status\np-1,Ihar Uzorau,pretrial\np-2,Alena Probnaya,released\n"
PAIRS = "prisoner,label,rhythm_weeks\np-1,the tall one,2\np-1,,\np-2,a,4\np-9,b,4\np-1,c,3\n,d,4\n"


@pytest.fixture
def pairs(poruch: Run, installed: Path) -> str:
    """A file with two good rows, and four in which something is wrong."""
    (installed / "register.csv").write_text(REGISTER)
    assert poruch("import", "prisoners", "register.csv", "--confirm").code == 0
    (installed / "pairs.csv").write_text(PAIRS)
    return "pairs.csv"


def test_each_good_row_gives_a_code_under_its_label(poruch: Run, pairs: str) -> None:
    ended = poruch("import", "guardianships", pairs, "--language", "en")

    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[:8] == [
        "6 rows in the file",
        "2 of guardians who write already",
        "0 as before",
        "4 refused:",
        "  line 4: the prisoner is free, dead, hidden, or is not to be written to",
        "  line 5: the prisoner is not in the register; import prisoners first",
        "  line 6: rhythm_weeks has a word that is not known; the README lists those it takes",
        "  line 7: prisoner is empty",
    ]
    assert lines[8:10] == [
        "2 rows taken over.",
        "Codes, each for one person, once, within 7 days; they are not shown again:",
    ]
    labels = [line.strip().partition(": ") for line in lines[10:]]
    assert [label for label, _, _ in labels] == ["the tall one", "line 3"]
    assert [len(words.split()) for _, _, words in labels] == [5, 5]


def test_a_program_is_given_the_codes_as_well(poruch: Run, pairs: str) -> None:
    report = poruch("import", "guardianships", pairs, "--json").json

    assert [code["label"] for code in report["codes"]] == ["the tall one", "line 3"]
    assert report["applied_rows"] == 2


def test_a_dry_run_makes_no_code(poruch: Run, pairs: str) -> None:
    report = poruch("import", "guardianships", pairs, "--dry-run", "--json").json

    assert "codes" not in report
    assert (report["new"], report["applied"]) == (0, False)


def test_a_strict_run_with_a_bad_row_makes_no_code(poruch: Run, pairs: str) -> None:
    ended = poruch("import", "guardianships", pairs, "--strict")

    assert ended.code == 1
    assert "Codes" not in ended.out


def test_the_trail_says_how_many_and_not_whose(poruch: Run, pairs: str) -> None:
    poruch("import", "guardianships", pairs)

    trail = poruch("audit", "list").out

    assert "guardianships" in trail
    assert "tall" not in trail
