# Стол и его клавиши.

desk-title = <b>Рабочий стол</b>
desk-locked = Стол закрыт.
desk-pin-choose =
    <b>Придумайте PIN из шести цифр</b>

    Он открывает ваш стол. Пока вы набираете, ничего не видно; потом OK.
desk-pin-repeat = <b>Тот же PIN ещё раз</b>
desk-pin-yours = <b>Ваш PIN</b>
desk-pin-wrong = Это не ваш PIN. После пяти неверных клавиши отдыхают 15 минут.
desk-pins-differ = PIN не совпали. Придумайте заново.
desk-pin-too-easy = Такой PIN легко угадать: одна цифра шесть раз или цифры по порядку. Придумайте другой.
desk-pin-resting = <b>Клавиши отдыхают до { $until }</b>
desk-pin-six-digits = В PIN шесть цифр. Наберите заново.
desk-pin-once-more = Тем временем что-то было набрано. Нажмите OK ещё раз.

button-desk-inbox = Входящие
button-desk-prisoners = Заключённые
button-desk-hearings = Суды
button-desk-lock = Закрыть стол

desk-nothing-waits = Новых дел нет.
desk-applications-wait =
    { $count ->
        [one] { $count } заявка
        [few] { $count } заявки
       *[other] { $count } заявок
    }
desk-differences-wait =
    { $count ->
        [one] { $count } различие в реестре
        [few] { $count } различия в реестре
       *[other] { $count } различий в реестре
    }

# Заявки.

desk-inbox-title = <b>Входящие</b>
desk-oldest-shown =
    { $count ->
        [one] Показана { $count } самая старая заявка.
        [few] Показаны { $count } самые старые заявки.
       *[other] Показаны { $count } самых старых заявок.
    }
button-desk-register = Различия в реестре
button-desk-accept = Принять
button-desk-decline = Отклонить

desk-application-title = <b>Заявка: { $name }</b>
desk-at-place = Место: { $place }
desk-applicant = Кто просит: { $applicant }
desk-stand-in = Эти два слова стоят вместо имени.
desk-rhythm =
    { $weeks ->
        [one] Писать каждую { $weeks } неделю
        [few] Писать каждые { $weeks } недели
       *[other] Писать каждые { $weeks } недель
    }
desk-writes-in = Языки: { $languages }
desk-writes-in-unsaid = Языки: не сказано
desk-language-be = белорусский
desk-language-ru = русский
desk-language-en = английский
desk-waits-since =
    Ждёт с { $day } ({ $days ->
        [0] сегодня
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    })
desk-word =
    Слово координаторам:
    <blockquote>{ $word }</blockquote>
desk-no-word = Без дополнительного слова.
desk-application-decided = Эту заявку уже рассмотрели или отозвали.
desk-applicant-kept-away = Доступ этого человека приостановлен, или есть подозрение, что его задержали. Пока это так, заявку принять нельзя.
error-applicant-kept-away = Доступ того, кто подал заявку, приостановлен, или есть подозрение, что человека задержали. Пока это так, заявку принять нельзя. Она ждёт дальше.
desk-accepted = Принято. Об этом сообщим сразу или когда закончатся тихие часы.
desk-declined = Отклонено. Об этом сообщим, без причины.

# Реестр.

desk-register-title = <b>Различия в реестре</b>
desk-register-empty = В реестре ничего не ждёт.
desk-register-wave = <b>Подтвердить все</b> не трогает смертей, тех, кто теперь без всякой связи, и тех, кто исчез из реестра: их смотрят по одному.
button-desk-confirm-all = Подтвердить все
button-desk-one-by-one = По одному
button-desk-confirm = Подтвердить
button-desk-leave-out = Не учитывать
button-desk-earlier = Раньше
button-desk-later = Дальше

