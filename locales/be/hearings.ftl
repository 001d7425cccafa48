# Суды як звесткі: дададзены, пацверджаны, дапоўнены, скончаны.

desk-hearing-paste =
    Або ўстаўце ўсё адным радком:
    <code>Імя; ДД.ММ.ГГГГ ГГ:ХХ; суд</code>
desk-hearing-pasted-whose = Дата і суд запісаныя. Удакладніце, чыё гэта пасяджэнне: не падыходзіць ніводнае імя або падыходзяць некалькі.
desk-type-hour =
    { $day } ({ $zone }).
    Выберыце час, як яго называе суд, або напішыце: <code>ГГ:ХХ</code>
button-desk-more-courts = Яшчэ суды
desk-hearing-will-read = <b>Людзі прачытаюць:</b>
desk-hearing-same = Суд на гэты час ужо запісаны. Калі вы ведаеце пра яго самі, дата лічыцца пацверджанай.
button-desk-same-date = Я таксама ведаю пра гэту дату
desk-hearing-beside = <b>Наперадзе ўжо ёсць суд:</b>
button-desk-is-move = Яго перанеслі з { $day }
button-desk-save-besides = Гэта яшчэ адно пасяджэнне
desk-hearing-now-confirmed = Пацверджана. Наступнае паведамленне пра суд скажа пра гэта.
button-desk-hearings-past = Чым скончыліся? ({ $count })
desk-hearings-past = <b>Чым скончыліся гэтыя суды?</b>
desk-hearings-past-none = Пра ўсе суды апошняга месяца вядома, чым яны скончыліся.
button-desk-second-source = Ёсць другая крыніца
button-desk-hearing-more = Зала, суддзя, крыніца…
button-desk-hearing-ended = Чым скончыўся?
button-desk-hearing-ended-otherwise = Скончыўся інакш
desk-hearing-own-claim = Гэту дату паведамілі вы; пацвердзіць яе можа калега або другая крыніца.
desk-hearing-source = Крыніца: { $text }
desk-hearing-second-source = Другая крыніца: { $text }
desk-hearing-deadline = Апошні дзень для апеляцыі: { $day }
desk-hearing-case = Тая ж справа: { $wall }

button-desk-note-court = Суд
button-desk-note-room = Зала
button-desk-note-judge = Суддзя
button-desk-note-stage = Стадыя
button-desk-note-source = Крыніца
button-desk-is-open = Адкрыты
button-desk-is-closed = Закрыты
button-desk-is-unknown = Невядома
desk-type-room = Напішыце залу.
desk-type-judge = Напішыце імя суддзі. Яго бачаць толькі каардынатары.
desk-type-stage = Напішыце стадыю: першае пасяджэнне, апеляцыя, перагляд. Яе бачаць толькі каардынатары.
desk-type-source = Напішыце, адкуль вядома гэта дата. Гэта бачаць людзі, таму не называйце тых, каго называць нельга.
desk-type-second-source = Хто яшчэ пра гэта кажа? Напішыце другую крыніцу. Яе бачаць толькі каардынатары.
error-source-refused = Гэта не падобна на крыніцу. Напішыце яе ў некалькіх словах або спасылкай.
error-same-source = Дату паведаміла гэта самая крыніца. Каб пацвердзіць яе, патрэбна іншая.
error-another-must-confirm = Гэту дату паведамілі вы. Пацвердзіць яе можа калега або другая крыніца.
error-already-reported = Гэты суд ужо запісаны вамі або пацверджаны.

desk-outcome-ask = Чым скончылася пасяджэнне?
desk-outcome-saved = Запісана.
desk-outcome-adjourned = Запісана. На калі адклалі? Калі пакуль невядома, націсніце «Назад».
desk-outcome-status = Становішча: { $before } → <b>{ $after }</b>. Пацвердзіць яго трэба будзе пасля захавання.
desk-outcome-no-deadline = Тэрміну для апеляцыі няма. Каб прызначыць яго, напішыце дзень: <code>ДД.ММ.ГГГГ</code>
desk-outcome-deadline-rule =
    Дзесяць дзён ад прысуду паводле артыкула 374 КПК; таму, хто пад вартай, — з дня ўручэння копіі. Гэта прыкладнае правіла, а не юрыдычная парада. Напішыце правільны дзень: <code>ДД.ММ.ГГГГ</code>
