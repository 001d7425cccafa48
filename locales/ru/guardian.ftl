guardian-mine = <b>С кем вы рядом</b>
guardian-mine-waiting = { $name }: ваша заявка ждёт ответа.
guardian-mine-none = Сейчас вы никому не пишете.

guardian-name = <b>{ $name }</b>
guardian-place = { $place }
guardian-place-since = { $place }. Известно с { $day }.
guardian-place-unknown = Место неизвестно.
guardian-promise =
    { $weeks ->
        [one] Письмо раз в { $weeks } неделю.
        [few] Письмо раз в { $weeks } недели.
       *[other] Письмо раз в { $weeks } недель.
    }
guardian-letters-fates = С ответом: { $answered }. Вернулось: { $returned }.
guardian-letters =
    { $count ->
        [0] Писем пока нет.
       *[other] Писем: { $count }.
    }
guardian-next-reminder = Следующее напоминание: { $moment }.
guardian-no-reminder = Напоминаний не запланировано.
guardian-silent =
    <b>{ $name }</b>
    Пожалуйста, пока не пишите. С вами свяжется координатор.
guardian-noted = Письмо { $number } отмечено. Спасибо.
button-guardian-wrote = Письмо написано
button-guardian-address = Адрес и советы
button-guardian-step-down = Больше не могу
button-guardian-copy = Скопировать адрес

guardian-envelope = <code>{ $envelope }</code>
guardian-address-checked = Адрес проверен: { $day }.
guardian-address-long-ago = Адрес в последний раз проверяли { $day }, больше 180 дней назад: он мог устареть.
guardian-address-never = Этот адрес ещё никто не проверял: он мог устареть.
guardian-in-latin = В нашем источнике часть адреса написана латиницей. На конверте всё, кроме страны, должно быть кириллицей.
guardian-source = Источник адреса: <code>{ $source }</code>
guardian-no-place = Мы не знаем, где держат этого человека, поэтому адреса пока нет.
guardian-place-closed = { $place }: это место закрыто, писать туда нельзя. Нового места мы пока не знаем.
guardian-name-hidden = { $place }. Полный адрес есть у координаторов: имя здесь не показано.

advice-language = Пишите только по-белорусски или по-русски: письма на других языках выбрасывают. Все письма читает цензор.
advice-good = ваша обычная жизнь, увлечения, природа, фильмы, книги, загадки, новости вашего города. Спросите, как дела.
advice-no-answer = Не намекайте, что ждёте ответа.
advice-leave-out = политика и лозунги, слова «свобода» и «борьба», война, дело, оскорбления, сокращения, иностранные слова, намёки и метафоры, нарисованные сердечки, эмодзи и наклейки, личные данные, названия организаций.
advice-source = Собрано из советов и сообщений правозащитников 2022–2025 годов. С тех пор не проверялось.
advice-unknown = дойдёт ли письмо. Многие не доходят; после приговора часто отдают только письма близких родственников. Можно ли вложить чистую бумагу и конверты, в разных местах по-разному.
guardian-say = <b>{ paper-good }:</b> { advice-good } { advice-no-answer }
guardian-avoid =
    <b>{ paper-leave-out }:</b> { advice-leave-out }
    { advice-source }

guardian-step-down-ask =
    <b>{ $name }</b>
    Можно закончить сейчас. Об этом человеке больше ничего не придёт, а мы найдём, кто будет писать дальше. Закончить?
guardian-stepped-down = Готово. Спасибо за каждое письмо.

guardian-application =
    <b>{ $name }</b>
    Ваша заявка от { $day } ждёт. Ответ обычно приходит в течение 3 дней.
button-guardian-withdraw = Отозвать
guardian-withdraw-ask =
    <b>{ $name }</b>
    Отозвать заявку?
guardian-withdrawn = Заявка отозвана.