desk-kind-new = Новые люди: { $count }
desk-kind-details = Подробности: { $count }
desk-kind-moved = Переводы: { $count }
desk-kind-verdict = Приговоры: { $count }
desk-kind-released = Освобождения: { $count }
desk-kind-cut-off = Без всякой связи: { $count }
desk-kind-died = Смерти: { $count }
desk-kind-gone = Исчезли из реестра: { $count }
desk-kind-hearing-new = Новые суды: { $count }
desk-kind-hearing-moved = Перенесённые суды: { $count }
desk-kind-hearing-cancelled = Отменённые суды: { $count }
desk-kind-hearing-held = Суды, которые состоялись: { $count }
desk-kind-hearing-changed = Изменения в судах: { $count }

desk-one-new = Новая запись в реестре.
desk-one-details = Отличаются подробности.
desk-one-moved = Перевод. Сообщим спутникам и близким.
desk-one-verdict = Приговор. Сообщим спутникам и близким.
desk-one-released = Освобождение. Сообщим спутникам и близким, письма прекратятся.
desk-one-cut-off = Теперь без всякой связи. Сообщим спутникам и близким.
desk-one-died =
    Смерть. Если подтвердить, всё об этом человеке смолкнет.
    Никому не сообщаем, пока кто-то не поговорит с семьёй.
desk-one-gone =
    В реестре больше нет. Причина неизвестна.
    Если подтвердить, об этом человеке никому ничего не придёт, пока имя снова не появится в файле.
desk-one-hearing-new = Новый суд. Сообщим спутникам и близким.
desk-one-hearing-moved = Суд перенесён. Сообщим всем, кто о нём слышал.
desk-one-hearing-cancelled = Суд отменён. Сообщим всем, кто о нём слышал.
desk-one-hearing-held = Суд состоялся. Больше о нём никому не напоминаем.
desk-one-hearing-changed = Изменение в суде. Если другой суд или зал, сообщим всем, кто о нём слышал.

desk-difference-title = <b>{ $name }</b>
desk-unnamed = Человек без имени
desk-field-changed = { $what }: { $before } → { $after }
desk-field-new = { $what }: { $after }
desk-field-empty = ничего
desk-field-more = Ещё полей, которые отличаются: { $count }
desk-no-more-differences = Больше ничего в реестре не ждёт.
desk-difference-confirmed = Подтверждено.
desk-wave-confirmed =
    { $count ->
        [0] Подтверждать уже было нечего.
        [one] Подтверждено { $count } различие.
        [few] Подтверждены { $count } различия.
       *[other] Подтверждено { $count } различий.
    }

desk-field-custody-status = Положение
desk-field-custody-on = С какого дня
desk-field-facility = Место
desk-field-publicity = Кто видит имя
desk-field-names = Имена
desk-field-alias = Псевдоним
desk-field-born = День рождения
desk-field-languages = Языки
desk-field-interests = Что нравится
desk-field-sentence = Приговор
desk-field-articles = Статьи
desk-field-detained-on = Задержание
desk-field-release-on = Ожидаемое освобождение
desk-field-recognised-by = Кто признал
desk-field-source-url = Источник
desk-field-gender = Пол
desk-field-starts = Начало
desk-field-status = Заседание
desk-field-court = Суд
desk-field-room = Зал
desk-field-city = Город
desk-field-judge = Судья
desk-field-stage = Стадия
desk-field-openness = Публика
desk-field-confidence = Дата
desk-field-outcome = Итог

desk-word-public = все
desk-word-guardians = спутники и семья
desk-word-hidden = скрыто
desk-word-scheduled = назначено
desk-word-moved = перенесено
desk-word-cancelled = отменено
desk-word-held = состоялось
desk-word-open = пускают
desk-word-closed = не пускают
desk-word-unknown = неизвестно
desk-word-reported = только сообщают
desk-word-confirmed = подтверждено

# Заключённые.

desk-prisoners-title = <b>Заключённые</b>
desk-search-ask =
    Напишите имя или фамилию целиком, на любом из трёх языков.
    Чьё имя скрыто, того можно найти только по псевдониму.
desk-search-found = Найдено по словам «{ $typed }»:
desk-search-nobody =
    По словам «{ $typed }» никого не найдено.
    Пишите имя или фамилию целиком: часть слова не ищется.