desk-outcome-untold = Нікому не паведамім: чым скончылася, невядома.
desk-outcome-told-later = Паведамім, калі вы пацвердзіце новае становішча.
button-desk-no-deadline = Без тэрміну
desk-begun-hearing-outcome = <b>Вы пачалі запісваць, чым скончыўся суд.</b>

outcome-colony = Прысуд: калонія
outcome-prison = Турэмны рэжым
outcome-open-facility = Прысуд: адкрытая ўстанова («хімія»)
outcome-home-khimiya = Прысуд: хатняя «хімія»
outcome-treatment = Прымусовае псіхіятрычнае лячэнне
outcome-house-arrest = Хатні арышт
outcome-custody-extended = Пад вартай, як і раней
outcome-freed = Воля
outcome-upheld = Апеляцыя адхілена
outcome-retrial = Справу вярнулі на новы суд
outcome-adjourned = Пасяджэнне адкладзена
outcome-unknown = Пасяджэнне прайшло, вынік невядомы
button-outcome-colony = Калонія
button-outcome-prison = Турэмны рэжым
button-outcome-open-facility = «Хімія»
button-outcome-home-khimiya = Хатняя «хімія»
button-outcome-treatment = Лячэнне
button-outcome-house-arrest = Хатні арышт
button-outcome-custody-extended = Пад вартай
button-outcome-freed = Воля
button-outcome-upheld = Апеляцыя адхілена
button-outcome-retrial = Новы суд
button-outcome-adjourned = Адкладзена
button-outcome-unknown = Невядома

outcome-means-colony = Прысуд не набудзе законнай сілы, пакуль не пройдзе тэрмін для апеляцыі або пакуль яе не разгледзяць. Да таго звычайна пакідаюць на ранейшым месцы; этап бывае пазней, часта без папярэджання. Новы адрас мы паведамім.
outcome-means-prison = Пераводзяць у турму, дзе рэжым больш строгі: лістоў, перадач і спатканняў можа быць менш. Тым важнейшыя лісты.
outcome-means-open-facility = Накіроўваюць у адкрытую ўстанову: там трэба жыць і працаваць, але тэлефон звычайна ёсць, і пісаць пераважна можна як раней.
outcome-means-home-khimiya = Пакаранне адбываюць дома, пад наглядам. Лісты ад незнаёмых могуць нашкодзіць: пішыце, толькі калі гэтага хочуць там або хоча сям'я.
outcome-means-treatment = Суд прызначыў лячэнне ў бальніцы. Тэрміну ў яго няма; суд вяртаецца да гэтага, звычайна раз на паўгода.
outcome-means-house-arrest = З дому нельга выходзіць і размаўляць з чужымі. Не пішыце і не тэлефануйце, калі пра гэта не просіць сям'я.
outcome-means-custody-extended = Месца ранейшае. Для лістоў нічога не мяняецца.
outcome-means-freed = Вызваленне проста ў судзе.
outcome-means-upheld = Прысуд набыў законную сілу. У найбліжэйшыя тыдні можа быць этап у калонію, часта без папярэджання. Новы адрас мы паведамім.
outcome-means-retrial = Прысуду больш няма, справу разглядаюць нанава. Да таго — па-ранейшаму пад вартай.
outcome-means-adjourned = Нічога не вырашана. Новую дату паведамім, калі яна стане вядомая.
outcome-means-unknown = Чым скончылася, тут пакуль невядома.
outcome-deadline = Апошні дзень для апеляцыі, наколькі нам вядома: <b>{ $day }</b>. Гэта прыкладнае правіла, а не юрыдычная парада: дакладны дзень скажа адвакат.
milestone-appeal =
    { $days ->
        [0] Сёння апошні дзень для апеляцыі: <b>{ $day }</b>.
        [one] Апошні дзень для апеляцыі — <b>{ $day }</b>: застаўся { $days } дзень.
        [few] Апошні дзень для апеляцыі — <b>{ $day }</b>: засталося { $days } дні.
       *[other] Апошні дзень для апеляцыі — <b>{ $day }</b>: засталося { $days } дзён.
    }
    Гэта прыкладнае правіла, а не юрыдычная парада: дакладны дзень скажа адвакат.
milestone-over = Наколькі нам вядома, тэрмін для апеляцыі скончыўся: { $day }. Адвакат яшчэ можа папрасіць яго аднавіць.
family-deadline = Апошні дзень для апеляцыі, наколькі нам вядома: { $day }
