# Месцы зняволення, карткі правіл і рызыкоўныя словы на працоўным стале.

button-desk-facilities = Месцы зняволення
facilities-title = <b>Месцы зняволення</b>
facilities-ask = Напішыце назву, горад ці код або выберыце:
facilities-found = Знойдзена па запыце «{ $typed }»:
facilities-none = Па запыце «{ $typed }» нічога няма. Напішыце інакш.
button-page-back = ← Назад
button-page-on = Далей →
button-risky-words = Рызыкоўныя словы

facility-title = <b>{ $name }</b>
facility-address = { $address }
facility-source = Крыніца: { $source }
facility-transit =
    { $days ->
        [one] Ліст ідзе { $days } дзень.
        [few] Ліст ідзе { $days } дні.
       *[other] Ліст ідзе { $days } дзён.
    }
facility-transit-unknown = Колькі ідзе ліст, невядома.
facility-choose = Што туды можна даслаць:
button-facility-cards =
    { $count ->
        [one] { $thing }: { $count } картка правіл
        [few] { $thing }: { $count } карткі правіл
       *[other] { $thing }: { $count } картак правіл
    }
button-all-facilities = Усе месцы

rule-thing-letter = ліст
rule-thing-telegram = тэлеграма
rule-thing-parcel = пасылка
rule-thing-visit = спатканне
rule-thing-blank-paper = папера і канверты ў лісце
rule-thing-stickers = налепкі ў лісце
rule-thing-long-letter = доўгі ліст
rule-status-any = любое
rule-writer-any = хто заўгодна
rule-writer-stranger = незнаёмы чалавек
rule-writer-named = чалавек са спіса
rule-writer-relative = блізкія
rule-verdict-allowed = можна
rule-verdict-discouraged = не раім
rule-verdict-impossible = немагчыма
rule-verdict-dangerous = небяспечна

cards-title = <b>Карткі правіл: { $thing }</b>
cards-some = Дзейнічае больш вузкая картка. Калі дзве аднолькава вузкія, дзейнічае тая, якую правяралі пазней.
cards-none = Картак пра гэта няма. Лічыцца, што нічога не вядома.
card-label = { $verdict }: { $status } · { $writer } · { $place }
card-place-facility = тут
card-place-kind = такія месцы
card-place-anywhere = усюды
button-card-new = Новая картка для гэтага месца
button-card-edit = Змяніць
button-card-checked = Праверана сёння
button-card-withdraw = Прыбраць
card-takes-two = Любая змена пачне дзейнічаць, калі з ёй пагодзіцца хтосьці з калег. «Праверана сёння» таксама: картка, якую правяралі пазней, можа пераважыць іншую.
card-thing-is = Што: { $thing }
card-status-is = Становішча: { $status }
card-writer-is = Хто дасылае: { $writer }
card-verdict-is = Правіла: <b>{ $verdict }</b>
card-where-facility = Дзе: { $place }
card-where-kind =
    Дзе: { $place ->
        [colony] усе папраўчыя калоніі
        [colony-women] усе жаночыя калоніі
        [colony-liquidated] усе закрытыя калоніі
        [open-facility] усе адкрытыя ўстановы («хімія»)
        [sizo] усе следчыя ізалятары (СІЗА)
        [sizo-closed-site] усе ранейшыя, закрытыя будынкі СІЗА
        [sizo-and-prison] усе следчыя ізалятары з турмой
        [prison] усе турмы
        [ivs] усе ізалятары часовага ўтрымання (ІЧУ)
       *[other] усе месцы віду { $place }
    }
card-where-anywhere = Дзе: усюды
card-advice-is = Парада: { $text }
card-advice-in = { $language }: { $text }
card-source-is = Крыніца: { $text }
card-verified = Праверана { $day }.
card-never-verified = Гэтага яшчэ ніхто не правяраў.
card-before = <b>Цяпер</b>
card-after = <b>Будзе</b>
card-goes = <b>Гэтую картку прыбіраюць.</b>

