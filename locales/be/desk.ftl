# Стол і яго клавішы.

desk-title = <b>Працоўны стол</b>
desk-locked = Стол закрыты.
desk-pin-choose =
    <b>Прыдумайце PIN з шасці лічбаў</b>

    Ён адкрывае ваш стол. Пакуль вы набіраеце, нічога не відаць; потым OK.
desk-pin-repeat = <b>Той самы PIN яшчэ раз</b>
desk-pin-yours = <b>Ваш PIN</b>
desk-pin-wrong = Гэта не ваш PIN. Пасля пяці няправільных клавішы адпачываюць 15 хвілін.
desk-pins-differ = PIN не супалі. Прыдумайце нанава.
desk-pin-too-easy = Такі PIN лёгка ўгадаць: адна лічба шэсць разоў або лічбы па парадку. Прыдумайце іншы.
desk-pin-resting = <b>Клавішы адпачываюць да { $until }</b>
desk-pin-six-digits = У PIN шэсць лічбаў. Набярыце нанава.
desk-pin-once-more = Тым часам нешта было набрана. Націсніце OK яшчэ раз.

button-desk-inbox = Уваходныя
button-desk-prisoners = Зняволеныя
button-desk-hearings = Суды
button-desk-lock = Закрыць стол

desk-nothing-waits = Новых спраў няма.
desk-applications-wait =
    { $count ->
        [one] { $count } заяўка
        [few] { $count } заяўкі
       *[other] { $count } заявак
    }
desk-differences-wait =
    { $count ->
        [one] { $count } розніца ў рэестры
        [few] { $count } розніцы ў рэестры
       *[other] { $count } розніц у рэестры
    }

# Заяўкі.

desk-inbox-title = <b>Уваходныя</b>
desk-oldest-shown =
    { $count ->
        [one] Паказана { $count } самая старая заяўка.
        [few] Паказаны { $count } самыя старыя заяўкі.
       *[other] Паказана { $count } самых старых заявак.
    }
button-desk-register = Розніцы ў рэестры
button-desk-accept = Прыняць
button-desk-decline = Адмовіць

desk-application-title = <b>Заяўка: { $name }</b>
desk-at-place = Месца: { $place }
desk-applicant = Хто просіць: { $applicant }
desk-stand-in = Гэтыя два словы стаяць замест імя.
desk-rhythm =
    { $weeks ->
        [one] Пісаць кожны { $weeks } тыдзень
        [few] Пісаць кожныя { $weeks } тыдні
       *[other] Пісаць кожныя { $weeks } тыдняў
    }
desk-writes-in = Мовы: { $languages }
desk-writes-in-unsaid = Мовы: не сказана
desk-language-be = беларуская
desk-language-ru = руская
desk-language-en = англійская
desk-waits-since =
    Чакае з { $day } ({ $days ->
        [0] сёння
        [one] { $days } дзень
        [few] { $days } дні
       *[other] { $days } дзён
    })
desk-word =
    Слова да каардынатараў:
    <blockquote>{ $word }</blockquote>
desk-no-word = Без дадатковага слова.
desk-application-decided = Гэтую заяўку ўжо разгледзелі або адклікалі.
desk-applicant-kept-away = Доступ гэтага чалавека прыпынены, або ёсць падазрэнне, што яго затрымалі. Пакуль гэта так, заяўку прыняць нельга.
error-applicant-kept-away = Доступ таго, хто падаў заяўку, прыпынены, або ёсць падазрэнне, што чалавека затрымалі. Пакуль гэта так, заяўку прыняць нельга. Яна чакае далей.
desk-accepted = Прынята. Пра гэта паведамім адразу або калі скончацца ціхія гадзіны.
desk-declined = Адмоўлена. Пра гэта паведамім, без прычыны.

# Рэестр.

desk-register-title = <b>Розніцы ў рэестры</b>
desk-register-empty = У рэестры нічога не чакае.
desk-register-wave = <b>Пацвердзіць усе</b> не кранае смерцяў, тых, хто цяпер без усялякай сувязі, і тых, хто знік з рэестра: іх глядзяць па адным.
button-desk-confirm-all = Пацвердзіць усе
button-desk-one-by-one = Па адной
button-desk-confirm = Пацвердзіць
button-desk-leave-out = Не ўлічваць
button-desk-earlier = Раней
button-desk-later = Далей

