"""What an entry of the list finds, and what it leaves alone."""

import json
from importlib.resources import files

import pytest
import yaml
from jsonschema import Draft202012Validator

from solidarity.letter_check import OF_WORDS, Reason, RiskyWord, Severity, WordList, check_letter
from solidarity.shipped.reading import shipped_names, shipped_words

SHIPPED = WordList(shipped_words())
ROOM = files("solidarity.shipped")


def found(draft: str, words: WordList = SHIPPED) -> list[str]:
    """The risky words of a draft."""
    findings = check_letter(draft, words).findings
    return [draft[each.start : each.end] for each in findings if each.reason in OF_WORDS]


def listed(*entries: str, language: str = "be", reason: Reason = Reason.POLITICS) -> WordList:
    return WordList(RiskyWord(language, entry, reason) for entry in entries)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("When you are released, we will go to the lake.", ["released"]),
        ("After your release I will bake a cake for you.", ["release"]),
        ("When you get out, we will go to the lake.", ["you get out"]),
        ("Калі выйдзеш, паедзем да возера.", ["выйдзеш"]),
        ("Чакаю, калі ты выйдзеш, і саджу кветкі.", ["выйдзеш"]),
        ("Вось выйдзеце, і пойдзем у лес.", ["выйдзеце"]),
        ("Когда выйдешь, поедем к озеру.", ["выйдешь"]),
        ("Когда ты выйдешь, поедем к озеру.", ["выйдешь"]),
        ("Вот выйдете, и пойдём в лес.", ["выйдете"]),
    ],
)
def test_the_day_of_a_release_is_found_however_it_is_said(draft, words):
    assert found(draft) == words


@pytest.mark.parametrize(
    "draft",
    [
        "Пірог выйдзе смачны, калі яго не спяшаць.",
        "Сын выйшаў у двор, а кот за ім.",
        "Пирог выйдет вкусный, а кот вышел во двор.",
        "The cat went out and came back home.",
        "A new album was out last week.",
    ],
)
def test_going_out_of_doors_is_no_release(draft):
    assert found(draft) == []


@pytest.mark.parametrize(
    ("entry", "finds", "leaves"),
    [
        ("выбары", ["выбары", "Выбары", "ВЫБАРЫ"], ["выбар", "выбарыць"]),
        ("свабод~", ["свабода", "свабоды", "свабодаю", "Свабод", "свабо\u0301ду"], ["свабодны", "несвабода"]),
        ("рэвалюцы*", ["рэвалюцыя", "рэвалюцыянер", "рэвалюцыйны"], ["контррэвалюцыя", "рэвалюц"]),
        ("барацьб~", ["барацьба", "барацьбой"], ["барацьбіт"]),
        (
            "жыве беларусь",
            ["Жыве Беларусь", "жыве, Беларусь", "жыве\u00a0беларусь"],
            ["жыве. Беларусь", "жыве"],
        ),
        ("чака~ _ адказ~", ["чакаю адказу", "чакаем ад цябе адказ"], ["чакаю ад цябе і яго адказу"]),
        ("артыкул* №", ["артыкул 342", "артыкула 9"], ["артыкул пра кветкі", "артыкул"]),
        ("арт №", ["арт. 130", "Арт 130"], ["арт-кафэ"]),
        ("бел~ чырвон~ бел~", ["бела-чырвона-белы", "бела чырвона белага"], ["бела-чырвоны"]),
        ("улад~", ["улада", "ўладу", "уладай"], ["Уладзімір", "уладальнік"]),
        ("акупа*", ["aкупaцыя", "АКУПАЦЫЯ"], ["купацца"]),
        ("ёлк~", ["елка", "ёлку"], ["елкачка"]),
        ("сям'я", ["сям’я", "сям'я", "сямʼя"], ["сем'я"]),
        (
            "=Вясн~",
            ["Піша «Вясна»", 'чытаю "Вясну"', "сайт Вясны"],
            ["вясна", "Вясна прыйшла", "Цёпла! Вясна."],
        ),
    ],
)
def test_an_entry_finds_its_forms_and_leaves_other_words_alone(entry, finds, leaves):
    words = listed(entry)

    assert [draft for draft in finds if not found(draft, words)] == []
    assert [draft for draft in leaves if found(draft, words)] == []


