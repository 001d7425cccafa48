promises-letter = Письмо { $number }, { $day }
promises-answer-which = <b>{ $name }</b>: пришёл ответ! На какое из ваших писем? Если непонятно — ничего страшного.
promises-answer-noted = Отмечено. Как хорошо. Если хочется, напишите в ответ поскорее.
promises-back-which = <b>{ $name }</b>: какое письмо вернулось?
promises-back-no-letters = <b>{ $name }</b>: сначала нажмите «Письмо написано», когда письмо в пути; тогда можно будет сказать, что оно вернулось.
promises-back-none = <b>{ $name }</b>: о каждом вашем письме уже известно, что на него ответили или что оно вернулось.
promises-back-noted = Отмечено. Вернувшееся письмо тоже о чём-то говорит: координаторы увидят только число, без вашего имени.
promises-pause = <b>{ $name }</b>: на какое время пауза? Напоминаний о письме пока не будет; новости и даты судов будут приходить.
promises-paused = Отмечено. Хорошего отдыха.
promises-resumed = С возвращением.
button-promises-answer = Пришёл ответ
button-promises-back = Письмо вернулось
button-promises-which-unknown = Непонятно, на какое
button-promises-pause = Пауза
button-promises-pause-weeks =
    { $weeks ->
        [one] { $weeks } неделя
        [few] { $weeks } недели
       *[many] { $weeks } недель
    }
button-promises-pause-open = Пока не скажу
button-promises-resume = Продолжить
guardian-paused = Пауза. Напоминаний о письме не будет, пока вы не скажете.
guardian-paused-until = Пауза до { $day }.
notices-letter-pause = Последние напоминания остались без ответа. Так бывает. Сделать паузу?
notices-handed-over =
    Одному из тех, с кем вы были рядом, теперь пишет кто-то другой, и ваше обещание на этом завершено.

    Спасибо за каждое письмо. Когда сможете писать снова, найдётся тот, кто его ждёт.
