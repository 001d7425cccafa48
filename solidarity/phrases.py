"""The phrase with which the bot opens its messages to one person, so that a look-alike is found out.

It stands on locked telephones, in other people's sight: the ready ones could be anybody's note to themselves,
and typed ones with a name or a telling word are refused. The list of such words stops slips, not a person who
means to tell.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable

from solidarity.typed_errors import WordsRefused

SHORTEST, LONGEST = 3, 40
SHORTEST_NAME = 3
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


def _listed(block: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in block.split(","))


READY: dict[str, tuple[str, ...]] = {
    "be": _listed("""
        Цёплы плед, Гарачы чайнік, Паліць кветкі, Купіць малака, Свежыя булачкі, Яблычны пірог, Старая шафа,
        Новая лямпа, Ціхі вечар, Лясное возера, Грыбны суп, Вішнёвае варэнне, Хатняе печыва, Мятная гарбата,
        Кніжная паліца, Мяккая падушка, Вялікі кошык, Драўляная лыжка, Гліняны збанок, Воўняны шалік,
        Сіні парасон, Шклянка кефіру, Лыжка мёду, Кубак какавы, Суп з гарбуза, Блінцы на сняданак,
        Сырнікі са смятанай, Прагулка ля ракі, Ранішняя кава, Сасновы лес, Вузкая сцежка, Дождж за акном,
        Лісце на дарозе, Каша на малацэ, Бульба з кропам, Морква і буракі, Памыць вокны, Палічыць пятлі,
        Адрамантаваць ровар, Забраць абутак, Карміць ката, Пасеяць кроп, Зварыць кампот, Чысты абрус,
        Жоўты аловак, Поўная талерка, Салодкая груша, Мокры парасон
        """),
    "ru": _listed("""
        Тёплый плед, Горячий чайник, Полить цветы, Купить молоко, Свежие булочки, Яблочный пирог,
        Старый шкаф, Новая лампа, Тихий вечер, Лесное озеро, Грибной суп, Вишнёвое варенье, Домашнее печенье,
        Мятный чай, Книжная полка, Мягкая подушка, Большая корзина, Деревянная ложка, Глиняный кувшин,
        Шерстяной шарф, Синий зонт, Стакан кефира, Ложка мёда, Чашка какао, Тыквенный суп,
        Блины на завтрак, Сырники со сметаной, Прогулка у реки, Утренний кофе, Сосновый лес, Узкая тропинка,
        Дождь за окном, Листья на дороге, Каша на молоке, Картошка с укропом, Морковь и свёкла, Помыть окна,
        Посчитать петли, Починить велосипед, Забрать обувь, Покормить кота, Посеять укроп, Сварить компот,
        Чистая скатерть, Жёлтый карандаш, Полная тарелка, Сладкая груша, Мокрый зонт
        """),
    "en": _listed("""
        Warm blanket, Hot kettle, Water the plants, Buy some milk, Fresh buns, Apple pie, Old wardrobe,
        New lamp, Quiet evening, Forest lake, Mushroom soup, Cherry jam, Homemade biscuits, Peppermint tea,
        Crowded bookshelf, Soft pillow, Big basket, Wooden spoon, Clay jug, Woollen scarf, Blue umbrella,
        Glass of buttermilk, Spoonful of honey, Cup of cocoa, Pumpkin soup, Pancakes for breakfast,
        Scrambled eggs, River walk, Morning coffee, Pine forest, Narrow path, Rain outside,
        Yellow leaves, Porridge with milk, Potatoes with dill, Carrots and beetroot, Clean the windows,
        Count the stitches, Mend the bicycle, Collect the shoes, Feed the cat, Sow the dill, Stew some fruit,
        Clean tablecloth, Yellow pencil, Full plate, Sweet pear, Wet umbrella
        """),
}

# Whole words, because harmless words begin like them: bottle, courtyard, судьба, лістапад.
TELLING_WORDS = frozenset(
    _listed("""
        bot, bots, court, courts, trial, cell, guard, guards, kgb, letter, letters, rights, adopt, бот, бота,
        боту, ботом, боты, суд, суда, суду, суде, судом, суды, судья, судьи, судзе, сизо, сіза, ивс, кгб, кдб,
        ліст, ліста, лісту, лістом, лісты, лістоў, зэк, зэка, зэки, опека, апека, права, омон, амап
        """)
)
TELLING_STEMS = _listed("""
    poruch, prison, jail, detain, detention, guardian, solidar, hearing, judge, lawyer, arrest, activis,
    protest, politic, freedom, regime, extrem, telegram, police, opposit, revolut, belarus, turma, turem,
    sizo, viasna, vyasna, convict, inmate, dissident, resist, поруч, тюрьм, тюрем, турм, турэм, письм, писем,
    пісьм, узник, узніц, вязн, вязен, опекун, апекун, апякун, хранител, солидарн, салідарн, адвокат, адвакат,
    арест, арышт, задерж, затрыма, заключ, зняволен, политич, политик, политзак, палітыч, палітык, палітвяз,
    протест, пратэст, свобод, свабод, режим, рэжым, экстрем, экстрэм, оппозиц, апазіц, революц, рэвалюц,
    правозащит, праваабарон, активис, актывіс, полиц, паліцыя, паліцэй, милиц, міліцы, колони, калоні,
    телеграм, тэлеграм, беларус, белорус, осужд, асудж, координатор, каардынатар, суддз, приговор, прысуд,
    допрос, допыт, обыск, вобшук, слушани, слуханн, заседани, пасяджэнн
    """)

# Given names that are no other word; the capital rule and the person's own name catch most of the rest.
NAMES = _listed("""
    алесь, алеся, андрэй, андрей, анна, ганна, аня, аляксандр, александр, александра, саша, аляксей, алексей,
    леша, вольга, ольга, оля, дзмітрый, дмитрий, дима, дзіма, юлія, юлия, юля, ірына, ирина, ира, кацярына,
    екатерина, катя, каця, максім, максим, марына, марина, мікалай, николай, коля, наталля, наталья, наташа,
    павел, паша, паліна, полина, сяргей, сергей, таццяна, татьяна, таня, уладзімір, владимир, вова, яўген,
    евгений, женя, alex, alice, andrew, anna, ben, bob, david, emma, james, jane, john, kate, maria, mary,
    michael, nick, olga, paul, peter, sasha, sarah, thomas
    """)


def choose_phrase(
    language: str, random: Callable[[int], int] = secrets.randbelow, *, other_than: str = ""
) -> str:
    """Choose one of the ready phrases.

    Args:
        language: be, ru or en.
        other_than: a phrase that is not to be chosen again.
        random: gives a whole number from 0 up to, but not including, its argument.

    Raises:
        KeyError: there are no phrases in this language.
    """
    ready = [phrase for phrase in READY[language] if phrase != other_than]
    return ready[random(len(ready))]


def check_phrase(text: str, *, own_name: str | None) -> str:
    """Return a typed phrase with its spaces tidied, ready to be kept.

    Args:
        own_name: the person's name as far as it is known here; none of its words of three letters or more may
            stand in the phrase.

    Raises:
        WordsRefused: not 3 to 40 characters; something other than letters, spaces, hyphens and the apostrophe
            inside a word; a telling word; a common given name or their own; a capital after the first word.
    """
    phrase = " ".join(unicodedata.normalize("NFKC", text).split())
    words = phrase.split(" ")
    if not SHORTEST <= len(phrase) <= LONGEST or not all(WORD.fullmatch(word) for word in words):
        raise WordsRefused
    if any(part[0].isupper() and part != "I" for word in words[1:] for part in word.split("-")):
        raise WordsRefused
    folded = [part for word in words for part in (_fold(word), *_fold(word).split("-"))]
    names = {*NAMES, *_words(own_name)}
    if any(word in names or _is_telling(word) for word in folded):
        raise WordsRefused
    return phrase


def _is_telling(word: str) -> bool:
    return word in TELLING_WORDS or word.startswith(TELLING_STEMS)


def _words(own_name: str | None) -> list[str]:
    words = re.findall(r"[^\W\d_]+", _fold(own_name or ""))
    return [word for word in words if len(word) >= SHORTEST_NAME]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
