button-newcomer-yes = Да
button-newcomer-no = Нет
button-newcomer-unsaid = Не хочу говорить
button-newcomer-continue = Продолжить
button-newcomer-look = Только посмотреть
button-newcomer-agree = Соглашаюсь
button-newcomer-more = Подробнее
button-newcomer-clear = Убрать этот экран

newcomer-first = Выберите язык.
newcomer-use-buttons = Пожалуйста, пользуйтесь кнопками.
newcomer-code-known = Ваш код у меня. Сначала выберите язык, потом прочитайте, что хранится, и согласитесь: только тогда код сработает.
newcomer-where =
    <b>Вы живёте в Беларуси?</b>

    Ответ не хранится.
newcomer-safer =
    <b>Как безопаснее</b>

    В Беларуси за помощь политзаключённым сажают. Безопаснее, если это сделает кто-то за границей, кому вы доверяете.

    Можно и только посмотреть: тогда о вас ничего не хранится.
newcomer-notice =
    <b>Прежде чем начать</b>

    Если вы согласитесь, я сохраню ваш номер в Telegram, настройки и то, кому вы пишете. Номер и написанное вами зашифрованы.

    Telegram может читать чаты с ботами и знает, что вы открыли этот.

    Если ваш телефон могут осмотреть, этот чат найдут. Мои сообщения удаляются сами, строка в списке чатов — нет. Экраны, которые были до вашего согласия, сами не удаляются: уберите их кнопкой под каждым.

    Сохраните этот чат сейчас. Дальше заходите только из своего сохранённого чата и никогда по ссылке: бывают боты-двойники.
newcomer-more =
    <b>Ваша фраза</b>
    Если вы согласитесь, у вас будет несколько обычных слов. С них начинаются мои уведомления и скрытые экраны. Уведомление без них — не моё.
newcomer-welcome = Ваша фраза: { $phrase }. С неё начинаются мои уведомления и скрытые экраны. Уведомление без неё — не моё.

button-look-people = Заключённые с открытыми именами
button-look-places = Адреса
button-look-advice = Как писать
button-look-address = Адрес
button-look-copy = Скопировать адрес
button-look-earlier = Раньше
button-look-next = Дальше

look-home =
    <b>Только посмотреть</b>

    О вас здесь ничего не хранится. Когда закончите, уберите этот экран.
look-people =
    <b>Заключённые с открытыми именами</b>

    Только те, чьё имя можно называть.
look-people-none = Здесь некого показать.
look-one-name = <b>{ $name }</b>
look-one-place = Где: { $place }
look-one-place-unknown = Где: не знаем
look-one-since = С какого дня: { $day }
look-one-since-unknown = С какого дня: не знаем
look-one-interests = Что любит: { $interests }
look-places = <b>Адреса</b>
look-places-none = Адресов здесь нет.
look-place =
    <b>{ $name }</b>

    <code>{ $address }</code>

    Сверху напишите имя и фамилию заключённого.
look-place-checked = Проверено: { $day }.
look-place-stale = Не проверялось с { $day }. Проверьте перед отправкой.
look-place-never = Мы этот адрес не проверяли. Проверьте перед отправкой.
look-place-latin = В нашем источнике он латиницей. На конверте всё, кроме страны, пишут кириллицей.
look-place-source = Источник: { $source }
look-advice =
    <b>Как писать</b>

    { advice-language }

    { guardian-say }

    { guardian-avoid }

    <b>{ paper-unknown }:</b> { advice-unknown }