desk-kind-new = Новыя людзі: { $count }
desk-kind-details = Падрабязнасці: { $count }
desk-kind-moved = Пераводы: { $count }
desk-kind-verdict = Прысуды: { $count }
desk-kind-released = Вызваленні: { $count }
desk-kind-cut-off = Без усялякай сувязі: { $count }
desk-kind-died = Смерці: { $count }
desk-kind-gone = Зніклі з рэестра: { $count }
desk-kind-hearing-new = Новыя суды: { $count }
desk-kind-hearing-moved = Перанесеныя суды: { $count }
desk-kind-hearing-cancelled = Адмененыя суды: { $count }
desk-kind-hearing-held = Суды, што адбыліся: { $count }
desk-kind-hearing-changed = Змены ў судах: { $count }

desk-one-new = Новы запіс у рэестры.
desk-one-details = Адрозніваюцца падрабязнасці.
desk-one-moved = Перавод. Паведамім паплечнікам і блізкім.
desk-one-verdict = Прысуд. Паведамім паплечнікам і блізкім.
desk-one-released = Вызваленне. Паведамім паплечнікам і блізкім, лісты спыняцца.
desk-one-cut-off = Цяпер без усялякай сувязі. Паведамім паплечнікам і блізкім.
desk-one-died =
    Смерць. Калі пацвердзіць, усё пра гэтага чалавека змоўкне.
    Нікому не паведамляем, пакуль нехта не паразмаўляе з сям’ёй.
desk-one-gone =
    У рэестры больш няма. Прычына невядомая.
    Калі пацвердзіць, пра гэтага чалавека нікому нічога не прыйдзе, пакуль імя зноў не з’явіцца ў файле.
desk-one-hearing-new = Новы суд. Паведамім паплечнікам і блізкім.
desk-one-hearing-moved = Суд перанесены. Паведамім усім, хто пра яго чуў.
desk-one-hearing-cancelled = Суд адменены. Паведамім усім, хто пра яго чуў.
desk-one-hearing-held = Суд адбыўся. Больш пра яго нікому не нагадваем.
desk-one-hearing-changed = Змена ў судзе. Калі іншы суд або зала, паведамім усім, хто пра яго чуў.

desk-difference-title = <b>{ $name }</b>
desk-unnamed = Чалавек без імя
desk-field-changed = { $what }: { $before } → { $after }
desk-field-new = { $what }: { $after }
desk-field-empty = нічога
desk-field-more = Яшчэ палёў, што адрозніваюцца: { $count }
desk-no-more-differences = Больш нічога ў рэестры не чакае.
desk-difference-confirmed = Пацверджана.
desk-wave-confirmed =
    { $count ->
        [0] Пацвярджаць ужо не было чаго.
        [one] Пацверджана { $count } розніца.
        [few] Пацверджаны { $count } розніцы.
       *[other] Пацверджана { $count } розніц.
    }

desk-field-custody-status = Становішча
desk-field-custody-on = З якога дня
desk-field-facility = Месца
desk-field-publicity = Хто бачыць імя
desk-field-names = Імёны
desk-field-alias = Псеўданім
desk-field-born = Дзень нараджэння
desk-field-languages = Мовы
desk-field-interests = Што падабаецца
desk-field-sentence = Прысуд
desk-field-articles = Артыкулы
desk-field-detained-on = Затрыманне
desk-field-release-on = Чаканае вызваленне
desk-field-recognised-by = Хто прызнаў
desk-field-source-url = Крыніца
desk-field-gender = Пол
desk-field-starts = Пачатак
desk-field-status = Пасяджэнне
desk-field-court = Суд
desk-field-room = Зала
desk-field-city = Горад
desk-field-judge = Суддзя
desk-field-stage = Стадыя
desk-field-openness = Публіка
desk-field-confidence = Дата
desk-field-outcome = Вынік

desk-word-public = усе
desk-word-guardians = паплечнікі і сям’я
desk-word-hidden = схавана
desk-word-scheduled = прызначана
desk-word-moved = перанесена
desk-word-cancelled = адменена
desk-word-held = адбылося
desk-word-open = пускаюць
desk-word-closed = не пускаюць
desk-word-unknown = невядома
desk-word-reported = толькі паведамляюць
desk-word-confirmed = пацверджана

# Зняволеныя.

desk-prisoners-title = <b>Зняволеныя</b>
desk-search-ask =
    Напішыце імя або прозвішча цалкам, на любой з трох моў.
    Каго схавана, таго можна знайсці толькі па псеўданіме.
desk-search-found = Знойдзена па словах «{ $typed }»:
desk-search-nobody =
    Па словах «{ $typed }» нікога не знойдзена.
    Пішыце імя або прозвішча цалкам: частка слова не шукаецца.
desk-search-more = Ёсць яшчэ, паказаны першыя { $count }. Напішыце больш, напрыклад імя і прозвішча.

