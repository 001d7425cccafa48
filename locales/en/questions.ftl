questions-asked =
    About your application for <b>{ $name }</b> a coordinator asks:
    <blockquote>{ $question }</blockquote>
questions-type = Type your answer here, { $limit } characters at most; neither of you learns who the other is. Your message is deleted at once.
button-questions-answer = Answer
questions-answered = Your answer is with the coordinators. Thank you.
notices-answered = Somebody has answered what was asked about their application. It waits at your desk.
button-desk-ask-applicant = Ask
desk-ask-what = What would you like to know from <b>{ $applicant }</b>? Type it here, { $limit } characters at most. Please ask for no names and no places.
desk-asked = Asked. The answer will stand with the application.
desk-asked-applicant =
    You asked, or a colleague:
    <blockquote>{ $question }</blockquote>
desk-applicant-says =
    The answer:
    <blockquote>{ $answer }</blockquote>
