# Что сегодня можно послать человеку, кто так говорит и насколько на это можно полагаться.
post-of-letter = Письма
post-of-telegram = Телеграммы
post-of-parcel = Посылки
post-of-visit = Свидания
post-of-blank-paper = Чистая бумага
post-of-stickers = Наклейки и запах
post-of-long-letter = Длинное письмо
post-allowed = возможно
post-discouraged = с оговорками
post-impossible = невозможно
post-dangerous = опасно, пожалуйста, не нужно
post-verdict = { $thing }: { $verdict }.
post-advice = { $advice }
post-disagree = Источники расходятся. Пожалуйста, держитесь более осторожного.
post-source-checked = Источник: <code>{ $source }</code>. Проверено: { $day }.
post-source-long-ago = Источник: <code>{ $source }</code>. В последний раз проверяли { $day }, больше 180 дней назад: это могло измениться.
post-source-never = Источник: <code>{ $source }</code>. Этого ещё никто не проверял.
post-letter-unknown = <b>Письма:</b> у нас нет источника, который говорил бы, доходят ли они туда. Они могут не доходить.
post-in-letter = <b>В письме:</b>
post-abroad = <b>Из-за границы:</b> { $advice }
button-post-abroad = Пишу из-за границы
post-free = Этот человек больше не за решёткой. Пожалуйста, не пишите по старому адресу.
post-dead = Этому человеку больше ничего не посылают.
post-silenced = Пожалуйста, пока не пишите.
guardian-no-reminder-impossible = Напоминаний не запланировано: насколько мы знаем, письмо туда сейчас не дойдёт или навредит.

notices-letter-impossible =
    <b>{ $name }</b>
    Пока мы не напоминаем вам писать: насколько мы знаем, письмо туда не дойдёт или навредит. Вашей вины в этом нет, и ваше обещание остаётся. Когда что-то изменится, мы скажем.
notices-letter-not-asked = Пока мы не напоминаем вам писать. Вашей вины в этом нет, и ваше обещание остаётся. Когда что-то изменится, мы скажем.
notices-letter-possible =
    <b>{ $name }</b>
    Мы снова напоминаем вам писать: сейчас мы не знаем ничего, что делало бы письмо невозможным.
button-family-possible = Что возможно: { $name }
