# О ком заботится координатор.

button-portfolio-take = Взять
button-portfolio-leave = Оставить другим
button-portfolio-pass-on = Передать

portfolio-own =
    { $count ->
        [one] На вас { $count } человек:
        [few] На вас { $count } человека:
       *[other] На вас { $count } человек:
    }
portfolio-own-more = Показаны первые { $count }; чтобы найти остальных, напишите имя.
portfolio-is-mine = Этот человек на вас.
portfolio-is-colleagues = Этим человеком занимаются: { $names }
portfolio-is-everybodys = Этого человека пока не взял никто из координаторов, поэтому отвечают все.
portfolio-taken = Отмечено: теперь этот человек стоит в ваших списках первым.
portfolio-left = Отмечено: вы больше не отвечаете за этого человека.
portfolio-passed-on = Передано. Вашему коллеге сообщат.
portfolio-to-whom =
    <b>{ $name }</b>

    Кто из коллег теперь отвечает за этого человека?
portfolio-nobody-else =
    <b>{ $name }</b>

    Других координаторов нет, передать некому.

# Одна заметка о заключённом.

button-note = Заметка
button-note-renew = Хранить ещё 90 дней
button-note-remove = Удалить заметку

note-title = <b>Заметка: { $name }</b>
note-on-card = Заметка координаторов:
note-shown = <blockquote>{ $text }</blockquote>
note-until = Заметка исчезнет сама: { $day }.
note-type = Напишите заметку, не больше { $limit } символов; она заменит прежнюю. Её читают все координаторы. Не называйте в ней ни помощников, ни близких.
note-written = Заметка хранится 90 дней.
note-renewed = Заметка хранится 90 дней с сегодняшнего дня.
note-removed = Заметки больше нет.
