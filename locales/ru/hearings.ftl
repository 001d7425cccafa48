# Суды как сведения: добавлены, подтверждены, дополнены, закончены.

desk-hearing-paste =
    Или вставьте всё одной строкой:
    <code>Имя; ДД.ММ.ГГГГ ЧЧ:ММ; суд</code>
desk-hearing-pasted-whose = Дата и суд записаны. Уточните, чьё это заседание: не подходит ни одно имя или подходят несколько.
desk-type-hour =
    { $day } ({ $zone }).
    Выберите время, как его называет суд, или напишите: <code>ЧЧ:ММ</code>
button-desk-more-courts = Ещё суды
desk-hearing-will-read = <b>Люди прочитают:</b>
desk-hearing-same = Суд на это время уже записан. Если вы знаете о нём сами, дата считается подтверждённой.
button-desk-same-date = Я тоже знаю об этой дате
desk-hearing-beside = <b>Впереди уже есть суд:</b>
button-desk-is-move = Его перенесли с { $day }
button-desk-save-besides = Это ещё одно заседание
desk-hearing-now-confirmed = Подтверждено. Следующее сообщение о суде скажет об этом.
button-desk-hearings-past = Чем закончились? ({ $count })
desk-hearings-past = <b>Чем закончились эти суды?</b>
desk-hearings-past-none = Обо всех судах последнего месяца известно, чем они закончились.
button-desk-second-source = Есть второй источник
button-desk-hearing-more = Зал, судья, источник…
button-desk-hearing-ended = Чем закончился?
button-desk-hearing-ended-otherwise = Закончился иначе
desk-hearing-own-claim = Эту дату сообщили вы; подтвердить её может коллега или второй источник.
desk-hearing-source = Источник: { $text }
desk-hearing-second-source = Второй источник: { $text }
desk-hearing-deadline = Последний день для апелляции: { $day }
desk-hearing-case = То же дело: { $wall }

button-desk-note-court = Суд
button-desk-note-room = Зал
button-desk-note-judge = Судья
button-desk-note-stage = Стадия
button-desk-note-source = Источник
button-desk-is-open = Открытый
button-desk-is-closed = Закрытый
button-desk-is-unknown = Неизвестно
desk-type-room = Напишите зал.
desk-type-judge = Напишите имя судьи. Его видят только координаторы.
desk-type-stage = Напишите стадию: первое заседание, апелляция, пересмотр. Её видят только координаторы.
desk-type-source = Напишите, откуда известна эта дата. Это видят люди, так что не называйте тех, кого называть нельзя.
desk-type-second-source = Кто ещё об этом говорит? Напишите второй источник. Его видят только координаторы.
error-source-refused = Это не похоже на источник. Напишите его в нескольких словах или ссылкой.
error-same-source = Дату сообщил этот же источник. Чтобы подтвердить её, нужен другой.
error-another-must-confirm = Эту дату сообщили вы. Подтвердить её может коллега или второй источник.
error-already-reported = Этот суд уже записан вами или подтверждён.

desk-outcome-ask = Чем закончилось заседание?
desk-outcome-saved = Записано.
desk-outcome-adjourned = Записано. На когда отложили? Если пока неизвестно, нажмите «Назад».
desk-outcome-status = Положение: { $before } → <b>{ $after }</b>. Подтвердить его нужно будет после сохранения.
desk-outcome-no-deadline = Срока для апелляции нет. Чтобы назначить его, напишите день: <code>ДД.ММ.ГГГГ</code>
desk-outcome-deadline-rule =
    Десять дней от приговора по статье 374 УПК; тому, кто под стражей, — со дня вручения копии. Это примерное правило, а не юридический совет. Напишите верный день: <code>ДД.ММ.ГГГГ</code>
desk-outcome-untold = Никому не сообщим: чем закончилось, неизвестно.
desk-outcome-told-later = Сообщим, когда вы подтвердите новое положение.
button-desk-no-deadline = Без срока
desk-begun-hearing-outcome = <b>Вы начали записывать, чем закончился суд.</b>

outcome-colony = Приговор: колония
outcome-prison = Тюремный режим
outcome-open-facility = Приговор: открытое учреждение («химия»)
outcome-home-khimiya = Приговор: домашняя «химия»
outcome-treatment = Принудительное психиатрическое лечение
outcome-house-arrest = Домашний арест
outcome-custody-extended = Под стражей, как и раньше
outcome-freed = Свобода
outcome-upheld = Апелляция отклонена
outcome-retrial = Дело вернули на новый суд
outcome-adjourned = Заседание отложено
outcome-unknown = Заседание прошло, итог неизвестен
button-outcome-colony = Колония
button-outcome-prison = Тюремный режим
button-outcome-open-facility = «Химия»
button-outcome-home-khimiya = Домашняя «химия»
button-outcome-treatment = Лечение
button-outcome-house-arrest = Домашний арест
button-outcome-custody-extended = Под стражей
button-outcome-freed = Свобода
button-outcome-upheld = Апелляция отклонена
button-outcome-retrial = Новый суд
button-outcome-adjourned = Отложено
button-outcome-unknown = Неизвестно

outcome-means-colony = Приговор не вступит в силу, пока не пройдёт срок для апелляции или пока её не рассмотрят. До тех пор обычно оставляют на прежнем месте; этап бывает позже, часто без предупреждения. Новый адрес мы сообщим.
outcome-means-prison = Переводят в тюрьму, где режим строже: писем, передач и свиданий может быть меньше. Тем важнее письма.
outcome-means-open-facility = Направляют в открытое учреждение: там нужно жить и работать, но телефон обычно есть, и писать в основном можно как раньше.
outcome-means-home-khimiya = Наказание отбывают дома, под надзором. Письма от незнакомых людей могут навредить: пишите, только если этого хотят там или хочет семья.
outcome-means-treatment = Суд назначил лечение в больнице. Срока у него нет; суд возвращается к этому, обычно раз в полгода.
outcome-means-house-arrest = Из дома нельзя выходить и говорить с посторонними. Не пишите и не звоните, если об этом не просит семья.
outcome-means-custody-extended = Место прежнее. Для писем ничего не меняется.
outcome-means-freed = Освобождение прямо в суде.
outcome-means-upheld = Приговор вступил в силу. В ближайшие недели может быть этап в колонию, часто без предупреждения. Новый адрес мы сообщим.
outcome-means-retrial = Приговора больше нет, дело рассматривают заново. До тех пор — по-прежнему под стражей.
outcome-means-adjourned = Ничего не решено. Новую дату сообщим, когда она станет известна.
outcome-means-unknown = Чем закончилось, здесь пока неизвестно.
outcome-deadline = Последний день для апелляции, насколько нам известно: <b>{ $day }</b>. Это примерное правило, а не юридический совет: точный день скажет адвокат.
milestone-appeal =
    { $days ->
        [0] Сегодня последний день для апелляции: <b>{ $day }</b>.
        [one] Последний день для апелляции — <b>{ $day }</b>: остался { $days } день.
        [few] Последний день для апелляции — <b>{ $day }</b>: осталось { $days } дня.
       *[other] Последний день для апелляции — <b>{ $day }</b>: осталось { $days } дней.
    }
    Это примерное правило, а не юридический совет: точный день скажет адвокат.
milestone-over = Насколько нам известно, срок для апелляции закончился: { $day }. Адвокат ещё может попросить его восстановить.
family-deadline = Последний день для апелляции, насколько нам известно: { $day }