desk-prisoner-title = <b>{ $name }</b>
desk-prisoner-also = таксама { $name }
desk-prisoner-status = Становішча: { $status }
desk-prisoner-status-since = Становішча: { $status }, на { $day }
desk-prisoner-silent = Усё маўчыць: пра гэтага чалавека нікому нічога не прыходзіць.
desk-prisoner-guardians = Паплечнікаў: { $count }
desk-prisoner-hearing = Бліжэйшы суд: { $moment } ({ $zone })
desk-no-place = Месца: невядома
desk-place =
    Месца: { $place }
    { $address }
desk-place-closed = Месца: { $place }. Яно закрытае; куды пісаць цяпер, невядома.
desk-address-checked = Адрас правераны { $day }.
desk-address-long-ago = Адрас апошні раз правяралі { $day }, больш за паўгода таму.
desk-address-never = Гэты адрас яшчэ ніхто не правяраў.

desk-status-detained = затрыманне
desk-status-pretrial = папярэдняе зняволенне
desk-status-convicted = прысуд вынесены
desk-status-prison-regime = турэмны рэжым
desk-status-house-arrest = хатні арышт
desk-status-open-facility = адкрытая ўстанова («хімія»)
desk-status-home-khimiya = хатняя «хімія»
desk-status-psychiatric = прымусовае псіхіятрычнае лячэнне
desk-status-incommunicado = няма ніякай сувязі
desk-status-released = на волі
desk-status-exiled = высылка з краіны
desk-status-died = смерць

button-desk-add-hearing = Дадаць суд
button-desk-invite = Запрасіць блізкіх
button-desk-publicity = Хто бачыць імя
button-desk-publicity-public = Усе
button-desk-publicity-guardians = Паплечнікі і сям’я
button-desk-publicity-hidden = Схаваць

desk-publicity-is-public = Імя адкрытае: яго могуць бачыць усе прыхільнікі
desk-publicity-is-guardians = Імя бачаць паплечнікі, сям’я і каардынатары
desk-publicity-is-hidden = Імя схавана: яго бачыць толькі сям’я
desk-publicity-explained =
    Вузейшае кола пачынае дзейнічаць адразу. Адмяніць <b>Схаваць</b> адзін каардынатар не можа.
    Воля зняволенага чалавека і сям’і важнейшая за ўсё.

# Запрашэнне блізкіх.

desk-invite-ask =
    <b>Блізкі чалавек: { $name }</b>

    Ператэлефануйце сям’і на нумар, які вы ведаеце, і ўпэўніцеся, хто гэта.
    Чалавек далучаецца за сябе ці за некага, хто ў краіне?
desk-invite-language = Мова слоў: { $language }
button-desk-themselves = За сябе
button-desk-behalf = За некага іншага
desk-invitation =
    <b>Пяць слоў для блізкага чалавека</b>

    <code>{ $words }</code>

    Спачатку ператэлефануйце, потым прачытайце словы ўголас. Не дасылайце іх.
    Іх трэба напісаць гэтаму боту.
    Яны дзейнічаюць адзін раз, да { $until }.

    Вы бачыце іх толькі цяпер. «Назад» іх прыбірае.
desk-invitation-gone =
    Словы былі паказаны адзін раз і больш не паказваюцца.
    Калі іх ніхто не пачуў, запрасіце яшчэ раз: старыя словы застануцца без ужытку і скончацца.

# Суды.

desk-hearings-title = <b>Суды</b>
desk-hearings-listed = Час — той, што ў судзе.
desk-hearings-none = Наперадзе судоў няма.
desk-hearing-title = <b>Суд: { $name }</b>
desk-hearing-starts = { $wall } ({ $zone })
desk-hearing-court = Дзе: { $text }
desk-hearing-room = Зала: { $text }
desk-hearing-judge = Суддзя: { $text }
desk-hearing-stage = Стадыя: { $text }
desk-hearing-outcome = Вынік: { $text }
desk-openness-open = Наколькі вядома, пускаюць усіх.
desk-openness-closed = Пасяджэнне закрытае.
desk-openness-unknown = Ці пускаюць людзей, невядома.
desk-hearing-reported = Дата вядомая толькі паводле чужых слоў, яна не пацверджаная.
desk-hearing-confirmed = Дата пацверджаная.
desk-hearing-is-scheduled = Прызначана.
desk-hearing-is-moved = Перанесена.
desk-hearing-is-cancelled = Адменена.
desk-hearing-is-held = Адбылося.
desk-hearing-attending =
    { $count ->
        [one] Прыйдзе { $count } чалавек.
        [few] Прыйдуць { $count } чалавекі.
       *[other] Прыйдуць { $count } чалавек.
    }
