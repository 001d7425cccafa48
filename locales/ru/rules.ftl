# Места заключения, карточки правил и рискованные слова на рабочем столе.

button-desk-facilities = Места заключения
facilities-title = <b>Места заключения</b>
facilities-ask = Напишите название, город или код либо выберите:
facilities-found = Найдено по запросу «{ $typed }»:
facilities-none = По запросу «{ $typed }» ничего нет. Напишите иначе.
button-page-back = ← Назад
button-page-on = Дальше →
button-risky-words = Рискованные слова

facility-title = <b>{ $name }</b>
facility-address = { $address }
facility-source = Источник: { $source }
facility-transit =
    { $days ->
        [one] Письмо идёт { $days } день.
        [few] Письмо идёт { $days } дня.
       *[other] Письмо идёт { $days } дней.
    }
facility-transit-unknown = Сколько идёт письмо, неизвестно.
facility-choose = Что туда можно отправить:
button-facility-cards =
    { $count ->
        [one] { $thing }: { $count } карточка правил
        [few] { $thing }: { $count } карточки правил
       *[other] { $thing }: { $count } карточек правил
    }
button-all-facilities = Все места

rule-thing-letter = письмо
rule-thing-telegram = телеграмма
rule-thing-parcel = посылка
rule-thing-visit = свидание
rule-thing-blank-paper = бумага и конверты в письме
rule-thing-stickers = наклейки в письме
rule-thing-long-letter = длинное письмо
rule-status-any = любое
rule-writer-any = кто угодно
rule-writer-stranger = незнакомый человек
rule-writer-named = человек из списка
rule-writer-relative = близкие
rule-verdict-allowed = можно
rule-verdict-discouraged = не советуем
rule-verdict-impossible = невозможно
rule-verdict-dangerous = опасно

cards-title = <b>Карточки правил: { $thing }</b>
cards-some = Действует более узкая карточка. Если две одинаково узкие, действует та, которую проверяли позже.
cards-none = Карточек об этом нет. Считается, что ничего не известно.
card-label = { $verdict }: { $status } · { $writer } · { $place }
card-place-facility = здесь
card-place-kind = такие места
card-place-anywhere = везде
button-card-new = Новая карточка для этого места
button-card-edit = Изменить
button-card-checked = Проверено сегодня
button-card-withdraw = Убрать
card-takes-two = Любое изменение начнёт действовать, когда с ним согласится кто-то из коллег. «Проверено сегодня» тоже: карточка, которую проверяли позже, может перевесить другую.
card-thing-is = Что: { $thing }
card-status-is = Положение: { $status }
card-writer-is = Кто отправляет: { $writer }
card-verdict-is = Правило: <b>{ $verdict }</b>
card-where-facility = Где: { $place }
card-where-kind =
    Где: { $place ->
        [colony] все исправительные колонии
        [colony-women] все женские колонии
        [colony-liquidated] все закрытые колонии
        [open-facility] все открытые учреждения («химия»)
        [sizo] все следственные изоляторы (СИЗО)
        [sizo-closed-site] все прежние, закрытые здания СИЗО
        [sizo-and-prison] все следственные изоляторы с тюрьмой
        [prison] все тюрьмы
        [ivs] все изоляторы временного содержания (ИВС)
       *[other] все места вида { $place }
    }
card-where-anywhere = Где: везде
card-advice-is = Совет: { $text }
card-advice-in = { $language }: { $text }
card-source-is = Источник: { $text }
card-verified = Проверено { $day }.
card-never-verified = Этого ещё никто не проверял.
card-before = <b>Сейчас</b>
card-after = <b>Будет</b>
card-goes = <b>Эту карточку убирают.</b>

card-draft-title = <b>Какой будет карточка</b>
card-nothing-yet = пока ничего
button-card-thing = Что
button-card-status = Положение
button-card-writer = Кто отправляет
button-card-verdict = Правило
button-card-advice = Совет
button-card-source = Источник
button-card-is-checked = ✓ Источник просмотрен сегодня
button-card-is-not-checked = Источник сегодня не просмотрен
button-card-propose = Попросить согласия коллеги
card-choose-thing = <b>О чём это?</b>
card-choose-status =
    <b>В каком положении?</b>

    «Любое» не охватывает домашнего ареста, домашней «химии» и тех, с кем нет связи: для них нужны свои карточки.
card-choose-writer = <b>Кто отправляет?</b>
card-choose-verdict = <b>Как там с этим?</b>
card-type-advice =
    <b>Совет: { $language }</b>

    Пишите для того, кто ничего не знает о тюрьмах: целыми предложениями, до 500 знаков, без имён. Прежний совет исчезнет на всех языках; добавьте здесь и остальные языки.
button-card-advice-language = { $language }
card-type-source =
    <b>Кто так говорит?</b>

    Страница и её дата или «звонок в учреждение» и день. До 200 знаков, без имён.

risky-words-languages =
    <b>Рискованные слова</b>

    Их ищут в черновиках писем. На каком языке?
risky-words-reasons = <b>Почему слово в списке?</b>
risky-reason-politics = политика
risky-reason-slogan = лозунги
risky-reason-freedom = свобода и освобождение
risky-reason-fight = борьба и сопротивление
risky-reason-war = война и армия
risky-reason-insult = оскорбления
risky-reason-banned-body = запрещённые названия
risky-reason-case = дело, суд
risky-reason-answer-expected = ожидание ответа
risky-reason-helpers = помощники, чаты, боты
risky-list-title = <b>Рискованные слова: { $reason }</b> ({ $count })
risky-list-add =
    Чтобы добавить слово, напишите его. Чтобы убрать, нажмите на него.

    <code>~</code> после основы — любое окончание, <code>*</code> — что угодно, <code>№</code> — число, <code>_</code> — до двух слов между. Название начинается со знака <code>=</code>.
risky-new-ask = Коллегу попросят согласиться, чтобы это добавить.
risky-new-alike = Эти записи начинаются так же, и они уже в списке. Нужна ли ещё одна? Если да, попросим согласия коллеги.
button-word-propose = Попросить согласия коллеги
risky-word-is =
    <b>{ $entry }</b>
    { $reason }
button-word-withdraw = Убрать
risky-word-in = { $language }: <b>{ $entry }</b>
risky-word-before = Сейчас: { $reason }
risky-word-after = Будет: { $reason }
risky-word-goes = Это слово убирают из списка.

request-is-rule-card = карточка правил
request-is-risky-word = рискованное слово
request-rule-card = <b>Изменение карточки правил</b>
request-risky-word = <b>Изменение списка рискованных слов</b>

told-desk-rules-forged =
    Кто-то изменил карточку правил или рискованное слово не через бот, а в самой базе. Это не действует: показывается то, на что согласились два координатора, или то, что было в боте с самого начала.

    Спросите у того, кто ведёт бот, у кого есть доступ к базе.

error-entry-refused = В список такое не записать. Напишите слово или до шести слов, без других знаков, чем ~ * № _ =, и не меньше трёх букв перед ~ и четырёх перед *.
error-card-incomplete = В карточке ещё нет правила, совета или источника.
