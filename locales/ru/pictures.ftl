# Что стоит на картинках, и календарь на месяц.

button-picture = Картинка
button-month = Календарь
button-month-before = ‹ { $month }
button-month-after = { $month } ›
picture-coverage-caption = Только цифры, без имён. Исчезнет через десять минут.
picture-month-caption = Номера — из списка выше. Исчезнет через десять минут.
picture-coverage = Охват
picture-people =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
       *[many] { $count } человек
    }
picture-guardians = Спутники
picture-guardians-nobody = нет никого
picture-guardians-one = один
picture-guardians-two = два
picture-guardians-three = три и больше
picture-letter = Последнее известное нам письмо
picture-letter-weeks = за 2 недели
picture-letter-month = за месяц
picture-letter-months = за 3 месяца
picture-letter-longer = раньше
picture-letter-never = писем нет
picture-weeks = Письма по неделям
picture-letters =
    { $count ->
        [one] { $count } письмо за полгода
        [few] { $count } письма за полгода
       *[many] { $count } писем за полгода
    }
picture-running = эта неделя, пока что
picture-sittings =
    { $count ->
        [0] Судов нет
        [one] { $count } суд
        [few] { $count } суда
       *[many] { $count } судов
    }
picture-today = сегодня
picture-numbers = суды: номера из списка
month-title = <b>Суды: { $month }</b>
month-none = О судах в этом месяце мы ничего не знаем.
month-line = <b>{ $number }</b> · { $when } · { $name }
month-line-yours = <b>{ $number }</b> · { $when } ({ $yours } по вашему времени) · { $name }
