# Пра каго клапоціцца каардынатар.

button-portfolio-take = Узяць
button-portfolio-leave = Пакінуць іншым
button-portfolio-pass-on = Перадаць

portfolio-own =
    { $count ->
        [one] На вас { $count } чалавек:
        [few] На вас { $count } чалавекі:
       *[other] На вас { $count } чалавек:
    }
portfolio-own-more = Паказаныя першыя { $count }; каб знайсці астатніх, напішыце імя.
portfolio-is-mine = Гэты чалавек на вас.
portfolio-is-colleagues = Гэтым чалавекам займаюцца: { $names }
portfolio-is-everybodys = Гэтага чалавека пакуль не ўзяў ніхто з каардынатараў, таму адказваюць усе.
portfolio-taken = Адзначана: цяпер гэты чалавек стаіць у вашых спісах першым.
portfolio-left = Адзначана: вы больш не адказваеце за гэтага чалавека.
portfolio-passed-on = Перададзена. Вашаму калегу паведамяць.
portfolio-to-whom =
    <b>{ $name }</b>

    Хто з калегаў цяпер адказвае за гэтага чалавека?
portfolio-nobody-else =
    <b>{ $name }</b>

    Іншых каардынатараў няма, перадаць няма каму.

# Адна нататка пра зняволенага чалавека.

button-note = Нататка
button-note-renew = Захоўваць яшчэ 90 дзён
button-note-remove = Выдаліць нататку

note-title = <b>Нататка: { $name }</b>
note-on-card = Нататка каардынатараў:
note-shown = <blockquote>{ $text }</blockquote>
note-until = Нататка знікне сама: { $day }.
note-type = Напішыце нататку, не больш за { $limit } сімвалаў; яна заменіць ранейшую. Яе чытаюць усе каардынатары. Не называйце ў ёй ні памочнікаў, ні блізкіх.
note-written = Нататка захоўваецца 90 дзён.
note-renewed = Нататка захоўваецца 90 дзён ад сёння.
note-removed = Нататкі больш няма.
