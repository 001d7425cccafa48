# Пишут ли людям: как это видно с рабочего стола.

button-coverage = Охват
button-coverage-own = Только мои
button-coverage-all = Все
button-coverage-list = Список
button-coverage-places = Места
coverage-own =
    { $count ->
        [one] <b>Охват</b>: { $count } человек, за которым присматриваете вы
        [few] <b>Охват</b>: { $count } человека, за которыми присматриваете вы
       *[many] <b>Охват</b>: { $count } человек, за которыми присматриваете вы
    }
coverage-all =
    { $count ->
        [one] <b>Охват</b>: { $count } человек, которому можно писать
        [few] <b>Охват</b>: { $count } человека, которым можно писать
       *[many] <b>Охват</b>: { $count } человек, которым можно писать
    }
coverage-empty = Здесь нет никого, кому можно писать.
coverage-bar-nobody = { $bar } { $count } – без спутника
coverage-bar-one = { $bar } { $count } – один спутник
coverage-bar-two = { $bar } { $count } – два спутника
coverage-bar-three = { $bar } { $count } – три и больше
coverage-silence = <b>Последнее известное нам письмо</b>
coverage-bar-weeks = { $bar } { $count } – за последние две недели
coverage-bar-month = { $bar } { $count } – за последний месяц
coverage-bar-months = { $bar } { $count } – за последние три месяца
coverage-bar-longer = { $bar } { $count } – раньше
coverage-bar-never = { $bar } { $count } – писем нет
coverage-list-title = <b>Сначала те, у кого меньше спутников</b>; среди них те, кто дольше ждёт письма
coverage-line =
    – { $name } · { $guardians ->
        [0] без спутника
        [one] { $guardians } спутник
        [few] { $guardians } спутника
       *[many] { $guardians } спутников
    }
coverage-no-letter = о письмах ничего не известно
coverage-days =
    { $days ->
        [0] последнее письмо сегодня
        [one] последнее письмо { $days } день назад
        [few] последнее письмо { $days } дня назад
       *[many] последнее письмо { $days } дней назад
    }
coverage-places-title = <b>По местам</b>: сначала те, где больше людей без спутника
coverage-place = <b>{ $name }</b>
coverage-no-place = Место неизвестно
coverage-at-place = { $bar } без спутника: { $nobodys } из { $people }
