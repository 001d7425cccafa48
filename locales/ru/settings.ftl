button-settings-language = Язык
button-settings-form = Форма обращения
button-settings-zone = Часовой пояс
button-settings-hour = Час
button-settings-quiet = Тихие часы
button-settings-reminders = Напоминания о судах
button-reminder-7d-on = За 7 дней: да
button-reminder-7d-off = За 7 дней: нет
button-reminder-1d-on = За 1 день: да
button-reminder-1d-off = За 1 день: нет
button-reminder-3h-on = За 3 часа: да
button-reminder-3h-off = За 3 часа: нет
button-settings-texts = Тексты
button-settings-delete = Удалять через
button-settings-phrase = Фраза
button-settings-contacts = Контакты
button-settings-another = Выбрать другую

settings-text =
    <b>Настройки</b>

    Язык: { $language }
    Форма обращения: { $address }
    Часовой пояс: { $zone }
    Час напоминаний: { $hour }
    Тихие часы: { $quiet }
    Напоминания о судах: { $reminders }
    Тексты: { $texts }
    Сообщения удаляются через: { settings-hours }
    Фраза: { $phrase }
    Контакты: { $contacts }
settings-hours =
    { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[other] { $hours } часов
    }
settings-saved = Сохранено.
settings-language = На каком языке говорить?
settings-form = Как к вам обращаться?
settings-form-feminine = В женском роде
settings-form-masculine = В мужском роде
settings-form-unsaid = Без рода
settings-zone = По какому времени вы живёте? Сдвиг от UTC — на сегодня.
settings-hour = В котором часу напоминать?
settings-quiet = Когда молчать? Тогда приходит только срочное.
settings-quiet-none = Без тихих часов
settings-reminder-7d = за 7 дней
settings-reminder-1d = за 1 день
settings-reminder-3h = за 3 часа
settings-reminders-none = нет
settings-reminders =
    <b>Напоминания о датах судов</b>
    Нажмите, чтобы включить или выключить. Если за три часа у вас тихие часы, напоминание приходит накануне.

    О новой, перенесённой или отменённой дате мы сообщаем всегда.
settings-texts =
    <b>Нейтральные:</b> в сообщении видна только ваша фраза. Содержание открывается касанием и через 10 минут снова скрывается.

    <b>Полные:</b> имена, даты и адреса видны сразу, даже на заблокированном экране. Выбирайте их, если ваш телефон видите только вы.
settings-texts-neutral = Нейтральные
settings-texts-full = Полные
settings-delete = Через сколько удалять мои сообщения? Это касается и тех, что есть здесь сейчас.
settings-phrase =
    Ваша фраза: <b>{ $phrase }</b>

    С неё начинаются мои уведомления и скрытые экраны, чтобы вы заметили двойника. Её видно на заблокированном экране.

    Выберите другую или напишите свою: от 3 до 40 букв, без имён и без того, что выдаёт этот чат.

clock-of = время: { $city }
zone-minsk = Минск
zone-warsaw = Варшава
zone-vilnius = Вильнюс
zone-kyiv = Киев
zone-berlin = Берлин
zone-prague = Прага
zone-london = Лондон
zone-istanbul = Стамбул
zone-tbilisi = Тбилиси
zone-yerevan = Ереван
zone-new-york = Нью-Йорк
zone-los-angeles = Лос-Анджелес

button-contacts-name = Имя
button-contacts-phone = Телефон
button-contacts-email = Электронная почта
button-contacts-post = Почтовый адрес
button-contacts-remove = Удалить

contacts-text =
    <b>Если этот бот исчезнет, как вас найти?</b>

    Всё необязательно. Хранится зашифрованным, удалить можно в любой момент. Координатор увидит это, только если есть причина и согласен второй, на одну минуту; если второго нет, решает тот, кто ведёт сервер.
contacts-nothing = Ничего не хранится.
contacts-none = нет
contacts-line = { $detail }: { $value }
contacts-name = имя
contacts-phone = телефон
contacts-email = электронная почта
contacts-post = почтовый адрес
contacts-ask = Контакт: <b>{ $detail }</b>. Ничего не хранится. Напишите или вернитесь назад.
contacts-kept =
    Контакт: <b>{ $detail }</b>
    { $value }

    Напишите заново или удалите.
contacts-removed = Удалено.
