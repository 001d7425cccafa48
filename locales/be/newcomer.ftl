button-newcomer-yes = Так
button-newcomer-no = Не
button-newcomer-unsaid = Не хачу казаць
button-newcomer-continue = Працягнуць
button-newcomer-look = Толькі паглядзець
button-newcomer-agree = Пагаджаюся
button-newcomer-more = Падрабязней
button-newcomer-clear = Прыбраць гэты экран

newcomer-first = Выберыце мову.
newcomer-use-buttons = Карыстайцеся, калі ласка, кнопкамі.
newcomer-code-known = Ваш код у мяне. Спачатку выберыце мову, потым прачытайце, што захоўваецца, і пагадзіцеся: толькі тады код спрацуе.
newcomer-where =
    <b>Вы жывяце ў Беларусі?</b>

    Адказ не захоўваецца.
newcomer-safer =
    <b>Як бяспечней</b>

    У Беларусі за дапамогу палітвязням саджаюць. Бяспечней, калі гэта зробіць нехта за мяжой, каму вы давяраеце.

    Можна і толькі паглядзець: тады пра вас нічога не захоўваецца.
newcomer-notice =
    <b>Перш чым пачаць</b>

    Калі вы пагодзіцеся, я захаваю ваш нумар у Telegram, налады і тое, каму вы пішаце. Нумар і напісанае вамі — зашыфраваныя.

    Telegram можа чытаць чаты з ботамі і ведае, што вы адкрылі гэты.

    Калі ваш тэлефон могуць агледзець, гэты чат знойдуць. Мае паведамленні выдаляюцца самі, радок у спісе чатаў — не. Экраны, якія былі да вашай згоды, самі не выдаляюцца: прыбярыце іх кнопкай пад кожным.

    Захавайце гэты чат цяпер. Далей заходзьце толькі са свайго захаванага чата і ніколі па спасылцы: бываюць боты-двайнікі.
newcomer-more =
    <b>Ваша фраза</b>
    Калі вы пагодзіцеся, у вас будзе некалькі звычайных слоў. З іх пачынаюцца мае апавяшчэнні і схаваныя экраны. Апавяшчэнне без іх — не маё.
newcomer-welcome = Ваша фраза: { $phrase }. З яе пачынаюцца мае апавяшчэнні і схаваныя экраны. Апавяшчэнне без яе — не маё.

button-look-people = Вязні з адкрытымі імёнамі
button-look-places = Адрасы
button-look-advice = Як пісаць
button-look-address = Адрас
button-look-copy = Скапіяваць адрас
button-look-earlier = Раней
button-look-next = Далей

look-home =
    <b>Толькі паглядзець</b>

    Пра вас тут нічога не захоўваецца. Калі скончыце, прыбярыце гэты экран.
look-people =
    <b>Вязні з адкрытымі імёнамі</b>

    Толькі тыя, чыё імя можна называць.
look-people-none = Тут няма каго паказаць.
look-one-name = <b>{ $name }</b>
look-one-place = Дзе: { $place }
look-one-place-unknown = Дзе: не ведаем
look-one-since = З якога дня: { $day }
look-one-since-unknown = З якога дня: не ведаем
look-one-interests = Што любіць: { $interests }
look-places = <b>Адрасы</b>
look-places-none = Адрасоў тут няма.
look-place =
    <b>{ $name }</b>

    <code>{ $address }</code>

    Уверсе напішыце імя і прозвішча вязня.
look-place-checked = Праверана: { $day }.
look-place-stale = Не правяралася з { $day }. Праверце перад адпраўкай.
look-place-never = Мы гэты адрас не правяралі. Праверце перад адпраўкай.
look-place-latin = У нашай крыніцы ён лацінкай. На канверце ўсё, акрамя краіны, пішуць кірыліцай.
look-place-source = Крыніца: { $source }
look-advice =
    <b>Як пісаць</b>

    { advice-language }

    { guardian-say }

    { guardian-avoid }

    <b>{ paper-unknown }:</b> { advice-unknown }
