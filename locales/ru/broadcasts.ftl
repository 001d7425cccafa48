# Рассылки: пишутся и отправляются за столом, читают их те, кому они предназначены.

button-broadcasts = Рассылка
broadcasts-title = <b>Рассылки</b>
broadcasts-none = В последнее время многим ничего не отправляли.
broadcasts-listed = Последние:
button-broadcast-new = Новая рассылка
broadcast-label = { $day } · { $kind } · { $state }
broadcast-is-own = свои слова
broadcast-is-hearing = дата суда
broadcast-is-transfer = этап
broadcast-is-release = освобождение
broadcast-is-evening = вечер писем
broadcast-state-asked = ждёт согласия
broadcast-state-planned = запланирована
broadcast-state-going = отправляется
broadcast-state-paused = на паузе
broadcast-state-stopped = остановлена
broadcast-state-done = отправлена
broadcast-state-taken-back = отозвана

broadcast-report-title = <b>Рассылка: { $kind }</b>
broadcast-report-state = Сейчас: { $state }
broadcast-report-asked = Никто её не получит, пока другой координатор не даст согласия.
broadcast-report-urgent = Срочная: идёт и в тихие часы.
broadcast-report-begins = Начало: { $at }
broadcast-report-recipients = Людей: { $count }
broadcast-report-sent = Отправлено: { $count }
broadcast-report-waiting = Ждут: { $count }
broadcast-report-unreachable = Недоступны: { $count }
broadcast-report-failed = Не удалось: { $count }
broadcast-report-left-out = Не получат, потому что рассылку остановили или она уже не для них: { $count }
button-broadcast-pause = Пауза
button-broadcast-resume = Продолжить
button-broadcast-stop = Остановить
button-broadcast-stop-yes = Да, остановить
button-broadcast-take-back = Отозвать
button-broadcast-take-back-yes = Да, отозвать
broadcast-paused = Пауза. То, что уже в пути, ещё дойдёт.
broadcast-resumed = Рассылка продолжается.
broadcast-stopped = Остановлена. То, что уже в пути, ещё дойдёт.
broadcast-taken-back = Сообщения отзываются. Это займёт несколько минут.
broadcast-stop-ask =
    <b>Остановить насовсем?</b>

    Ещё ждут: { $count }. Они ничего не получат, продолжить потом будет нельзя.
broadcast-take-back-ask =
    <b>Отозвать?</b>

    Сообщения будут удалены из чатов: { $count }. Кто прочитал, тот прочитал.

broadcast-kinds =
    <b>О чём рассылка?</b>

    Готовые тексты есть на всех языках, а имена в них видят только те, кому можно их знать. Для своих слов многим людям нужен второй координатор.
button-broadcast-begin-hearing = Дата суда
button-broadcast-begin-transfer = Этап
button-broadcast-begin-release = Освобождение
button-broadcast-begin-evening = Вечер писем
button-broadcast-begin-own = Свои слова
broadcast-about = <b>О ком?</b>
broadcast-about-hearing = <b>О каком суде?</b>
broadcast-type-evening =
    <b>Когда вечер писем?</b>

    Напишите день и время: ДД.ММ.ГГГГ ЧЧ:ММ ({ $zone }). Места в сообщении нет: скажите о нём лично.

broadcast-draft-title = <b>Новая рассылка: { $kind }</b>
broadcast-reaches =
    { $count ->
        [0] <b>Не получит никто</b>
        [one] <b>Получит { $count } человек</b>
        [few] <b>Получат { $count } человека</b>
       *[other] <b>Получат { $count } человек</b>
    }
broadcast-reaches-in = { $language }: { $count }
broadcast-reaches-not-in = { $language }: { $count }, текста нет
broadcast-without-text = Без текста на своём языке: { $count }
broadcast-missing-unsaid = Выберите, что с ними делать, и тогда отправляйте.
broadcast-missing-out = Они ничего не получат.
broadcast-missing-in = Они получат этот текст: { $language }
broadcast-takes-two = Нужно согласие второго координатора: этих слов ещё никто другой не видел, а получат их многие.
broadcast-begins-now = Начало — сразу после отправки.
broadcast-begins-at = Начало: { $wall } ({ $zone })
broadcast-keeps-quiet = Каждый получит её вне своих тихих часов.
broadcast-pierces-quiet = Срочно, и в тихие часы: { $why }
button-broadcast-send = Отправить сейчас
button-broadcast-send-then = Отправить в это время
button-broadcast-later = Позже
button-broadcast-at-once = Всё же отправить сейчас
button-broadcast-audience = Для кого
button-broadcast-urgent = Срочно
button-broadcast-not-urgent = Всё же не срочно
button-broadcast-when = Когда
button-broadcast-missing = Для кого нет текста
button-broadcast-leave-out = Не отправлять им
button-broadcast-write-in = Отправить им этот: { $language }
button-broadcast-text-there = ✓ { $language }
button-broadcast-text-none = + { $language }
button-broadcast-preview = Как выглядит: { $language }
button-broadcast-remove = Убрать эти слова
broadcast-type-words =
    <b>Ваши слова: { $language }</b>

    Напишите их одним сообщением. Можно выделять: &lt;b&gt;жирно&lt;/b&gt;, &lt;i&gt;курсивом&lt;/i&gt;, &lt;u&gt;подчёркнуто&lt;/u&gt;, &lt;s&gt;зачёркнуто&lt;/s&gt;, &lt;code&gt;для копирования&lt;/code&gt;, &lt;blockquote&gt;цитата&lt;/blockquote&gt;. Сам знак &lt; пишите как &amp;lt;

    Не пишите имён, которые не публичны.
