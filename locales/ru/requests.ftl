# Что делают вдвоём: один просит и говорит почему, другой решает, открыть можно один раз.

button-requests = Просьбы коллег
requests-title = <b>Что делают вдвоём</b>
requests-wait =
    { $count ->
        [one] { $count } просьба коллег
        [few] { $count } просьбы коллег
       *[other] { $count } просьб коллег
    }
requests-ready =
    { $count ->
        [one] { $count } вашу просьбу одобрили, её можно открыть
        [few] { $count } ваши просьбы одобрили, их можно открыть
       *[other] { $count } ваших просьб одобрили, их можно открыть
    }
requests-none = Просьб коллег к вам нет.
requests-mine = Ваши собственные просьбы: { $count }
request-label-theirs = { $asker }: { $what }
request-label-mine = Вы: { $what }
request-label-ready = Готово: { $what }
request-is-contact = контакты
request-is-kinship = близкий человек
request-is-name = скрытое имя
request-is-publicity = кто видит имя
request-is-role = новый координатор
request-is-new-pin = новый PIN
request-is-unsuspend = вернуть доступ

request-contact = <b>Контакты: { $person }</b>
request-kinship =
    <b>{ $person } — из семьи заключённого человека: { $prisoner }?</b>
    После подтверждения этот человек узнает то, что говорят только семье.
request-name = <b>Скрытое имя: { $prisoner }</b>
request-publicity = <b>{ $prisoner }: имя смогут видеть { $wish }</b>
request-role =
    <b>Код для нового координатора</b>
    С ним человек видит реестр и входящие.
request-unsuspend = <b>Вернуть доступ: { $person }?</b>
request-new-pin =
    <b>Новый PIN: { $person }</b>
    Сначала перезвоните на номер, который знаете: попросить мог и тот, у кого чужой телефон.
request-asker = Просит: { $asker }
request-why =
    Почему:
    <blockquote>{ $why }</blockquote>
request-redeemed = Кто-то назвал пять слов для близких. Прежде чем подтвердить, перезвоните семье.
request-decide = Решите до { $until }. Если нет уверенности, спросите коллегу лично или откажите.
request-waits =
    Просьба ждёт коллегу до { $until }.
    Другого координатора нет? Одобрить может тот, кто ведёт бот: <code>poruch approve { $number }</code>
request-approved =
    Одобрено. Открыть можно один раз, до { $until }. Номер: { $number }
    То, что вы увидите, быстро исчезнет и больше не покажется. Сначала оглянитесь вокруг.

button-request-approve = Одобрить
button-request-decline = Отказать
button-request-withdraw = Отозвать
button-request-open = Открыть один раз
button-request-name = Попросить имя
button-request-contact = Контакты
button-request-unsuspend = Попросить вернуть доступ
button-request-new-pin = Забыт PIN: попросить новый
button-request-role = Попросить код для координатора
button-request-copy-code = Скопировать код

request-ask-reason =
    <b>Нужно согласие коллеги</b>

    Напишите почему, от 2 до 200 знаков. Это прочтёт коллега и больше никто. Имён не пишите.
request-was-approved = Есть согласие: { $what }.
request-was-declined = Отказано: { $what }.
request-asked = Просьба отправлена. Коллегам сообщим, а вам — когда кто-то решит.
request-you-approved = Одобрено. Коллеге сообщим.
request-you-declined = Отказано. Коллеге сообщим, без объяснения.
request-you-withdrew = Ваша просьба отозвана.
request-shown-once = Всё в сообщении ниже, ненадолго и только один раз.
request-nothing-left = Этот человек не оставил контактов. В пять раз в день это не считается.

revealed-goes = Это сообщение исчезнет через минуту.
revealed-line = { $what }: { $value }
revealed-name = Имя
revealed-phone = Телефон
revealed-email = Электронная почта
revealed-post = Почтовый адрес
revealed-be = По-белорусски
revealed-ru = По-русски
revealed-en = По-английски
revealed-code =
    <code>{ $code }</code>
    Он делает координатором одного человека, один раз, в течение 48 часов. Передайте лично. Это сообщение исчезнет через десять минут.

notices-request-waiting = Коллега просит о том, что делают вдвоём. Оно во входящих рабочего стола.
notices-request-decided = По вашей просьбе есть решение коллеги. Если что-то ещё нужно сделать вам, оно во входящих рабочего стола.

button-desk-unconfirmed = Подтвердить близких
desk-unconfirmed-relatives =
    <b>{ $name }: кого из близких подтвердить</b>

    Они назвали пять слов, и пока им ничего не говорят. Выберите, кого показать коллеге.

error-reason-refused = Напишите коротко почему: от 2 до 200 знаков.
error-too-many-requests = Ваших просьб ждёт уже { $limit }. Отзовите какую-нибудь или подождите решения коллег.
error-too-many-reveals = За день вы открыли контакты { $limit } человек. Больше нельзя; подождите.