desk-hearing-changes =
    { $count ->
        [one] З таго часу як суд дададзены, запіс мяняўся { $count } раз.
        [few] З таго часу як суд дададзены, запіс мяняўся { $count } разы.
       *[other] З таго часу як суд дададзены, запіс мяняўся { $count } разоў.
    }

button-desk-confirm-date = Пацвердзіць дату
button-desk-move = Перанесці
button-desk-cancel-hearing = Адмяніць суд
button-desk-cancel-yes = Так, суд адменены
button-desk-save = Захаваць
button-desk-keep = Пакінуць так

desk-hearing-whose = <b>Чый гэта суд?</b>
desk-type-date =
    Выберыце дзень або напішыце дату і час, як іх называе суд ({ $zone }):
    <code>ДД.ММ.ГГГГ ГГ:ХХ</code>
desk-type-court = Выберыце суд або напішыце назву іншага.
desk-so-far = Пакуль так: { $text }
desk-hearing-goes-on-whose = Вы ўжо пачалі дадаваць суд. Засталося сказаць, чый ён.
desk-hearing-goes-on = Вы ўжо пачалі дадаваць суд. Працягвайце або націсніце «Назад», каб выбраць іншага чалавека.
desk-draft-expired = Працягваць няма чаго: напісанае захоўваецца 24 гадзіны.
desk-hearing-saved = Захавана. Усім, каго гэта датычыць, паведамім адразу або калі скончацца іх ціхія гадзіны.
desk-type-new-date =
    Выберыце новы дзень або напішыце дату і час, як іх называе суд ({ $zone }):
    <code>ДД.ММ.ГГГГ ГГ:ХХ</code>
desk-move-old = Старая дата: { $wall }
desk-move-new = <b>Новая дата: { $wall }</b> ({ $zone })
desk-move-changed = Тым часам суд змяніўся. Паглядзіце і напішыце дату яшчэ раз.
desk-hearing-moved = Перанесена. Новую дату паведамім усім, каго гэта датычыць.
desk-cancel-ask =
    Суд адменены?
    Усім, хто пра яго чуў, паведамім адразу.
desk-hearing-cancelled = Адменена. Паведамім усім, хто чуў пра гэты суд.
error-court-refused = Гэта не назва суда. Напішыце яе літарамі.

desk-who-is-told = Каму паведамім: { $guardians }, { $relatives }.
desk-others-told =
    { $count ->
        [one] І яшчэ { $count } чалавек: прасілі пра гэты суд, чулі пра яго або збіраюцца прыйсці.
        [few] І яшчэ { $count } чалавекі: прасілі пра гэты суд, чулі пра яго або збіраюцца прыйсці.
       *[other] І яшчэ { $count } чалавек: прасілі пра гэты суд, чулі пра яго або збіраюцца прыйсці.
    }
desk-nobody-told = Нікому не паведамім: няма тых, каму можна пра гэта ведаць, або ўсё маўчыць.
desk-guardians =
    { $count ->
        [one] { $count } паплечнік
        [few] { $count } паплечнікі
       *[other] { $count } паплечнікаў
    }
desk-relatives = блізкія: { $count }

desk-one-heard-of = Сувязь зноў ёсць. Паведамім паплечнікам і блізкім.
button-families = Пагаварыць з сем’ямі
button-families-spoken = Размова з сям’ёй была
button-families-spoken-yes = Так, размова была
families =
    <b>Пагаварыць з сем’ямі</b>

    Гэтых людзей больш няма. Усё пра іх маўчыць, пакуль нехта не пагаворыць з сям’ёй.
families-none = Цяпер няма сям’і, з якой трэба пагаварыць.
families-wait =
    { $count ->
        [one] Пасля смерці трэба пагаварыць з { $count } сям’ёй
       *[other] Пасля смерці трэба пагаварыць з сем’ямі: { $count }
    }
told-desk-family-waits = Памёр чалавек, і з яго сям’ёй яшчэ трэба пагаварыць. Вы знойдзеце яго на вашым працоўным стале: <b>Уваходныя</b>, потым <b>Пагаварыць з сем’ямі</b>.
families-spoken-ask =
    <b>{ $name }</b>

    Ці пагаварылі з сям’ёй вы або нехта, каму вы давяраеце?
    Тады тым, хто пісаў, паведамяць пра смерць і падзякуюць, а іх абяцанні скончацца. Сям’і бот нічога не дашле ні цяпер, ні потым.
families-spoken = Адзначана. Тым, хто пісаў, паведамяць адразу або пасля іх ціхіх гадзін.
