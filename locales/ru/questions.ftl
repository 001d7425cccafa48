questions-asked =
    <b>{ $name }</b>: о вашей заявке координатор спрашивает:
    <blockquote>{ $question }</blockquote>
questions-type = Напишите ответ сюда, не длиннее { $limit } знаков; никто из вас не узнаёт, кто другой. Ваше сообщение сразу удаляется.
button-questions-answer = Ответить
questions-answered = Ответ у координаторов. Спасибо.
notices-answered = На вопрос о заявке пришёл ответ. Он ждёт на вашем столе.
button-desk-ask-applicant = Спросить
desk-ask-what = <b>{ $applicant }</b>: что хотелось бы узнать? Напишите сюда, не длиннее { $limit } знаков. Пожалуйста, не спрашивайте имён и мест.
desk-asked = Вопрос отправлен. Ответ появится рядом с заявкой.
desk-asked-applicant =
    Спросили вы или коллега:
    <blockquote>{ $question }</blockquote>
desk-applicant-says =
    Ответ:
    <blockquote>{ $answer }</blockquote>
