# Што стаіць на малюнках, і каляндар на месяц.

button-picture = Малюнак
button-month = Каляндар
button-month-before = ‹ { $month }
button-month-after = { $month } ›
picture-coverage-caption = Толькі лічбы, без імёнаў. Знікне праз дзесяць хвілін.
picture-month-caption = Нумары — са спіса вышэй. Знікне праз дзесяць хвілін.
picture-coverage = Ахоп
picture-people =
    { $count ->
        [one] { $count } чалавек
        [few] { $count } чалавекі
       *[many] { $count } чалавек
    }
picture-guardians = Паплечнікі
picture-guardians-nobody = няма нікога
picture-guardians-one = адзін
picture-guardians-two = два
picture-guardians-three = тры і больш
picture-letter = Апошні вядомы нам ліст
picture-letter-weeks = за 2 тыдні
picture-letter-month = за месяц
picture-letter-months = за 3 месяцы
picture-letter-longer = раней
picture-letter-never = лістоў няма
picture-weeks = Лісты па тыднях
picture-letters =
    { $count ->
        [one] { $count } ліст за паўгода
        [few] { $count } лісты за паўгода
       *[many] { $count } лістоў за паўгода
    }
picture-running = гэты тыдзень, пакуль што
picture-sittings =
    { $count ->
        [0] Судоў няма
        [one] { $count } суд
        [few] { $count } суды
       *[many] { $count } судоў
    }
picture-today = сёння
picture-numbers = суды: нумары са спіса
month-title = <b>Суды: { $month }</b>
month-none = Пра суды ў гэтым месяцы мы нічога не ведаем.
month-line = <b>{ $number }</b> · { $when } · { $name }
month-line-yours = <b>{ $number }</b> · { $when } ({ $yours } па вашым часе) · { $name }
