adopt-languages =
    <b>In which languages can you write?</b>
    Letters in Belarusian and Russian get through the censor. Letters in other languages are usually thrown away.
adopt-choose-language = Choose at least one language.
button-adopt-be-yes = Belarusian: yes
button-adopt-be-no = Belarusian: no
button-adopt-ru-yes = Russian: yes
button-adopt-ru-no = Russian: no
button-adopt-en-yes = English: yes
button-adopt-en-no = English: no
button-adopt-done = Done

adopt-rhythm =
    <b>How often can you write?</b>
    It is better to write rarely and keep it up than often and then stop.
button-adopt-rhythm = Every { $weeks } weeks

adopt-person-name = <b>{ $name }</b>
adopt-place = { $place }
adopt-place-unknown = The place is not known.
adopt-since = Detained since { $day }.
adopt-likes = Likes: { $interests }
adopt-nobody-writes = Nobody writes to this person yet, as far as we know.
adopt-last-letter =
    { $days ->
        [0] The last letter we know of was written today.
        [one] The last letter we know of was written { $days } day ago.
       *[other] The last letter we know of was written { $days } days ago.
    }
adopt-nobody-else = There is nobody else to show now.
button-adopt-promise = I'll write
button-adopt-another = Show someone else
button-adopt-why = Why this person?

adopt-why =
    <b>Why this person?</b>
    First come those who are written to least, and among them those who have waited longest. You are shown only people who read a language you write in, or of whom we do not know what they read. The order differs from person to person.

adopt-promise =
    <b>{ $name }</b>
    What a Guardian promises:
    – to write every { $weeks } weeks, a page or a few lines, about ordinary life;
    – to leave out the case, politics and this chat;
    – to tell us when it is no longer possible. One tap, no reasons asked.
    Perhaps no answer ever comes. The letters matter all the same.
adopt-word-ask = You may add a word for the coordinators: type it here. Or just send.
adopt-word =
    Your word for the coordinators:
    <blockquote>{ $word }</blockquote>
    Type it anew to change it, or send.
button-adopt-send = Send

adopt-sent =
    Sent. You have offered to write to <b>{ $name }</b>.
    A coordinator reads it, usually within 3 days. You will hear from us here.
