mydata-line = { $label }: { $value }
mydata-caption = Вашы даныя. Гэта паведамленне выдаліцца само на працягу гадзіны; копія, якую вы захаваеце, — не.
mydata-sent = Файл — ніжэй.
button-mydata-file = Файлам
button-menu-mydata = Усё, што пра мяне захоўваецца
mydata-part-person =
    <b>Вы</b>
    Пакуль вы не сыдзеце, або пакуль вы 30 дзён не адказваеце на пытанне, ці застаяцеся: яго мы задаём праз год пасля апошняга візіту.
mydata-part-role =
    <b>Права, якое вы маеце</b>
    Пакуль вы не сыдзеце.
mydata-part-kinship =
    <b>Сямейная сувязь</b>
    Пакуль вы не сыдзеце. Чыя вы сям’я, відаць у раздзеле «Сям’я».
mydata-part-guardianship =
    <b>Каму вы пішаце або прапанавалі пісаць</b>
    Да 30 дзён пасля заканчэння. Хто гэта, відаць у раздзеле «З кім я поруч».
mydata-part-letter =
    <b>Ліст, пра які вы паведамілі</b>
    Што ён ваш: пакуль вы пішаце гэтаму чалавеку і яшчэ 30 дзён. Сама лічба: 24 месяцы.
mydata-part-told =
    <b>Дата суда, пра якую вам паведамілі</b>
    Да тыдня пасля пасяджэння.
mydata-part-following =
    <b>Суды, пра якія вы папрасілі паведамляць</b>
    Пакуль вы гэта не спыніце або не сыдзеце. Пра чые — у «Датах судоў».
mydata-part-attendance =
    <b>Пасяджэнне, на якім вы будзеце</b>
    Пакуль яно не скончыцца. Якое — у «Датах судоў».
mydata-part-outbox =
    <b>Паведамленне для вас</b>
    Без тэксту. Да тыдня пасля таго, як яго адправілі або адмянілі.
mydata-part-posted =
    <b>Паведамленне, якое стаіць у гэтым чаце</b>
    Пакуль яго тут не выдаляць.
mydata-part-draft =
    <b>Нешта недасказанае</b>
    Напісанае зашыфравана; яго прапануюць зноў там, дзе вы пісалі.
mydata-part-desk =
    <b>Ваш працоўны стол</b>
    Пакуль вы не сыдзеце. Ад PIN захоўваецца толькі хэш, яго не паказваюць нікому.
mydata-part-code =
    <b>Код, які вы далі</b>
    Пакуль яго не выкарысталі або не скончыўся тэрмін. Захоўваецца толькі кантрольная сума.
mydata-part-restriction =
    <b>Тое, чаго вам пакуль нельга</b>
    Пакуль не скончыцца або не будзе знята.
mydata-part-request =
    <b>Тое, што вы прасілі ўхваліць калегу</b>
    Яшчэ 30 дзён пасля рашэння.
mydata-part-portfolio =
    <b>Чалавек, за якім вы сочыце</b>
    Пакуль вы за ім сочыце. Хто гэта, відаць за сталом.

