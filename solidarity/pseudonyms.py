"""A fixed pair of words by which coordinators speak of a person whose name they do not see.

The pair follows from the person's random id alone, and the words at one place mean the same in every
language, so that colleagues with different languages mean the same person. There are 6,400 pairs: among some
hundred people two may share one, so a pseudonym never finds or identifies anybody by itself.
"""

from hashlib import sha256
from typing import NamedTuple

DOMAIN = b"poruch/pseudonym/v1"
GENDERS = "mfn"

# The order is for ever: moving, adding or removing a line renames everybody.
ADJECTIVES = """
quiet | тихий тихая тихое | ціхі ціхая ціхае
calm | спокойный спокойная спокойное | спакойны спакойная спакойнае
clear | ясный ясная ясное | ясны ясная яснае
bright | светлый светлая светлое | светлы светлая светлае
warm | тёплый тёплая тёплое | цёплы цёплая цёплае
cool | прохладный прохладная прохладное | прахалодны прахалодная прахалоднае
fresh | свежий свежая свежее | свежы свежая свежае
soft | мягкий мягкая мягкое | мяккі мяккая мяккае
gentle | ласковый ласковая ласковое | ласкавы ласкавая ласкавае
light | лёгкий лёгкая лёгкое | лёгкі лёгкая лёгкае
old | старый старая старое | стары старая старое
new | новый новая новое | новы новая новае
early | ранний ранняя раннее | ранні ранняя ранняе
distant | далёкий далёкая далёкое | далёкі далёкая далёкае
near | близкий близкая близкое | блізкі блізкая блізкае
wide | широкий широкая широкое | шырокі шырокая шырокае
long | длинный длинная длинное | доўгі доўгая доўгае
small | маленький маленькая маленькое | маленькі маленькая маленькае
large | большой большая большое | вялікі вялікая вялікае
round | круглый круглая круглое | круглы круглая круглае
smooth | гладкий гладкая гладкое | гладкі гладкая гладкае
even | ровный ровная ровное | роўны роўная роўнае
simple | простой простая простое | просты простая простае
neat | аккуратный аккуратная аккуратное | акуратны акуратная акуратнае
clean | чистый чистая чистое | чысты чыстая чыстае
silvery | серебристый серебристая серебристое | серабрысты серабрыстая серабрыстае
golden | золотистый золотистая золотистое | залацісты залацістая залацістае
amber | янтарный янтарная янтарное | бурштынавы бурштынавая бурштынавае
green | зелёный зелёная зелёное | зялёны зялёная зялёнае
lilac | сиреневый сиреневая сиреневое | бэзавы бэзавая бэзавае
violet | фиолетовый фиолетовая фиолетовое | фіялетавы фіялетавая фіялетавае
turquoise | бирюзовый бирюзовая бирюзовое | бірузовы бірузовая бірузовае
pearl | жемчужный жемчужная жемчужное | жамчужны жамчужная жамчужнае
emerald | изумрудный изумрудная изумрудное | смарагдавы смарагдавая смарагдавае
azure | лазурный лазурная лазурное | блакітны блакітная блакітнае
pink | розовый розовая розовое | ружовы ружовая ружовае
grey | серый серая серое | шэры шэрая шэрае
homely | домашний домашняя домашнее | хатні хатняя хатняе
morning | утренний утренняя утреннее | ранішні ранішняя ранішняе
evening | вечерний вечерняя вечернее | вячэрні вячэрняя вячэрняе
summer | летний летняя летнее | летні летняя летняе
winter | зимний зимняя зимнее | зімовы зімовая зімовае
autumn | осенний осенняя осеннее | асенні асенняя асенняе
sunny | солнечный солнечная солнечное | сонечны сонечная сонечнае
starry | звёздный звёздная звёздное | зорны зорная зорнае
northern | северный северная северное | паўночны паўночная паўночнае
southern | южный южная южное | паўднёвы паўднёвая паўднёвае
kind | добрый добрая доброе | добры добрая добрае
cheerful | весёлый весёлая весёлое | вясёлы вясёлая вясёлае
friendly | приветливый приветливая приветливое | прыветлівы прыветлівая прыветлівае
thoughtful | задумчивый задумчивая задумчивое | задуменны задуменная задуменнае
dreamy | мечтательный мечтательная мечтательное | летуценны летуценная летуценнае
modest | скромный скромная скромное | сціплы сціплая сціплае
slow | медленный медленная медленное | павольны павольная павольнае
steady | устойчивый устойчивая устойчивое | устойлівы устойлівая устойлівае
sturdy | крепкий крепкая крепкое | трывалы трывалая трывалае
patterned | узорчатый узорчатая узорчатое | узорысты узорыстая узорыстае
transparent | прозрачный прозрачная прозрачное | празрысты празрыстая празрыстае
shining | блестящий блестящая блестящее | бліскучы бліскучая бліскучае
glimmering | мерцающий мерцающая мерцающее | мігатлівы мігатлівая мігатлівае
fragrant | душистый душистая душистое | духмяны духмяная духмянае
ancient | древний древняя древнее | старадаўні старадаўняя старадаўняе
familiar | знакомый знакомая знакомое | знаёмы знаёмая знаёмае
favourite | любимый любимая любимое | любімы любімая любімае
rare | редкий редкая редкое | рэдкі рэдкая рэдкае
ordinary | обычный обычная обычное | звычайны звычайная звычайнае
festive | праздничный праздничная праздничное | святочны святочная святочнае
pleasant | приятный приятная приятное | прыемны прыемная прыемнае
lovely | милый милая милое | мілы мілая мілае
beautiful | красивый красивая красивое | прыгожы прыгожая прыгожае
tender | нежный нежная нежное | пяшчотны пяшчотная пяшчотнае
cosy | уютный уютная уютное | утульны утульная утульнае
silky | шёлковый шёлковая шёлковое | шаўковы шаўковая шаўковае
colourful | разноцветный разноцветная разноцветное | рознакаляровы рознакаляровая рознакаляровае
crystal | хрустальный хрустальная хрустальное | крыштальны крыштальная крыштальнае
spacious | просторный просторная просторное | прасторны прасторная прасторнае
melodious | певучий певучая певучее | пявучы пявучая пявучае
generous | щедрый щедрая щедрое | шчодры шчодрая шчодрае
graceful | изящный изящная изящное | зграбны зграбная зграбнае
thin | тонкий тонкая тонкое | тонкі тонкая тонкае
"""