desk-search-more = Есть ещё, показаны первые { $count }. Напишите больше, например имя и фамилию.

desk-prisoner-title = <b>{ $name }</b>
desk-prisoner-also = также { $name }
desk-prisoner-status = Положение: { $status }
desk-prisoner-status-since = Положение: { $status }, на { $day }
desk-prisoner-silent = Всё молчит: об этом человеке никому ничего не приходит.
desk-prisoner-guardians = Спутников: { $count }
desk-prisoner-hearing = Ближайший суд: { $moment } ({ $zone })
desk-no-place = Место: неизвестно
desk-place =
    Место: { $place }
    { $address }
desk-place-closed = Место: { $place }. Оно закрыто; куда писать теперь, неизвестно.
desk-address-checked = Адрес проверен { $day }.
desk-address-long-ago = Адрес последний раз проверяли { $day }, больше полугода назад.
desk-address-never = Этот адрес ещё никто не проверял.

desk-status-detained = задержание
desk-status-pretrial = предварительное заключение
desk-status-convicted = приговор вынесен
desk-status-prison-regime = тюремный режим
desk-status-house-arrest = домашний арест
desk-status-open-facility = открытое учреждение («химия»)
desk-status-home-khimiya = домашняя «химия»
desk-status-psychiatric = принудительное психиатрическое лечение
desk-status-incommunicado = нет никакой связи
desk-status-released = на свободе
desk-status-exiled = высылка из страны
desk-status-died = смерть

button-desk-add-hearing = Добавить суд
button-desk-invite = Пригласить близких
button-desk-publicity = Кто видит имя
button-desk-publicity-public = Все
button-desk-publicity-guardians = Спутники и семья
button-desk-publicity-hidden = Скрыть

desk-publicity-is-public = Имя открыто: его могут видеть все сторонники
desk-publicity-is-guardians = Имя видят спутники, семья и координаторы
desk-publicity-is-hidden = Имя скрыто: его видит только семья
desk-publicity-explained =
    Более узкий круг действует сразу. Отменить <b>Скрыть</b> один координатор не может.
    Воля заключённого человека и семьи важнее всего.

# Приглашение близких.

desk-invite-ask =
    <b>Близкий человек: { $name }</b>

    Перезвоните семье на номер, который вы знаете, и убедитесь, кто это.
    Человек присоединяется за себя или за кого-то, кто в стране?
desk-invite-language = Язык слов: { $language }
button-desk-themselves = За себя
button-desk-behalf = За кого-то другого
desk-invitation =
    <b>Пять слов для близкого человека</b>

    <code>{ $words }</code>

    Сначала перезвоните, потом прочтите слова вслух. Не пересылайте их.
    Их нужно написать этому боту.
    Они действуют один раз, до { $until }.

    Вы видите их только сейчас. «Назад» их убирает.
desk-invitation-gone =
    Слова были показаны один раз и больше не показываются.
    Если их никто не услышал, пригласите ещё раз: старые слова останутся без дела и истекут.

# Суды.

desk-hearings-title = <b>Суды</b>
desk-hearings-listed = Время — то, что в суде.
desk-hearings-none = Впереди судов нет.
desk-hearing-title = <b>Суд: { $name }</b>
desk-hearing-starts = { $wall } ({ $zone })
desk-hearing-court = Где: { $text }
desk-hearing-room = Зал: { $text }
desk-hearing-judge = Судья: { $text }
desk-hearing-stage = Стадия: { $text }
desk-hearing-outcome = Итог: { $text }
desk-openness-open = Насколько известно, пускают всех.
desk-openness-closed = Заседание закрытое.
desk-openness-unknown = Пускают ли людей, неизвестно.
desk-hearing-reported = Дата известна только с чужих слов, она не подтверждена.
desk-hearing-confirmed = Дата подтверждена.
desk-hearing-is-scheduled = Назначено.
desk-hearing-is-moved = Перенесено.
desk-hearing-is-cancelled = Отменено.
desk-hearing-is-held = Состоялось.
desk-hearing-attending =
    { $count ->
        [one] Придёт { $count } человек.
        [few] Придут { $count } человека.
       *[other] Придут { $count } человек.
    }