mydata-chat = Нумар у Telegram
mydata-phrase = Фраза
mydata-name = Імя
mydata-phone = Тэлефон
mydata-email = Электронная пошта
mydata-post = Паштовы адрас
mydata-language = Мова
mydata-form = Форма звароту
mydata-zone = Часавы пояс
mydata-hour = Гадзіна напамінаў
mydata-quiet-from = Ціхія гадзіны з
mydata-quiet-to = Ціхія гадзіны да
mydata-reminders-off = Нагадванні пра суды, якія выключаныя
mydata-city = Горад
mydata-said-on = Вы паведамілі пра гэта
mydata-texts = Тэксты
mydata-delete-after-hours = Праз колькі гадзін выдаляюцца паведамленні
mydata-letter-languages = Мовы, на якіх вы пішаце лісты
mydata-is-reachable = Паведамленні да вас даходзяць
mydata-joined-on = Вы пагадзіліся
mydata-last-seen-on = Дзень апошняга візіту
mydata-role = Права
mydata-day = З якога дня
mydata-state = Стан
mydata-since = З якога дня
mydata-is-on-behalf = Ад імя кагосьці
mydata-rhythm-weeks = Ліст раз у столькі тыдняў
mydata-word = Ваша слова каардынатарам
mydata-question = Пра што вас спыталі
mydata-answer = Ваш адказ
mydata-applied-on = Вы прапанавалі
mydata-started-on = Пачатак
mydata-paused-until = Паўза да
mydata-unanswered = Напамінаў без адказу
mydata-reminded-on = Апошні напамін
mydata-quiet-on = Цішыня з
mydata-offered-on = Прапаноўваецца і іншым з
mydata-ended-on = Заканчэнне
mydata-reason = Прычына
mydata-number = Нумар
mydata-written-on = Напісаны
mydata-outcome = Што з ім стала
mydata-outcome-on = Вядома з
mydata-revision = Якая яе версія вам вядомая
mydata-keep-until = Захоўваецца да
mydata-kind = Пра што
mydata-due-at = Тэрмін
mydata-planned-at = Першы тэрмін
mydata-useful-until = Карыснае да
mydata-lane = Адпраўляецца
mydata-lane-waited-for = як адказ, якога вы чакаеце
mydata-lane-urgent = тэрмінова
mydata-lane-reminder = як напамін
mydata-lane-broadcast = як паведамленне многім
mydata-attempts = Спробаў адправіць
mydata-settled-at = Завершана
mydata-purpose = Што гэта
mydata-posted-at = Адпраўлена
mydata-is-covered = Схавана
mydata-cover-at = Будзе схавана
mydata-delete-at = Будзе выдалена
mydata-expires-at = Захоўваецца да
mydata-wrong-tries = Памылковых PIN запар
mydata-locked-until = Клавіятура адпачывае да
mydata-open-until = Адчынены да
mydata-shuffles = Лічбы клавіятуры кожны раз у іншым парадку
mydata-set-at = З якога часу
mydata-until = Да якога часу
mydata-why = Ваша прычына
mydata-asked-at = Калі вы папрасілі
mydata-decided-at = Калі вырашана

mydata-is-yes = так
mydata-is-no = не
mydata-is-supporter = прыхільнік
mydata-is-guardian = паплечнік
mydata-is-relative = сям’я
mydata-is-coordinator = каардынатар
mydata-is-administrator = адміністратар
mydata-is-redeemed = код выкарыстаны
mydata-is-confirmed = пацверджана
mydata-is-ended = скончана
mydata-is-applied = чакае каардынатара
mydata-is-active = дзейнічае
mydata-is-paused = на паўзе
mydata-is-declined = адхілена
mydata-is-withdrawn = адклікана
mydata-is-written = напісаны
mydata-is-answered = прыйшоў адказ
mydata-is-returned = вярнуўся
mydata-is-no-word = нічога не чуваць
mydata-is-queued = чакае адпраўкі
mydata-is-claimed = адпраўляецца
mydata-is-sent = адпраўлена
mydata-is-dropped = ужо не патрэбна
mydata-is-parked = не ўдалося адправіць
mydata-is-unreachable = да вас не дайшло
mydata-is-place = ваш экран
mydata-is-push = апавяшчэнне
mydata-is-apart = файл або радок
mydata-is-discarded = чакае выдалення
mydata-is-letter = ліст
mydata-is-hearing = дата суда
mydata-is-application = заяўка
mydata-is-guardianship = навіны пра ваша абяцанне
mydata-is-handed-over = цяпер піша нехта іншы
mydata-is-prisoner = навіна пра таго, з кім вы поруч
mydata-is-danger = папярэджанне
mydata-is-milestone = апошні дзень для апеляцыі
mydata-is-new-person = новы чалавек, якому можна пісаць
mydata-is-kinship-confirmed = пацверджана, што вы з сям’і
mydata-is-stay = ці застаяцеся вы
mydata-is-stepped-down = вы перасталі
mydata-is-released = на волі
mydata-is-desk = навіна для стала
mydata-is-suspended = доступ прыпынены
mydata-is-frozen = без стала
mydata-is-custody = вам нічога не адпраўляецца
mydata-is-contact = нечыя кантакты
mydata-is-kinship = сямейная сувязь
mydata-is-name = схаванае імя
mydata-is-publicity = каму бачна імя
mydata-is-role = права для некага
mydata-is-unsuspend = вярнуць некаму доступ
mydata-is-new-pin = новы PIN
mydata-is-waiting = чакае калегу
mydata-is-approved = ухвалена
mydata-is-opened = зроблена
mydata-is-account = пераезд у іншы акаўнт
mydata-is-word = слова, па якім вас пазнаюць
mydata-is-held = чакае: рассылка на паўзе
mydata-is-broadcast = рассылка
