"""`poruch import`: what it prints, what it never prints, and files that are refused whole."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from solidarity.register.custody import CUSTODY_STATUSES

from .conftest import Run

HEADER = "source_id,name_en,custody_status,facility,hobby"
FORM = Path(__file__).parents[2] / "data" / "register-form.json"


@pytest.fixture
def register(installed: Path) -> str:
    """A file with two good rows, a bad one, and a column nobody knows."""
    rows = [
        "p-1,Ihar Uzorau,pretrial,SIZO-1,a",
        "p-2,Alena Probnaya,lost,,b",
        "p-3,Hanna Abrazava,convicted,,c",
    ]
    (installed / "register.csv").write_text("\n".join([HEADER, *rows]))
    return "register.csv"


def test_differences_wait_and_bad_rows_are_named_by_line(poruch: Run, register: str) -> None:
    ended = poruch("import", "prisoners", register)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "3 rows in the file",
        "2 new",
        "0 as before",
        "1 refused:",
        f"  line 3: custody_status has a word that is not known; it takes {', '.join(CUSTODY_STATUSES)}",
        "Columns not read: hobby",
        "2 differences left for a coordinator: in the chat, Desk, Inbox.",
    ]


def test_a_program_is_given_one_object(poruch: Run, register: str) -> None:
    assert poruch("import", "prisoners", register, "--confirm", "--json").json == {
        "rows": 3,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "differences": {"new": 2},
        "refused": [{"line": 3, "reason": "unknown word: custody_status"}],
        "left_out": {},
        "doubles": [],
        "oddities": {},
        "unknown_columns": ["hobby"],
        "dry_run": False,
        "applied": True,
        "applied_rows": 2,
        "waiting": 0,
    }


@pytest.mark.parametrize("flags", [[], ["--json"], ["--dry-run"], ["--confirm"], ["--strict"], ["--whole"]])
def test_no_name_is_ever_printed(poruch: Run, register: str, flags: list[str]) -> None:
    ended = poruch("import", "prisoners", register, *flags)

    assert [word for word in ("Ihar", "Alena", "Abrazava", "p-2") if word in ended.out + ended.err] == []


def test_the_published_form_is_understood(poruch: Run, installed: Path) -> None:
    report = poruch("import", "prisoners", str(FORM), "--dry-run", "--json").json

    assert (report["rows"], sorted(report["left_out"])) == (150, ["not_recognised", "unnamed"])


def test_a_strict_import_names_the_first_bad_line(poruch: Run, register: str) -> None:
    Path("sent").mkdir()
    Path(register).rename(f"sent/{register}")

    refusal = poruch("import", "prisoners", f"sent/{register}", "--strict").refusal

    assert refusal == (
        "poruch: sent/register.csv, line 3: custody_status has a word that is not known; it takes "
        f"{', '.join(CUSTODY_STATUSES)}; nothing was changed"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"source_id,name_en\n\xff\xfe,\xe0", "line 2: file is not UTF-8", id="not UTF-8"),
        pytest.param(
            b"p-1,Ihar Uzorau,pretrial\np-2,Alena,pretrial\n",
            "line 1: the header has none of the forms",
            id="no header",
        ),
        pytest.param(b"", "file is empty", id="empty"),
    ],
)
def test_a_file_that_is_no_register_is_refused_whole(
    poruch: Run, installed: Path, content: bytes, reason: str
) -> None:
    (installed / "register.csv").write_bytes(content)

    assert reason in poruch("import", "prisoners", "register.csv", "--confirm").refusal


def test_a_missing_file_is_refused(poruch: Run, installed: Path) -> None:
    assert "no such file" in poruch("import", "hearings", "nowhere.csv").refusal


def test_trying_and_confirming_at_once_is_a_wrong_call(poruch: Run, register: str) -> None:
    ended = poruch("import", "prisoners", register, "--dry-run", "--confirm")

    assert (ended.code, ended.out) == (2, "")


def test_only_prisoners_have_a_whole_register(poruch: Run, register: str) -> None:
    assert poruch("import", "hearings", register, "--whole").code == 2


def test_hearings_follow_their_prisoners(poruch: Run, register: str, installed: Path) -> None:
    poruch("import", "prisoners", register, "--confirm")
    day = Clock().now().date() + timedelta(days=30)
    rows = [f"h-1,p-1,{day} 10:00,Example Court", f"h-2,p-9,{day} 10:00,Example Court"]
    (installed / "hearings.csv").write_text("\n".join(["source_id,prisoner,starts,court", *rows]))

    report = poruch("import", "hearings", "hearings.csv", "--confirm", "--json").json

    assert (report["new"], report["refused"]) == (1, [{"line": 3, "reason": "unknown prisoner"}])


def test_places_apply_at_once(poruch: Run, installed: Path) -> None:
    row = "IK-99,colony,Калонія № 99,Колония № 99,Penal colony No. 99,2024-01-01"
    (installed / "places.csv").write_text(f"code,kind,name_be,name_ru,name_en,verified_on\n{row}\n")

    report = poruch("import", "facilities", "places.csv", "--json").json

    assert (report["new"], report["applied"]) == (1, True)
