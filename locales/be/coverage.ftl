# Ці пішуць людзям: як гэта відаць з працоўнага стала.

button-coverage = Ахоп
button-coverage-own = Толькі мае
button-coverage-all = Усе
button-coverage-list = Спіс
button-coverage-places = Месцы
coverage-own =
    { $count ->
        [one] <b>Ахоп</b>: { $count } чалавек, за якім прыглядаеце вы
        [few] <b>Ахоп</b>: { $count } чалавекі, за якімі прыглядаеце вы
       *[many] <b>Ахоп</b>: { $count } чалавек, за якімі прыглядаеце вы
    }
coverage-all =
    { $count ->
        [one] <b>Ахоп</b>: { $count } чалавек, якому можна пісаць
        [few] <b>Ахоп</b>: { $count } чалавекі, якім можна пісаць
       *[many] <b>Ахоп</b>: { $count } чалавек, якім можна пісаць
    }
coverage-empty = Тут няма нікога, каму можна пісаць.
coverage-bar-nobody = { $bar } { $count } – без паплечніка
coverage-bar-one = { $bar } { $count } – адзін паплечнік
coverage-bar-two = { $bar } { $count } – два паплечнікі
coverage-bar-three = { $bar } { $count } – тры і больш
coverage-silence = <b>Апошні вядомы нам ліст</b>
coverage-bar-weeks = { $bar } { $count } – за апошнія два тыдні
coverage-bar-month = { $bar } { $count } – за апошні месяц
coverage-bar-months = { $bar } { $count } – за апошнія тры месяцы
coverage-bar-longer = { $bar } { $count } – раней
coverage-bar-never = { $bar } { $count } – лістоў няма
coverage-list-title = <b>Спачатку тыя, у каго менш паплечнікаў</b>; сярод іх тыя, хто даўжэй чакае ліста
coverage-line =
    – { $name } · { $guardians ->
        [0] без паплечніка
        [one] { $guardians } паплечнік
        [few] { $guardians } паплечнікі
       *[many] { $guardians } паплечнікаў
    }
coverage-no-letter = пра лісты нічога не вядома
coverage-days =
    { $days ->
        [0] апошні ліст сёння
        [one] апошні ліст { $days } дзень таму
        [few] апошні ліст { $days } дні таму
       *[many] апошні ліст { $days } дзён таму
    }
coverage-places-title = <b>Па месцах</b>: спачатку тыя, дзе больш людзей без паплечніка
coverage-place = <b>{ $name }</b>
coverage-no-place = Месца невядомае
coverage-at-place = { $bar } без паплечніка: { $nobodys } з { $people }
