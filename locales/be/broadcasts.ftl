# Рассылкі: пішуцца і адпраўляюцца за сталом, чытаюць іх тыя, каму яны прызначаныя.

button-broadcasts = Рассылка
broadcasts-title = <b>Рассылкі</b>
broadcasts-none = Апошнім часам нічога многім не адпраўлялі.
broadcasts-listed = Апошнія:
button-broadcast-new = Новая рассылка
broadcast-label = { $day } · { $kind } · { $state }
broadcast-is-own = свае словы
broadcast-is-hearing = дата суда
broadcast-is-transfer = этап
broadcast-is-release = вызваленне
broadcast-is-evening = вечар лістоў
broadcast-state-asked = чакае згоды
broadcast-state-planned = запланаваная
broadcast-state-going = адпраўляецца
broadcast-state-paused = на паўзе
broadcast-state-stopped = спынена
broadcast-state-done = адпраўлена
broadcast-state-taken-back = адклікана

broadcast-report-title = <b>Рассылка: { $kind }</b>
broadcast-report-state = Цяпер: { $state }
broadcast-report-asked = Ніхто яе не атрымае, пакуль другі каардынатар не дасць згоды.
broadcast-report-urgent = Тэрміновая: ідзе і ў ціхія гадзіны.
broadcast-report-begins = Пачатак: { $at }
broadcast-report-recipients = Людзей: { $count }
broadcast-report-sent = Адпраўлена: { $count }
broadcast-report-waiting = Чакаюць: { $count }
broadcast-report-unreachable = Недаступныя: { $count }
broadcast-report-failed = Не ўдалося: { $count }
broadcast-report-left-out = Не атрымаюць, бо рассылку спынілі або яна ўжо не для іх: { $count }
button-broadcast-pause = Паўза
button-broadcast-resume = Працягнуць
button-broadcast-stop = Спыніць
button-broadcast-stop-yes = Так, спыніць
button-broadcast-take-back = Адклікаць
button-broadcast-take-back-yes = Так, адклікаць
broadcast-paused = Паўза. Тое, што ўжо ў дарозе, яшчэ дойдзе.
broadcast-resumed = Рассылка працягваецца.
broadcast-stopped = Спынена. Тое, што ўжо ў дарозе, яшчэ дойдзе.
broadcast-taken-back = Паведамленні адклікаюцца. Гэта зойме некалькі хвілін.
broadcast-stop-ask =
    <b>Спыніць назаўсёды?</b>

    Яшчэ чакаюць: { $count }. Яны нічога не атрымаюць, працягнуць потым будзе нельга.
broadcast-take-back-ask =
    <b>Адклікаць?</b>

    Паведамленні будуць выдаленыя з чатаў: { $count }. Хто прачытаў, той прачытаў.

broadcast-kinds =
    <b>Пра што рассылка?</b>

    Гатовыя тэксты ёсць на ўсіх мовах, а імёны ў іх бачаць толькі тыя, каму можна іх ведаць. Для сваіх слоў многім людзям патрэбны другі каардынатар.
button-broadcast-begin-hearing = Дата суда
button-broadcast-begin-transfer = Этап
button-broadcast-begin-release = Вызваленне
button-broadcast-begin-evening = Вечар лістоў
button-broadcast-begin-own = Свае словы
broadcast-about = <b>Пра каго?</b>
broadcast-about-hearing = <b>Пра які суд?</b>
broadcast-type-evening =
    <b>Калі вечар лістоў?</b>

    Напішыце дзень і час: ДД.ММ.ГГГГ ГГ:ХХ ({ $zone }). Месца ў паведамленні няма: скажыце пра яго асабіста.

broadcast-draft-title = <b>Новая рассылка: { $kind }</b>
broadcast-reaches =
    { $count ->
        [0] <b>Не атрымае ніхто</b>
        [one] <b>Атрымае { $count } чалавек</b>
        [few] <b>Атрымаюць { $count } чалавекі</b>
       *[other] <b>Атрымаюць { $count } чалавек</b>
    }
broadcast-reaches-in = { $language }: { $count }
broadcast-reaches-not-in = { $language }: { $count }, тэксту няма
broadcast-without-text = Без тэксту на сваёй мове: { $count }
broadcast-missing-unsaid = Выберыце, што з імі рабіць, і тады адпраўляйце.
broadcast-missing-out = Яны нічога не атрымаюць.
broadcast-missing-in = Яны атрымаюць гэты тэкст: { $language }
broadcast-takes-two = Патрэбна згода другога каардынатара: гэтых слоў яшчэ ніхто іншы не бачыў, а атрымаюць іх многія.
broadcast-begins-now = Пачатак — адразу пасля адпраўкі.
broadcast-begins-at = Пачатак: { $wall } ({ $zone })
broadcast-keeps-quiet = Кожны атрымае яе па-за сваімі ціхімі гадзінамі.
broadcast-pierces-quiet = Тэрмінова, і ў ціхія гадзіны: { $why }
button-broadcast-send = Адправіць зараз
button-broadcast-send-then = Адправіць у гэты час
button-broadcast-later = Пазней
button-broadcast-at-once = Усё ж адправіць зараз
button-broadcast-audience = Для каго
button-broadcast-urgent = Тэрмінова
button-broadcast-not-urgent = Усё ж не тэрмінова
button-broadcast-when = Калі
button-broadcast-missing = Для каго няма тэксту
button-broadcast-leave-out = Не адпраўляць ім
button-broadcast-write-in = Адправіць ім гэты: { $language }
button-broadcast-text-there = ✓ { $language }
button-broadcast-text-none = + { $language }
button-broadcast-preview = Як выглядае: { $language }
button-broadcast-remove = Прыбраць гэтыя словы
broadcast-type-words =
    <b>Вашы словы: { $language }</b>

    Напішыце іх адным паведамленнем. Можна пазначаць: &lt;b&gt;тлуста&lt;/b&gt;, &lt;i&gt;курсівам&lt;/i&gt;, &lt;u&gt;падкрэслена&lt;/u&gt;, &lt;s&gt;закрэслена&lt;/s&gt;, &lt;code&gt;для капіявання&lt;/code&gt;, &lt;blockquote&gt;цытата&lt;/blockquote&gt;. Сам знак &lt; пішыце як &amp;lt;

    Не пішыце імёнаў, якія не публічныя.
