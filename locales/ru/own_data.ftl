mydata-line = { $label }: { $value }
mydata-caption = Ваши данные. Это сообщение удалится само в течение часа; копия, которую вы сохраните, — нет.
mydata-sent = Файл — ниже.
button-mydata-file = Файлом
button-menu-mydata = Всё, что обо мне хранится
mydata-part-person =
    <b>Вы</b>
    Пока вы не уйдёте, или пока вы 30 дней не отвечаете на вопрос, остаётесь ли вы: его мы задаём через год после последнего визита.
mydata-part-role =
    <b>Право, которое у вас есть</b>
    Пока вы не уйдёте.
mydata-part-kinship =
    <b>Семейная связь</b>
    Пока вы не уйдёте. Чья вы семья, видно в разделе «Семья».
mydata-part-guardianship =
    <b>Кому вы пишете или предложили писать</b>
    До 30 дней после окончания. Кто это, видно в разделе «С кем я рядом».
mydata-part-letter =
    <b>Письмо, о котором вы сообщили</b>
    Что оно ваше: пока вы пишете этому человеку и ещё 30 дней. Само число: 24 месяца.
mydata-part-told =
    <b>Дата суда, о которой вам сообщили</b>
    До недели после заседания.
mydata-part-following =
    <b>Суды, о которых вы попросили сообщать</b>
    Пока вы это не прекратите или не уйдёте. О чьих — в «Датах судов».
mydata-part-attendance =
    <b>Заседание, на котором вы будете</b>
    Пока оно не закончится. Какое — в «Датах судов».
mydata-part-outbox =
    <b>Сообщение для вас</b>
    Без текста. До недели после того, как его отправили или отменили.
mydata-part-posted =
    <b>Сообщение, которое стоит в этом чате</b>
    Пока его здесь не удалят.
mydata-part-draft =
    <b>Что-то недосказанное</b>
    Написанное зашифровано; его предложат снова там, где вы писали.
mydata-part-desk =
    <b>Ваш рабочий стол</b>
    Пока вы не уйдёте. От PIN хранится только хеш, его не показывают никому.
mydata-part-code =
    <b>Код, который вы дали</b>
    Пока его не использовали или не истёк срок. Хранится только контрольная сумма.
mydata-part-restriction =
    <b>То, чего вам пока нельзя</b>
    Пока не кончится или не будет снято.
mydata-part-request =
    <b>То, что вы просили одобрить коллегу</b>
    Ещё 30 дней после решения.
mydata-part-portfolio =
    <b>Человек, за которым вы следите</b>
    Пока вы за ним следите. Кто это, видно за столом.

