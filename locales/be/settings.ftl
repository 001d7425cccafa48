button-settings-language = Мова
button-settings-form = Форма звароту
button-settings-zone = Часавы пояс
button-settings-hour = Гадзіна
button-settings-quiet = Ціхія гадзіны
button-settings-reminders = Нагадванні пра суды
button-reminder-7d-on = За 7 дзён: так
button-reminder-7d-off = За 7 дзён: не
button-reminder-1d-on = За 1 дзень: так
button-reminder-1d-off = За 1 дзень: не
button-reminder-3h-on = За 3 гадзіны: так
button-reminder-3h-off = За 3 гадзіны: не
button-settings-texts = Тэксты
button-settings-delete = Выдаляць праз
button-settings-phrase = Фраза
button-settings-contacts = Кантакты
button-settings-another = Выбраць іншую

settings-text =
    <b>Налады</b>

    Мова: { $language }
    Форма звароту: { $address }
    Часавы пояс: { $zone }
    Гадзіна нагадванняў: { $hour }
    Ціхія гадзіны: { $quiet }
    Нагадванні пра суды: { $reminders }
    Тэксты: { $texts }
    Паведамленні выдаляюцца праз: { settings-hours }
    Фраза: { $phrase }
    Кантакты: { $contacts }
settings-hours =
    { $hours ->
        [one] { $hours } гадзіну
        [few] { $hours } гадзіны
       *[other] { $hours } гадзін
    }
settings-saved = Захавана.
settings-language = На якой мове размаўляць?
settings-form = Як да вас звяртацца?
settings-form-feminine = У жаночым родзе
settings-form-masculine = У мужчынскім родзе
settings-form-unsaid = Без роду
settings-zone = Па якім часе вы жывяце? Зрух ад UTC — на сёння.
settings-hour = А якой гадзіне нагадваць?
settings-quiet = Калі маўчаць? Тады прыходзіць толькі тэрміновае.
settings-quiet-none = Без ціхіх гадзін
settings-reminder-7d = за 7 дзён
settings-reminder-1d = за 1 дзень
settings-reminder-3h = за 3 гадзіны
settings-reminders-none = няма
settings-reminders =
    <b>Нагадванні пра даты судоў</b>
    Націсніце, каб уключыць або выключыць. Калі за тры гадзіны ў вас ціхія гадзіны, нагадванне прыходзіць напярэдадні.

    Пра новую, перанесеную або адмененую дату мы паведамляем заўсёды.
settings-texts =
    <b>Нейтральныя:</b> у паведамленні відаць толькі вашу фразу. Змест адкрываецца дотыкам і праз 10 хвілін зноў хаваецца.

    <b>Поўныя:</b> імёны, даты і адрасы відаць адразу, нават на заблакаваным экране. Выбірайце іх, калі ваш тэлефон бачыце толькі вы.
settings-texts-neutral = Нейтральныя
settings-texts-full = Поўныя
settings-delete = Праз колькі выдаляць мае паведамленні? Гэта датычыць і тых, што ёсць тут цяпер.
settings-phrase =
    Ваша фраза: <b>{ $phrase }</b>

    З яе пачынаюцца мае апавяшчэнні і схаваныя экраны, каб вы заўважылі двайніка. Яе відаць на заблакаваным экране.

    Выберыце іншую або напішыце сваю: ад 3 да 40 літар, без імёнаў і без таго, што выдае гэты чат.

clock-of = час: { $city }
zone-minsk = Мінск
zone-warsaw = Варшава
zone-vilnius = Вільня
zone-kyiv = Кіеў
zone-berlin = Берлін
zone-prague = Прага
zone-london = Лондан
zone-istanbul = Стамбул
zone-tbilisi = Тбілісі
zone-yerevan = Ерэван
zone-new-york = Нью-Ёрк
zone-los-angeles = Лос-Анджэлес

button-contacts-name = Імя
button-contacts-phone = Тэлефон
button-contacts-email = Электронная пошта
button-contacts-post = Паштовы адрас
button-contacts-remove = Выдаліць

contacts-text =
    <b>Калі гэты бот знікне, як вас знайсці?</b>

    Усё неабавязкова. Захоўваецца зашыфраваным, выдаліць можна ў любы момант. Каардынатар убачыць гэта, толькі калі ёсць прычына і згодны другі, на адну хвіліну; калі другога няма, вырашае той, хто вядзе сервер.
contacts-nothing = Нічога не захоўваецца.
contacts-none = няма
contacts-line = { $detail }: { $value }
contacts-name = імя
contacts-phone = тэлефон
contacts-email = электронная пошта
contacts-post = паштовы адрас
contacts-ask = Кантакт: <b>{ $detail }</b>. Нічога не захоўваецца. Напішыце або вярніцеся назад.
contacts-kept =
    Кантакт: <b>{ $detail }</b>
    { $value }

    Напішыце нанова або выдаліце.
contacts-removed = Выдалена.