desk-hearing-changes =
    { $count ->
        [one] С тех пор как суд добавлен, запись менялась { $count } раз.
        [few] С тех пор как суд добавлен, запись менялась { $count } раза.
       *[other] С тех пор как суд добавлен, запись менялась { $count } раз.
    }

button-desk-confirm-date = Подтвердить дату
button-desk-move = Перенести
button-desk-cancel-hearing = Отменить суд
button-desk-cancel-yes = Да, суд отменён
button-desk-save = Сохранить
button-desk-keep = Оставить так

desk-hearing-whose = <b>Чей это суд?</b>
desk-type-date =
    Выберите день или напишите дату и время, как их называет суд ({ $zone }):
    <code>ДД.ММ.ГГГГ ЧЧ:ММ</code>
desk-type-court = Выберите суд или напишите название другого.
desk-so-far = Пока так: { $text }
desk-hearing-goes-on-whose = Вы уже начали добавлять суд. Осталось сказать, чей он.
desk-hearing-goes-on = Вы уже начали добавлять суд. Продолжайте или нажмите «Назад», чтобы выбрать другого человека.
desk-draft-expired = Продолжать нечего: написанное хранится 24 часа.
desk-hearing-saved = Сохранено. Всем, кого это касается, сообщим сразу или когда закончатся их тихие часы.
desk-type-new-date =
    Выберите новый день или напишите дату и время, как их называет суд ({ $zone }):
    <code>ДД.ММ.ГГГГ ЧЧ:ММ</code>
desk-move-old = Старая дата: { $wall }
desk-move-new = <b>Новая дата: { $wall }</b> ({ $zone })
desk-move-changed = Тем временем суд изменился. Посмотрите и напишите дату ещё раз.
desk-hearing-moved = Перенесено. Новую дату сообщим всем, кого это касается.
desk-cancel-ask =
    Суд отменён?
    Всем, кто о нём слышал, сообщим сразу.
desk-hearing-cancelled = Отменено. Сообщим всем, кто слышал об этом суде.
error-court-refused = Это не название суда. Напишите его буквами.

desk-who-is-told = Кому сообщим: { $guardians }, { $relatives }.
desk-others-told =
    { $count ->
        [one] И ещё { $count } человек: просили об этом суде, слышали о нём или собираются прийти.
        [few] И ещё { $count } человека: просили об этом суде, слышали о нём или собираются прийти.
       *[other] И ещё { $count } человек: просили об этом суде, слышали о нём или собираются прийти.
    }
desk-nobody-told = Никому не сообщим: нет тех, кому можно об этом знать, или всё молчит.
desk-guardians =
    { $count ->
        [one] { $count } спутник
        [few] { $count } спутника
       *[other] { $count } спутников
    }
desk-relatives = близкие: { $count }

desk-one-heard-of = Связь снова есть. Сообщим спутникам и близким.
button-families = Поговорить с семьями
button-families-spoken = Разговор с семьёй был
button-families-spoken-yes = Да, разговор был
families =
    <b>Поговорить с семьями</b>

    Этих людей больше нет. Всё о них молчит, пока кто-нибудь не поговорит с семьёй.
families-none = Сейчас нет семьи, с которой нужно поговорить.
families-wait =
    { $count ->
        [one] После смерти нужно поговорить с { $count } семьёй
       *[other] После смерти нужно поговорить с семьями: { $count }
    }
told-desk-family-waits = Умер человек, и с его семьёй ещё нужно поговорить. Вы найдёте его на вашем рабочем столе: <b>Входящие</b>, затем <b>Поговорить с семьями</b>.
families-spoken-ask =
    <b>{ $name }</b>

    Поговорили ли с семьёй вы или кто-то, кому вы доверяете?
    Тогда тем, кто писал, сообщат о смерти и поблагодарят, а их обещания закончатся. Семье бот ничего не пришлёт ни сейчас, ни потом.
families-spoken = Отмечено. Тем, кто писал, сообщат сразу или после их тихих часов.