broadcast-missing-ask =
    <b>Нет текста на их языке: { $count }</b>

    Что с ними делать?
broadcast-type-urgency =
    <b>Почему это срочно?</b>

    Рассылка пойдёт и ночью. Напишите причину: от 2 до 200 знаков.
broadcast-type-start =
    <b>Когда начать?</b>

    Напишите день и время: ДД.ММ.ГГГГ ЧЧ:ММ ({ $zone }).
broadcast-ask-reason =
    <b>Нужно согласие второго координатора</b>

    Другой координатор прочитает слова и увидит, для кого они. Напишите причину: от 2 до 200 знаков.
broadcast-sent = Рассылка пойдёт сейчас.
broadcast-sent-later = Рассылка пойдёт в названное время.

broadcast-audience =
    <b>Для кого?</b>

    Получат те, для кого верно всё это:
broadcast-to-role = Кто они: { $role }
broadcast-to-prisoner = Рядом с: { $name }
broadcast-to-hearing = Рядом с: { $name }, суд { $wall }
broadcast-to-facility = Рядом с кем-то из учреждения: { $place }
broadcast-to-city = Рядом с кем-то в городе: { $city }
broadcast-to-language = Их язык здесь: { $language }
broadcast-role-everybody = все
broadcast-role-supporters = те, кто пока ни с кем не рядом
broadcast-role-guardians = спутники
broadcast-role-relatives = близкие
broadcast-role-coordinators = координаторы
button-broadcast-by-role = Роль
button-broadcast-by-prisoner = Заключённый человек
button-broadcast-by-facility = Учреждение
button-broadcast-by-language = Язык
button-broadcast-by-hearing = Суд
button-broadcast-by-city = Город
button-broadcast-by-none = Не важно
broadcast-ask-role = <b>Кто они здесь?</b>
broadcast-ask-language = <b>Какой язык они здесь выбрали?</b>
broadcast-ask-prisoner = <b>С кем они рядом?</b>
broadcast-ask-facility = <b>Где держат тех, с кем они рядом?</b>
broadcast-ask-hearing = <b>О чьём суде это?</b>
broadcast-ask-city = <b>В каком городе те, с кем они рядом?</b>

request-is-broadcast = свои слова многим
request-broadcast =
    <b>Слова многим людям</b>
    Прочитайте их на каждом языке, прежде чем давать согласие.
desk-begun-broadcast = <b>Вы начали писать рассылку.</b>

broadcast-text-hearing = Дата суда: <b>{ $name }</b>
broadcast-text-when = { $when } ({ $zone })
broadcast-text-court = Суд: { $court }
broadcast-text-confirmed = Дата подтверждена.
broadcast-text-reported = О дате сообщили, но её пока никто не подтвердил.
broadcast-text-transfer =
    Перевели в другое место: <b>{ $name }</b>
    Письма на старый адрес туда не дойдут. Прежде чем писать, посмотрите здесь нынешний адрес.
broadcast-text-release =
    <b>{ $name }</b> на свободе.
    Спасибо за каждое письмо и каждое слово. Дайте, пожалуйста, время прийти в себя.
broadcast-text-evening =
    Вечер писем: { $when } ({ $zone }).
    Пишем тем, кому почти никто не пишет. Где это, координатор скажет лично.

error-markup-broken = Есть метка, которую нельзя прочитать: строка { $line }, знак { $sign }. Никто ничего не получил. Исправьте и пришлите весь текст ещё раз.
error-not-in-register = В реестре этого нет. Сначала отметьте это там, и тогда этот текст можно будет отправить.
error-text-empty = Здесь нечего читать. Никто ничего не получил. Сначала напишите слова.
error-nobody-addressed = Этого не получил бы никто. Выберите, для кого рассылка.
error-languages-missing = Для некоторых людей нет текста на их языке. Напишите его или выберите, что с ними делать. Никто ничего не получил.
error-audience-changed = Число людей только что изменилось. Никто ничего не получил. Посмотрите и отправьте ещё раз.