card-draft-title = <b>Якой будзе картка</b>
card-nothing-yet = пакуль нічога
button-card-thing = Што
button-card-status = Становішча
button-card-writer = Хто дасылае
button-card-verdict = Правіла
button-card-advice = Парада
button-card-source = Крыніца
button-card-is-checked = ✓ Крыніцу праглядалі сёння
button-card-is-not-checked = Крыніцу сёння не праглядалі
button-card-propose = Папрасіць згоды калегі
card-choose-thing = <b>Пра што гэта?</b>
card-choose-status =
    <b>У якім становішчы?</b>

    «Любое» не ахоплівае хатняга арышту, хатняй «хіміі» і тых, з кім няма сувязі: для іх патрэбныя свае карткі.
card-choose-writer = <b>Хто дасылае?</b>
card-choose-verdict = <b>Як там з гэтым?</b>
card-type-advice =
    <b>Парада: { $language }</b>

    Пішыце для таго, хто нічога не ведае пра турмы: цэлымі сказамі, да 500 знакаў, без імёнаў. Ранейшая парада знікне на ўсіх мовах; дадайце тут і астатнія мовы.
button-card-advice-language = { $language }
card-type-source =
    <b>Хто так кажа?</b>

    Старонка і яе дата або «званок ва ўстанову» і дзень. Да 200 знакаў, без імёнаў.

risky-words-languages =
    <b>Рызыкоўныя словы</b>

    Іх шукаюць у чарнавіках лістоў. На якой мове?
risky-words-reasons = <b>Чаму слова ў спісе?</b>
risky-reason-politics = палітыка
risky-reason-slogan = лозунгі
risky-reason-freedom = свабода і вызваленне
risky-reason-fight = барацьба і супраціў
risky-reason-war = вайна і войска
risky-reason-insult = абразы
risky-reason-banned-body = забароненыя назвы
risky-reason-case = справа, суд
risky-reason-answer-expected = чаканне адказу
risky-reason-helpers = памочнікі, чаты, боты
risky-list-title = <b>Рызыкоўныя словы: { $reason }</b> ({ $count })
risky-list-add =
    Каб дадаць слова, напішыце яго. Каб прыбраць, націсніце на яго.

    <code>~</code> пасля асновы — любы канчатак, <code>*</code> — што заўгодна, <code>№</code> — лік, <code>_</code> — да двух слоў паміж. Назва пачынаецца са знака <code>=</code>.
risky-new-ask = Калегу папросяць згадзіцца, каб гэта дадаць.
risky-new-alike = Гэтыя запісы пачынаюцца гэтак жа, і яны ўжо ў спісе. Ці патрэбны яшчэ адзін? Калі так, папросім згоды калегі.
button-word-propose = Папрасіць згоды калегі
risky-word-is =
    <b>{ $entry }</b>
    { $reason }
button-word-withdraw = Прыбраць
risky-word-in = { $language }: <b>{ $entry }</b>
risky-word-before = Цяпер: { $reason }
risky-word-after = Будзе: { $reason }
risky-word-goes = Гэтае слова прыбіраюць са спіса.

request-is-rule-card = картка правіл
request-is-risky-word = рызыкоўнае слова
request-rule-card = <b>Змена карткі правіл</b>
request-risky-word = <b>Змена спіса рызыкоўных слоў</b>

told-desk-rules-forged =
    Хтосьці змяніў картку правіл або рызыкоўнае слова не праз бот, а ў самой базе. Гэта не дзейнічае: паказваецца тое, на што пагадзіліся два каардынатары, або тое, што было ў боце ад пачатку.

    Спытайце ў таго, хто вядзе бот, хто мае доступ да базы.

error-entry-refused = У спіс такое не запісаць. Напішыце слова або да шасці слоў, без іншых знакаў, чым ~ * № _ =, і не менш за тры літары перад ~ і чатыры перад *.
error-card-incomplete = У картцы яшчэ няма правіла, парады або крыніцы.
