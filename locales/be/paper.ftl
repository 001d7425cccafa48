# Што напісана на аркушы для стала падчас вечара лістоў і што варта праверыць у адрасе.
paper-title = Вечар лістоў
paper-letters =
    { $count ->
        [one] { $count } ліст
        [few] { $count } лісты
       *[other] { $count } лістоў
    }
paper-stays-here = Толькі для стала: у канверты гэты аркуш не кладуць. Пасля яго трэба знішчыць.
paper-good = Пра што пісаць
paper-leave-out = Чаго не трэба
paper-language = На якой мове
paper-unknown = Чаго мы не ведаем

address-doubt-too-long = Адзін радок адраса задоўгі для паперы, і яго скарочана. Напішыце яго ад рукі.
address-doubt-name-in-latin = Імя мы ведаем толькі лацінкай. На канверце яно мусіць быць кірыліцай.
address-doubt-in-latin = Частка адраса лацінкай. На канверце яна мусіць быць кірыліцай.
address-doubt-no-street = У нашай крыніцы няма вуліцы.
address-doubt-no-town = У нашай крыніцы няма горада.
address-doubt-no-postal-code = У нашай крыніцы няма індэкса.
address-doubt-odd-postal-code = Індэкс падобны да памылковага: у ім мусіць быць шэсць лічбаў, першая — 2.
address-doubt-code-of-another-town = Здаецца, індэкс і горад не пасуюць адно да аднаго. Праверце іх.
address-doubt-long-ago = { guardian-address-long-ago }
address-doubt-never-verified = { guardian-address-never }

error-paper-not-made = Цяпер не атрымалася зрабіць дакумент, нічога з яго не захавана. Паспрабуйце яшчэ раз.
