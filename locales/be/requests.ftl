# Што робяць удваіх: адзін просіць і кажа чаму, другі вырашае, адкрыць можна адзін раз.

button-requests = Просьбы калегаў
requests-title = <b>Што робяць удваіх</b>
requests-wait =
    { $count ->
        [one] { $count } просьба калегаў
        [few] { $count } просьбы калегаў
       *[other] { $count } просьбаў калегаў
    }
requests-ready =
    { $count ->
        [one] { $count } вашу просьбу ўхвалілі, яе можна адкрыць
        [few] { $count } вашы просьбы ўхвалілі, іх можна адкрыць
       *[other] { $count } вашых просьбаў ухвалілі, іх можна адкрыць
    }
requests-none = Просьбаў калегаў да вас няма.
requests-mine = Вашы ўласныя просьбы: { $count }
request-label-theirs = { $asker }: { $what }
request-label-mine = Вы: { $what }
request-label-ready = Гатова: { $what }
request-is-contact = кантакты
request-is-kinship = блізкі чалавек
request-is-name = схаванае імя
request-is-publicity = хто бачыць імя
request-is-role = новы каардынатар
request-is-new-pin = новы PIN
request-is-unsuspend = вярнуць доступ

request-contact = <b>Кантакты: { $person }</b>
request-kinship =
    <b>{ $person } — з сям’і зняволенага чалавека: { $prisoner }?</b>
    Пасля пацверджання гэты чалавек даведаецца тое, што кажуць толькі сям’і.
request-name = <b>Схаванае імя: { $prisoner }</b>
request-publicity = <b>{ $prisoner }: імя змогуць бачыць { $wish }</b>
request-role =
    <b>Код для новага каардынатара</b>
    З ім чалавек бачыць рэестр і ўваходныя.
request-unsuspend = <b>Вярнуць доступ: { $person }?</b>
request-new-pin =
    <b>Новы PIN: { $person }</b>
    Спачатку ператэлефануйце на нумар, які ведаеце: папрасіць мог і той, у каго чужы тэлефон.
request-asker = Просіць: { $asker }
request-why =
    Чаму:
    <blockquote>{ $why }</blockquote>
request-redeemed = Нехта назваў пяць слоў для блізкіх. Перш чым пацвердзіць, ператэлефануйце сям’і.
request-decide = Вырашыце да { $until }. Калі няма ўпэўненасці, спытайце калегу асабіста або адмоўце.
request-waits =
    Просьба чакае калегу да { $until }.
    Іншага каардынатара няма? Можа ўхваліць той, хто вядзе бот: <code>poruch approve { $number }</code>
request-approved =
    Ухвалена. Адкрыць можна адзін раз, да { $until }. Нумар: { $number }
    Тое, што вы ўбачыце, хутка знікне і больш не пакажацца. Спачатку азірніцеся навокал.

button-request-approve = Ухваліць
button-request-decline = Адмовіць
button-request-withdraw = Адклікаць
button-request-open = Адкрыць адзін раз
button-request-name = Папрасіць імя
button-request-contact = Кантакты
button-request-unsuspend = Папрасіць вярнуць доступ
button-request-new-pin = Забыты PIN: папрасіць новы
button-request-role = Папрасіць код для каардынатара
button-request-copy-code = Скапіяваць код

request-ask-reason =
    <b>Трэба згода калегі</b>

    Напішыце чаму, ад 2 да 200 знакаў. Гэта прачытае калега і больш ніхто. Імёнаў не пішыце.
request-was-approved = Ёсць згода: { $what }.
request-was-declined = Адмоўлена: { $what }.
request-asked = Просьба адпраўлена. Калегам паведамім, а вам — калі нехта вырашыць.
request-you-approved = Ухвалена. Калегу паведамім.
request-you-declined = Адмоўлена. Калегу паведамім, без тлумачэння.
request-you-withdrew = Ваша просьба адкліканая.
request-shown-once = Усё ў паведамленні ніжэй, ненадоўга і толькі адзін раз.
request-nothing-left = Гэты чалавек не пакінуў кантактаў. У пяць разоў на дзень гэта не лічыцца.

revealed-goes = Гэта паведамленне знікне праз хвіліну.
revealed-line = { $what }: { $value }
revealed-name = Імя
revealed-phone = Тэлефон
revealed-email = Электронная пошта
revealed-post = Паштовы адрас
revealed-be = Па-беларуску
revealed-ru = Па-руску
revealed-en = Па-англійску
revealed-code =
    <code>{ $code }</code>
    Ён робіць каардынатарам аднаго чалавека, адзін раз, цягам 48 гадзін. Перадайце асабіста. Гэта паведамленне знікне праз дзесяць хвілін.

notices-request-waiting = Калега просіць пра тое, што робяць удваіх. Яно ва ўваходных працоўнага стала.
notices-request-decided = Па вашай просьбе ёсць рашэнне калегі. Калі яшчэ нешта трэба зрабіць вам, яно ва ўваходных працоўнага стала.

button-desk-unconfirmed = Пацвердзіць блізкіх
desk-unconfirmed-relatives =
    <b>{ $name }: каго з блізкіх пацвердзіць</b>

    Яны назвалі пяць слоў, і пакуль ім нічога не кажуць. Выберыце, каго паказаць калегу.

error-reason-refused = Напішыце коратка чаму: ад 2 да 200 знакаў.
error-too-many-requests = Вашых просьбаў чакае ўжо { $limit }. Адклікайце якую або пачакайце рашэння калегаў.
error-too-many-reveals = За дзень вы адкрылі кантакты { $limit } чалавек. Больш нельга; пачакайце.