# Each noun with its grammatical gender: masculine, feminine or neuter.
NOUNS = """
lake | озеро n | возера n
river | река f | рака f
stream | ручей m | ручай m
meadow | луг m | луг m
forest | лес m | лес m
grove | роща f | гай m
hill | холм m | пагорак m
valley | долина f | даліна f
field | поле n | поле n
garden | сад m | сад m
path | тропа f | сцежка f
bridge | мост m | мост m
island | остров m | востраў m
shore | берег m | бераг m
bay | залив m | заліў m
sea | море n | мора n
wave | волна f | хваля f
cloud | облако n | воблака n
snow | снег m | снег m
frost | иней m | шэрань f
mist | туман m | туман m
dew | роса f | раса f
maple | клён m | клён m
pine | сосна f | сасна f
poplar | тополь m | таполя f
rowan | рябина f | рабіна f
willow | ива f | вярба f
spruce | ель f | елка f
alder | ольха f | вольха f
acorn | жёлудь m | жолуд m
branch | ветка f | галінка f
moss | мох m | мох m
fern | папоротник m | папараць f
clover | клевер m | канюшына f
chamomile | ромашка f | рамонак m
mint | мята f | мята f
heather | вереск m | верас m
berry | ягода f | ягада f
pear | груша f | груша f
plum | слива f | сліва f
cherry | вишня f | вішня f
aster | астра f | астра f
orchid | орхидея f | архідэя f
petal | лепесток m | пялёстак m
honey | мёд m | мёд m
bread | хлеб m | хлеб m
tea | чай m | чай m
milk | молоко n | малако n
mug | кружка f | кубак m
saucer | блюдце n | сподак m
spoon | ложка f | лыжка f
jug | кувшин m | збанок m
basket | корзина f | кошык m
towel | полотенце n | ручнік m
lamp | лампа f | лямпа f
lantern | фонарь m | ліхтар m
window | окно n | акно n
porch | крыльцо n | ганак m
table | стол m | стол m
chair | стул m | крэсла n
shelf | полка f | паліца f
blanket | одеяло n | коўдра f
pillow | подушка f | падушка f
scarf | шарф m | шалік m
mitten | варежка f | рукавіца f
button | пуговица f | гузік m
thread | нитка f | нітка f
umbrella | зонт m | парасон m
book | книга f | кніга f
notebook | тетрадь f | сшытак m
pencil | карандаш m | аловак m
boat | лодка f | лодка f
oar | весло n | вясло n
sail | парус m | ветразь m
harbour | гавань f | гавань f
wheel | колесо n | кола n
stone | камень m | камень m
sand | песок m | пясок m
mountain | гора f | гара f
fountain | фонтан m | фантан m
"""


class _Noun(NamedTuple):
    word: str
    gender: int


def pseudonym(seed: bytes, language: str) -> str:
    """Return the pair of words for ``seed``: "Quiet lake", "Тихое озеро" or "Ціхае возера".

    Args:
        seed: what stands for one person and never changes, such as the 16 bytes of their id.
        language: be, ru or en.

    Raises:
        KeyError: there are no words in this language.
        ValueError: ``seed`` is empty.
    """
    if not seed:
        raise ValueError("a pseudonym needs a seed")
    number = int.from_bytes(sha256(DOMAIN + seed).digest(), "big")
    rest, adjective = divmod(number, len(_ADJECTIVES[language]))
    noun = _NOUNS[language][rest % len(_NOUNS[language])]
    return f"{_ADJECTIVES[language][adjective][noun.gender]} {noun.word}".capitalize()


def is_called(seed: bytes, typed: str) -> bool:
    """Say whether a typed pair of words is this seed's pseudonym in any language, in whatever case."""
    return any(_as_typed(typed) == _as_typed(pseudonym(seed, language)) for language in _NOUNS)


def _as_typed(words: str) -> list[str]:
    # Many keyboards make ё hard to type, and many people leave its dots out.
    return words.casefold().replace("ё", "е").split()


def _columns(table: str) -> dict[str, list[list[str]]]:
    rows = [[cell.split() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {language: [row[place] for row in rows] for place, language in enumerate(("en", "ru", "be"))}


def _forms(words: list[str]) -> tuple[str, str, str]:
    # English adjectives have one form for every gender.
    masculine, feminine, neuter = words if len(words) == len(GENDERS) else words * len(GENDERS)
    return masculine, feminine, neuter


def _noun(word: str, gender: str = "m") -> _Noun:
    return _Noun(word, GENDERS.index(gender))


_ADJECTIVES = {
    language: [_forms(words) for words in column] for language, column in _columns(ADJECTIVES).items()
}
_NOUNS = {language: [_noun(*words) for words in column] for language, column in _columns(NOUNS).items()}