broadcast-missing-ask =
    <b>Няма тэксту на іх мове: { $count }</b>

    Што з імі рабіць?
broadcast-type-urgency =
    <b>Чаму гэта тэрмінова?</b>

    Рассылка пойдзе і ўначы. Напішыце прычыну: ад 2 да 200 знакаў.
broadcast-type-start =
    <b>Калі пачаць?</b>

    Напішыце дзень і час: ДД.ММ.ГГГГ ГГ:ХХ ({ $zone }).
broadcast-ask-reason =
    <b>Патрэбна згода другога каардынатара</b>

    Другі каардынатар прачытае словы і ўбачыць, для каго яны. Напішыце прычыну: ад 2 да 200 знакаў.
broadcast-sent = Рассылка пойдзе зараз.
broadcast-sent-later = Рассылка пойдзе ў названы час.

broadcast-audience =
    <b>Для каго?</b>

    Атрымаюць тыя, для каго праўда ўсё гэта:
broadcast-to-role = Хто яны: { $role }
broadcast-to-prisoner = Поруч з: { $name }
broadcast-to-hearing = Поруч з: { $name }, суд { $wall }
broadcast-to-facility = Поруч з некім з установы: { $place }
broadcast-to-city = Поруч з некім у горадзе: { $city }
broadcast-to-language = Іх мова тут: { $language }
broadcast-role-everybody = усе
broadcast-role-supporters = тыя, хто пакуль ні з кім не поруч
broadcast-role-guardians = паплечнікі
broadcast-role-relatives = блізкія
broadcast-role-coordinators = каардынатары
button-broadcast-by-role = Роля
button-broadcast-by-prisoner = Зняволены чалавек
button-broadcast-by-facility = Установа
button-broadcast-by-language = Мова
button-broadcast-by-hearing = Суд
button-broadcast-by-city = Горад
button-broadcast-by-none = Не важна
broadcast-ask-role = <b>Хто яны тут?</b>
broadcast-ask-language = <b>Якую мову яны тут выбралі?</b>
broadcast-ask-prisoner = <b>З кім яны поруч?</b>
broadcast-ask-facility = <b>Дзе трымаюць тых, з кім яны поруч?</b>
broadcast-ask-hearing = <b>Пра чый суд гэта?</b>
broadcast-ask-city = <b>У якім горадзе тыя, з кім яны поруч?</b>

request-is-broadcast = свае словы многім
request-broadcast =
    <b>Словы многім людзям</b>
    Прачытайце іх на кожнай мове, перш чым даваць згоду.
desk-begun-broadcast = <b>Вы пачалі пісаць рассылку.</b>

broadcast-text-hearing = Дата суда: <b>{ $name }</b>
broadcast-text-when = { $when } ({ $zone })
broadcast-text-court = Суд: { $court }
broadcast-text-confirmed = Дата пацверджаная.
broadcast-text-reported = Пра дату паведамілі, але яе пакуль ніхто не пацвердзіў.
broadcast-text-transfer =
    Перавялі ў іншае месца: <b>{ $name }</b>
    Лісты на стары адрас туды не дойдуць. Перш чым пісаць, паглядзіце тут цяперашні адрас.
broadcast-text-release =
    <b>{ $name }</b> на волі.
    Дзякуй за кожны ліст і кожнае слова. Дайце, калі ласка, час ачуцца.
broadcast-text-evening =
    Вечар лістоў: { $when } ({ $zone }).
    Пішам тым, каму амаль ніхто не піша. Дзе гэта, каардынатар скажа асабіста.

error-markup-broken = Ёсць пазнака, якую нельга прачытаць: радок { $line }, знак { $sign }. Ніхто нічога не атрымаў. Выпраўце і дашліце ўвесь тэкст яшчэ раз.
error-not-in-register = У рэестры гэтага няма. Спачатку адзначце гэта там, і тады гэты тэкст можна будзе адправіць.
error-text-empty = Тут няма чаго чытаць. Ніхто нічога не атрымаў. Спачатку напішыце словы.
error-nobody-addressed = Гэтага не атрымаў бы ніхто. Выберыце, для каго рассылка.
error-languages-missing = Для некаторых людзей няма тэксту на іх мове. Напішыце яго або выберыце, што з імі рабіць. Ніхто нічога не атрымаў.
error-audience-changed = Колькасць людзей толькі што змянілася. Ніхто нічога не атрымаў. Паглядзіце і адпраўце яшчэ раз.
