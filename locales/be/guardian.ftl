guardian-mine = <b>З кім вы поруч</b>
guardian-mine-waiting = { $name }: ваша заяўка чакае адказу.
guardian-mine-none = Цяпер вы нікому не пішаце.

guardian-name = <b>{ $name }</b>
guardian-place = { $place }
guardian-place-since = { $place }. Вядома з { $day }.
guardian-place-unknown = Месца невядомае.
guardian-promise =
    { $weeks ->
        [one] Ліст раз на { $weeks } тыдзень.
        [few] Ліст раз на { $weeks } тыдні.
       *[other] Ліст раз на { $weeks } тыдняў.
    }
guardian-letters-fates = З адказам: { $answered }. Вярнулася: { $returned }.
guardian-letters =
    { $count ->
        [0] Лістоў пакуль няма.
       *[other] Лістоў: { $count }.
    }
guardian-next-reminder = Наступны напамін: { $moment }.
guardian-no-reminder = Напамінаў не запланавана.
guardian-silent =
    <b>{ $name }</b>
    Калі ласка, пакуль не пішыце. З вамі звяжацца каардынатар.
guardian-noted = Ліст { $number } адзначаны. Дзякуй.
button-guardian-wrote = Ліст напісаны
button-guardian-address = Адрас і парады
button-guardian-step-down = Больш не магу
button-guardian-copy = Скапіраваць адрас

guardian-envelope = <code>{ $envelope }</code>
guardian-address-checked = Адрас правераны: { $day }.
guardian-address-long-ago = Апошні раз адрас правяралі { $day }, больш за 180 дзён таму: ён мог састарэць.
guardian-address-never = Гэты адрас яшчэ ніхто не правяраў: ён мог састарэць.
guardian-in-latin = У нашай крыніцы частка адраса напісана лацінкай. На канверце ўсё, апроч краіны, мусіць быць кірыліцай.
guardian-source = Крыніца адраса: <code>{ $source }</code>
guardian-no-place = Мы не ведаем, дзе трымаюць гэтага чалавека, таму адраса пакуль няма.
guardian-place-closed = { $place }: гэтае месца закрытае, пісаць туды нельга. Новага месца мы пакуль не ведаем.
guardian-name-hidden = { $place }. Поўны адрас ёсць у каардынатараў: імя тут не паказана.

advice-language = Пішыце толькі па-беларуску або па-руску: лісты на іншых мовах выкідваюць. Усе лісты чытае цэнзар.
advice-good = ваша звычайнае жыццё, захапленні, прырода, фільмы, кнігі, загадкі, навіны вашага горада. Спытайце, як справы.
advice-no-answer = Не намякайце, што чакаеце адказу.
advice-leave-out = палітыка і лозунгі, словы «свабода» і «барацьба», вайна, справа, абразы, скарачэнні, замежныя словы, намёкі і метафары, намаляваныя сэрцайкі, эмодзі і налепкі, асабістыя даныя, назвы арганізацый.
advice-source = Сабрана з парад і паведамленняў праваабаронцаў 2022–2025 гадоў. З таго часу не правяралася.
advice-unknown = ці дойдзе ліст. Многія не даходзяць; пасля прысуду часта аддаюць толькі лісты блізкіх сваякоў. Ці можна ўкласці чыстую паперу і канверты, у розных месцах па-рознаму.
guardian-say = <b>{ paper-good }:</b> { advice-good } { advice-no-answer }
guardian-avoid =
    <b>{ paper-leave-out }:</b> { advice-leave-out }
    { advice-source }

guardian-step-down-ask =
    <b>{ $name }</b>
    Можна скончыць цяпер. Пра гэтага чалавека больш нічога не прыйдзе, а мы знойдзем, хто будзе пісаць далей. Скончыць?
guardian-stepped-down = Гатова. Дзякуй за кожны ліст.

guardian-application =
    <b>{ $name }</b>
    Ваша заяўка ад { $day } чакае. Адказ звычайна прыходзіць на працягу 3 дзён.
button-guardian-withdraw = Адклікаць
guardian-withdraw-ask =
    <b>{ $name }</b>
    Адклікаць заяўку?
guardian-withdrawn = Заяўка адкліканая.
