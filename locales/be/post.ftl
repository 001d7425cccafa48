# Што сёння можна даслаць чалавеку, хто так кажа і наколькі на гэта можна спадзявацца.
post-of-letter = Лісты
post-of-telegram = Тэлеграмы
post-of-parcel = Пасылкі
post-of-visit = Спатканні
post-of-blank-paper = Чыстая папера
post-of-stickers = Налепкі і пах
post-of-long-letter = Доўгі ліст
post-allowed = магчыма
post-discouraged = з агаворкамі
post-impossible = немагчыма
post-dangerous = небяспечна, калі ласка, не трэба
post-verdict = { $thing }: { $verdict }.
post-advice = { $advice }
post-disagree = Крыніцы разыходзяцца. Калі ласка, трымайцеся больш асцярожнай.
post-source-checked = Крыніца: <code>{ $source }</code>. Праверана: { $day }.
post-source-long-ago = Крыніца: <code>{ $source }</code>. Апошні раз правяралі { $day }, больш за 180 дзён таму: гэта магло змяніцца.
post-source = Крыніца: <code>{ $source }</code>.
post-never = Гэтага яшчэ ніхто не правяраў.
post-none-checked = Тое, што тут сказана пра магчымае, яшчэ ніхто не правяраў: так кажуць крыніцы.
post-letter-unknown = <b>Лісты:</b> у нас няма крыніцы, якая сказала б, ці даходзяць яны туды. Яны могуць не даходзіць.
post-in-letter = <b>У лісце:</b>
post-abroad = <b>З-за мяжы:</b> { $advice }
button-post-abroad = Пішу з-за мяжы
post-free = Гэты чалавек больш не за кратамі. Калі ласка, не пішыце па старым адрасе.
post-dead = Гэтаму чалавеку больш нічога не дасылаюць.
post-silenced = Калі ласка, пакуль не пішыце.
guardian-no-reminder-impossible = Напамінаў не запланавана: наколькі мы ведаем, ліст цяпер туды не дойдзе або нашкодзіць.

notices-letter-impossible =
    <b>{ $name }</b>
    Пакуль мы не нагадваем вам пісаць: наколькі мы ведаем, ліст туды не дойдзе або нашкодзіць. Вашай віны ў гэтым няма, і ваша абяцанне застаецца. Калі нешта зменіцца, мы скажам.
notices-letter-not-asked = Пакуль мы не нагадваем вам пісаць. Вашай віны ў гэтым няма, і ваша абяцанне застаецца. Калі нешта зменіцца, мы скажам.
notices-letter-possible =
    <b>{ $name }</b>
    Мы зноў нагадваем вам пісаць: цяпер мы не ведаем нічога, што рабіла б ліст немагчымым.
button-family-possible = Што магчыма: { $name }