@pytest.mark.parametrize(
    "draft",
    [
        "Як вашы справы? Добра спраўляюся.",
        "У мяне вольны час і свабодны вечар.",
        "Вялікі выбар яблыкаў, выбірай любое.",
        "Суседка Уладзя прынесла тэлеграму і боты.",
        "Нехта пакінуў кошык.",
        "Мне два гады снілася мора.",
        "Бамбук расце хутка.",
        "Судя по всему, судьба: посуда цела, судак пойман.",
        "Протестировали плиту, работает.",
        "Диктант на пять, диктор хвалил.",
        "Властелин колец и его властные друзья.",
        "Независимо от погоды гуляем, свободное время есть.",
        "Как следствие, опоздали. Вследствие дождя промокли.",
        "Как дела? Дело было вечером.",
        "Большой выбор красок.",
        "У него твёрдое лицо и урожай уродился.",
        "Весна пришла. Весной легче.",
        "I judge the cakes at the village fair, and the score is a secret.",
        "The warden of the forest is a wardrobe of a man.",
    ],
)
def test_harmless_letters_are_left_alone(draft: str):
    assert found(draft) == []


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("вызваліць", ["вызваліць"]),
        ("Доктора вызвали ночью, вызвал сосед.", []),
        ("Мы верим, мы обязательно победим!", ["мы обязательно победим"]),
        ("Живём без войны и без оккупантов", ["войны", "оккупантов"]),
        ("Ждём от тебя письма", ["Ждём от тебя письма"]),
        ("Не ждём от тебя письма", []),
        ("Ты не грусти, жду письма", ["жду письма"]),
        ("Мы не скучаем. Жду письма", ["Жду письма"]),
        ("без суда и следствия, по следствию", ["суда", "следствию"]),
    ],
)
def test_words_count_in_the_sense_in_which_they_are_risky(draft: str, words: list[str]):
    assert found(draft) == words


def test_the_longer_of_two_entries_that_begin_together_is_found():
    words = listed("радыё", "радыё свабод~")

    assert found("слухаю радыё Свабода і радыё", words) == ["радыё Свабода", "радыё"]


def test_a_word_only_one_language_can_spell_tells_its_own():
    both = WordList(
        [
            RiskyWord("be", "кіты", Reason.WAR),
            RiskyWord("ru", "киты", Reason.WAR),
            RiskyWord("ru", "твар~", Reason.INSULT),
        ]
    )

    assert found("У яго добры твар, і ўсе іншыя ў хаце смяюцца.", both) == []
    assert found("Какая тварь! Ищи её.", both) == ["тварь"]
    assert found("кіты и киты", both) == ["кіты", "киты"]


@pytest.mark.parametrize(
    ("language", "entry", "reason"),
    [
        ("pl", "wojna", Reason.WAR),
        ("be", "вайна", Reason.EMOJI),
        ("be", "", Reason.WAR),
        ("be", "   ", Reason.WAR),
        ("be", "ва~", Reason.WAR),
        ("be", "вай*", Reason.WAR),
        ("be", "*", Reason.WAR),
        ("be", "вай*на", Reason.WAR),
        ("be", "№", Reason.CASE),
        ("be", "_ вайна", Reason.WAR),
        ("be", "вайна _", Reason.WAR),
        ("be", "вайна!", Reason.WAR),
        ("be", "в" * 61, Reason.WAR),
        ("be", "а б в г д е ж", Reason.WAR),
    ],
)
def test_an_entry_that_would_find_everything_or_nothing_is_refused(language, entry, reason):
    with pytest.raises(ValueError):
        RiskyWord(language, entry, reason)


def test_an_empty_list_finds_nothing():
    assert found("Жыве Беларусь", WordList([])) == []


def test_every_entry_that_ships_is_found_by_itself():
    for word in shipped_words():
        sample = word.entry.replace("~", "").replace("*", "").replace("№", "342").replace(" _ ", " так ")
        draft = f"ах, «{sample.replace('=', '')}»" if "=" in sample else sample
        answers = check_letter(draft, WordList([word])).findings
        assert word.reason in {each.reason for each in answers}, word.entry


def test_the_list_keeps_to_its_schema():
    schema = json.loads(ROOM.joinpath("risky_words.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    document = yaml.safe_load(ROOM.joinpath("risky_words.yaml").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)

    assert [error.message for error in validator.iter_errors(document)] == []
    for spoilt in (
        {"pl": {}},
        {"be": {"weather": ["дождж"]}},
        {"be": {"war": ["вай*на"]}},
        {"be": {"war": []}},
    ):
        assert not validator.is_valid({**document, "words": {**document["words"], **spoilt}}), spoilt


def test_the_schema_knows_the_reasons_of_the_code():
    schema = json.loads(ROOM.joinpath("risky_words.schema.json").read_text(encoding="utf-8"))
    (pattern,) = schema["$defs"]["reasons"]["patternProperties"]

    assert set(pattern.strip("^$()").split("|")) == set(OF_WORDS)


def test_every_language_has_words_for_every_reason():
    pairs = {(word.language, word.reason) for word in shipped_words()}

    assert pairs == {(language, reason) for language in ("be", "ru", "en") for reason in OF_WORDS}
    assert shipped_names()


def test_nothing_is_said_to_be_graver_than_it_is():
    grave = {each.reason for each in check_letter("Жыве Беларусь, чакаю адказу", SHIPPED).findings}
    severities = {
        each.reason: each.severity for each in check_letter("Жыве Беларусь, чакаю адказу", SHIPPED).findings
    }

    assert grave == {Reason.SLOGAN, Reason.ANSWER_EXPECTED}
    assert severities == {Reason.SLOGAN: Severity.GRAVE, Reason.ANSWER_EXPECTED: Severity.LIGHT}