mydata-chat = Номер в Telegram
mydata-phrase = Фраза
mydata-name = Имя
mydata-phone = Телефон
mydata-email = Электронная почта
mydata-post = Почтовый адрес
mydata-language = Язык
mydata-form = Форма обращения
mydata-zone = Часовой пояс
mydata-hour = Час напоминаний
mydata-quiet-from = Тихие часы с
mydata-quiet-to = Тихие часы до
mydata-reminders-off = Напоминания о судах, которые выключены
mydata-city = Город
mydata-said-on = Вы сообщили об этом
mydata-texts = Тексты
mydata-delete-after-hours = Через сколько часов удаляются сообщения
mydata-letter-languages = Языки, на которых вы пишете письма
mydata-is-reachable = Сообщения до вас доходят
mydata-joined-on = Вы согласились
mydata-last-seen-on = День последнего визита
mydata-role = Право
mydata-day = С какого дня
mydata-state = Состояние
mydata-since = С какого дня
mydata-is-on-behalf = От имени кого-то
mydata-rhythm-weeks = Письмо раз в столько недель
mydata-word = Ваше слово координаторам
mydata-question = О чём вас спросили
mydata-answer = Ваш ответ
mydata-applied-on = Вы предложили
mydata-started-on = Начало
mydata-paused-until = Пауза до
mydata-unanswered = Напоминаний без ответа
mydata-reminded-on = Последнее напоминание
mydata-quiet-on = Тишина с
mydata-offered-on = Предлагается и другим с
mydata-ended-on = Окончание
mydata-reason = Причина
mydata-number = Номер
mydata-written-on = Написано
mydata-outcome = Что с ним стало
mydata-outcome-on = Известно с
mydata-revision = Какая её версия вам известна
mydata-keep-until = Хранится до
mydata-kind = О чём
mydata-due-at = Срок
mydata-planned-at = Первый срок
mydata-useful-until = Полезно до
mydata-lane = Отправляется
mydata-lane-waited-for = как ответ, которого вы ждёте
mydata-lane-urgent = срочно
mydata-lane-reminder = как напоминание
mydata-lane-broadcast = как сообщение многим
mydata-attempts = Попыток отправить
mydata-settled-at = Завершено
mydata-purpose = Что это
mydata-posted-at = Отправлено
mydata-is-covered = Скрыто
mydata-cover-at = Будет скрыто
mydata-delete-at = Будет удалено
mydata-expires-at = Хранится до
mydata-wrong-tries = Неверных PIN подряд
mydata-locked-until = Клавиатура отдыхает до
mydata-open-until = Открыт до
mydata-shuffles = Цифры клавиатуры каждый раз в другом порядке
mydata-set-at = С какого времени
mydata-until = До какого времени
mydata-why = Ваша причина
mydata-asked-at = Когда вы попросили
mydata-decided-at = Когда решено

mydata-is-yes = да
mydata-is-no = нет
mydata-is-supporter = сторонник
mydata-is-guardian = спутник
mydata-is-relative = семья
mydata-is-coordinator = координатор
mydata-is-administrator = администратор
mydata-is-redeemed = код использован
mydata-is-confirmed = подтверждено
mydata-is-ended = окончено
mydata-is-applied = ждёт координатора
mydata-is-active = действует
mydata-is-paused = на паузе
mydata-is-declined = отклонено
mydata-is-withdrawn = отозвано
mydata-is-written = написано
mydata-is-answered = пришёл ответ
mydata-is-returned = вернулось
mydata-is-no-word = ничего не слышно
mydata-is-queued = ждёт отправки
mydata-is-claimed = отправляется
mydata-is-sent = отправлено
mydata-is-dropped = больше не нужно
mydata-is-parked = не удалось отправить
mydata-is-unreachable = до вас не дошло
mydata-is-place = ваш экран
mydata-is-push = уведомление
mydata-is-apart = файл или строка
mydata-is-discarded = ждёт удаления
mydata-is-letter = письмо
mydata-is-hearing = дата суда
mydata-is-application = заявка
mydata-is-guardianship = новости о вашем обещании
mydata-is-handed-over = теперь пишет кто-то другой
mydata-is-prisoner = новость о том, с кем вы рядом
mydata-is-danger = предупреждение
mydata-is-milestone = последний день для апелляции
mydata-is-new-person = новый человек, которому можно писать
mydata-is-kinship-confirmed = подтверждено, что вы из семьи
mydata-is-stay = остаётесь ли вы
mydata-is-stepped-down = вы перестали
mydata-is-released = на свободе
mydata-is-desk = новость для стола
mydata-is-suspended = доступ приостановлен
mydata-is-frozen = без стола
mydata-is-custody = вам ничего не отправляется
mydata-is-contact = чьи-то контакты
mydata-is-kinship = семейная связь
mydata-is-name = скрытое имя
mydata-is-publicity = кому видно имя
mydata-is-role = право для кого-то
mydata-is-unsuspend = вернуть кому-то доступ
mydata-is-new-pin = новый PIN
mydata-is-waiting = ждёт коллегу
mydata-is-approved = одобрено
mydata-is-opened = сделано
mydata-is-account = переезд на другой аккаунт
mydata-is-word = слово, по которому вас узнают
mydata-is-held = ждёт: рассылка на паузе
mydata-is-broadcast = рассылка
