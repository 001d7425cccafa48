# Что написано на листе для стола на вечере писем и что стоит проверить в адресе.
paper-title = Вечер писем
paper-letters =
    { $count ->
        [one] { $count } письмо
        [few] { $count } письма
       *[other] { $count } писем
    }
paper-stays-here = Только для стола: в конверты этот лист не кладут. После вечера его нужно уничтожить.
paper-good = О чём писать
paper-leave-out = Чего не нужно
paper-language = На каком языке
paper-unknown = Чего мы не знаем

address-doubt-too-long = Одна строка адреса слишком длинная для бумаги, и она сокращена. Напишите её от руки.
address-doubt-name-in-latin = Имя мы знаем только латиницей. На конверте оно должно быть кириллицей.
address-doubt-in-latin = Часть адреса латиницей. На конверте она должна быть кириллицей.
address-doubt-no-street = В нашем источнике нет улицы.
address-doubt-no-town = В нашем источнике нет города.
address-doubt-no-postal-code = В нашем источнике нет индекса.
address-doubt-odd-postal-code = Индекс похож на ошибочный: в нём должно быть шесть цифр, первая — 2.
address-doubt-code-of-another-town = Похоже, индекс и город не подходят друг к другу. Проверьте их.
address-doubt-long-ago = { guardian-address-long-ago }
address-doubt-never-verified = { guardian-address-never }

error-paper-not-made = Сейчас не удалось сделать документ, ничего из него не сохранено. Попробуйте ещё раз.
