"""Each look at a draft by itself: language, ways to reach people, signs, capitals, weight."""

import pytest

from locales import LANGUAGES, Words
from solidarity.letter_check import Kind, Reason, Severity, WordList, check_letter

NO_WORDS = WordList([])


def found(draft: str, **told) -> list[tuple[str, str]]:
    return [
        (each.reason.value, draft[each.start : each.end])
        for each in check_letter(draft, NO_WORDS, **told).findings
    ]


def reasons(draft: str, **told) -> set[str]:
    return {reason for reason, _ in found(draft, **told)}


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ("Dear Anna, how are you? It rains.", "english"),
        ("Cześć Aniu! U nas pada śnieg, a ja czytam książkę.", "polish"),
        ("Liebe Anna, wie geht es dir? Hier regnet es.", "other-language"),
        ("Privet Anya! Kak dela? U nas vse horosho.", "latin-script"),
        ("Pryvitańnie, Hanna! Jak spravy? U nas śnieh, usio ŭ paradku.", "latin-script"),
        ("Привіт, Ганно! Як твої справи? Її кіт їсть рибу.", "other-language"),
        ("გამარჯობა, როგორ ხარ?", "other-language"),
        ("ok", "other-language"),
    ],
)
def test_a_letter_in_no_language_that_passes_is_pointed_out_as_a_whole(draft: str, reason: str):
    assert (reason, draft) in found(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Прывітанне, як справы?",
        "Привет, как дела?",
        "",
        "12345",
        "...",
        "Ґанак і ґузік, і гузікі на ґанку ў хаце, у нас",
    ],
)
def test_a_letter_that_passes_has_no_word_said_about_its_language(draft: str):
    assert found(draft) == []


def test_a_passage_is_told_from_single_words():
    draft = "Увесь вечар глядзеў Twin Peaks, ужо другі раз, а потым згадаў радок: I have never seen it. Так."

    assert found(draft) == [
        ("foreign-word", "Twin Peaks"),
        ("mixed-languages", "I have never seen it"),
    ]


@pytest.mark.parametrize(
    ("draft", "reason", "what"),
    [
        ("Пішы на x.y+z@mail.example.org!", "email", "x.y+z@mail.example.org"),
        ("Глядзі (https://example.org/a?b=c).", "link", "https://example.org/a?b=c"),
        ("Глядзі www.example.org, там фота", "link", "www.example.org"),
        ("Сайт пошта.бел працуе", "link", "пошта.бел"),
        ("Я там @nobody_invented", "link", "@nobody_invented"),
        ("Тэл. +375 (29) 555-01-23.", "telephone", "+375 (29) 555-01-23"),
        ("Тэл. 80295550123", "telephone", "80295550123"),
        ("Хатні 555-01-23", "telephone", "555-01-23"),
    ],
)
def test_ways_to_reach_somebody_are_pointed_out(draft: str, reason: str, what: str):
    assert found(draft) == [(reason, what)]


@pytest.mark.parametrize(
    "draft",
    [
        "Нарадзіўся 12.05.1986, а пайшоў 2024-05-12 у 14:30.",
        "У 2019–2023 і ў 2019 - 2021 гадах.",
        "Прайшлі 1 000 000 крокаў, 12-15 у хвіліну.",
        "Кніга каштуе 25.50, тры кнігі 76.50.",
        "Стаяў.Сядзеў.Ляжаў і т.д.",
        "Загадка: 3 + 4 * 2 = 11?",
        "Першы сказ...А вось другі?!",
    ],
)
def test_dates_prices_and_counts_lead_to_nobody(draft: str):
    assert found(draft) == []


@pytest.mark.parametrize(
    ("draft", "reason", "what"),
    [
        ("Віншую 🎉🎂!", "emoji", "🎉🎂"),
        ("Сям'я 👨‍👩‍👧 дома", "emoji", "👨‍👩‍👧"),
        ("Сонца ☀️ свеціць", "emoji", "☀️"),
        ("Усё добра :-)", "smiley", ":-)"),
        ("Усё добра)))", "smiley", ")))"),
        ("Люблю <3", "smiley", "<3"),
        ("Вось:\n┌──┐\n│  │\n└──┘\nскрынка", "drawing", "┌──┐\n│  │\n└──┘"),
        ("Вось:\n/\\/\\/\\\n\\/\\/\\/\nгоры за вёскай", "drawing", "/\\/\\/\\\n\\/\\/\\/"),
    ],
)
def test_signs_that_are_no_writing_are_pointed_out(draft: str, reason: str, what: str):
    assert found(draft) == [(reason, what)]


@pytest.mark.parametrize(
    "draft",
    [
        "Раз.\n***\nДва.\n---\nТры.\n-----",
        "У дужках (вось так) і ў двукоссі «так».",
        "А 12:30 пайшлі дадому; 10:3 на нашу карысць.",
        "1) хлеб\n2) соль\n3) вада",
        "— Ты дома?\n— Дома!\n— Чакай…",
    ],
)
def test_ordinary_signs_are_writing(draft: str):
    assert found(draft) == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Быў у РБ і ў ЕС", ["РБ", "ЕС"]),
        ("ВІНШУЮ З ДНЁМ НАРАДЖЭННЯ", []),
        ("ДА! Я тут", ["ДА"]),
        ("Я і А", []),
        ("ПС. Кот перадае прывітанне", []),
        ("МЧССССР ідзе", []),
    ],
)
def test_abbreviations_are_told_from_loud_words(draft: str, expected: list[str]):
    assert [what for reason, what in found(draft) if reason == "abbreviation"] == expected


OWN = ["Вольга Няісная", "Ольга Неисная"]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Учора бачыў Пятра Выдуманага.", ["Пятра Выдуманага"]),
        ("Прывітанне! Табе вітанні ад Пятра Пятровіча Выдуманага.", ["Пятра Пятровіча Выдуманага"]),
        ("Пётр Выдуманы прыехаў.", []),
        ("Добры дзень, Пётр Пятровіч! Як вы?", []),
        ("Паважаная Вольга Няісная, і для Вольгі Няіснай, і Вользе.", []),
        ("Сказалі, што Ольгу Неисную любят.", []),
        ("Чытаю Максіма Багдановіча ўвечары.", []),
        ("Паехалі ў Мінск. Горад спаў.", []),
        ("Паехалі ў Мінск, Горад спаў.", []),
        ("Паехалі (Пётр Выдуманы) дадому.", []),
        ("Паехалі з Пятром\nВыдуманым дадому.", []),
        ("быў у Санкт-Пецярбургу", []),
    ],
)
def test_names_of_others_are_told_from_the_addressees_and_from_those_everybody_knows(draft, expected):
    names = [w for r, w in found(draft, own_names=OWN, known_names=["Багдановіч"]) if r == "other-name"]

    assert names == expected


def test_one_letter_in_latin_is_seen_and_the_word_is_still_a_word():
    assert found("Прывітaнне") == [("mixed-letters", "Прывітaнне")]


def test_a_link_holds_no_foreign_words_and_no_names():
    assert reasons("Фота тут: https://example.org/Anna-Smith/see/the/pictures/of/the/dog добра") == {"link"}


@pytest.mark.parametrize(
    ("characters", "sheets", "grams", "is_heavy"),
    [
        (0, 0, 5, False), (1, 1, 10, False), (3000, 1, 10, False), (3001, 2, 15, False), (9000, 3, 20, False),
        (9001, 4, 25, True),
    ],
)  # fmt: skip
def test_a_letter_is_weighed_with_its_envelope(characters, sheets, grams, is_heavy):
    report = check_letter("ж" * characters, NO_WORDS)

    assert (report.measure.sheets, report.measure.grams, report.measure.is_heavy) == (sheets, grams, is_heavy)
    assert (Reason.HEAVY in {each.reason for each in report.findings}) is is_heavy


def test_lines_take_room_and_spaces_do_not():
    assert check_letter("ж\n" * 100, NO_WORDS).measure.sheets == 2
    assert check_letter("ж" + " " * 9000, NO_WORDS).measure.sheets == 1


def test_the_gravest_comes_first():
    report = check_letter("Быў у РБ 🌞, Netflix " + "ж" * 9001, NO_WORDS)

    assert list(report.by_reason()) == ["emoji", "abbreviation", "foreign-word", "heavy"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_a_kind_and_a_severity(language: str):
    words = Words(language)
    for reason in Reason:
        finding = check_letter("🌞", NO_WORDS).findings[0].__class__(reason, 0, 1)
        assert words.say(finding.wording)
        assert finding.kind in Kind
        assert finding.severity in Severity
    measured = check_letter("ж", NO_WORDS).measure
    assert "10" in words.say(measured.wording, sheets=measured.sheets, grams=measured.grams)
