court-title = <b>Court dates</b>
court-none = We know of no court date that concerns you.
court-name = <b>{ $name }</b>
court-when = <tg-time unix="{ $unix }">{ $moment }</tg-time>, the court's time
court-when-yours = <tg-time unix="{ $unix }" format="wDt">{ $moment }</tg-time>, your time
court-place = Court: { $court }
court-room = Court: { $court }, room { $room }
court-place-unknown = The court is not known.
court-open = Open to the public, as far as is known.
court-closed = Closed to the public.
court-unknown = Whether the public is let in is not known.
court-confirmed = The date is confirmed.
court-reported = The date is only reported, not confirmed.
court-source = Source: <code>{ $source }</code>
court-source-none = Source: the coordinators.
button-court-sooner = Earlier dates
button-court-further = Later dates
court-attending = You said that you will be there.
button-court-all = Open court dates
button-court-follow = Tell me of court dates
button-attend = I'll be there
button-stay-away = I can't after all
button-calendar = Add to calendar
button-follow-this = Tell me of this person's court dates
button-follow-city = Tell me of court dates in { $city }
button-follow-somebody = Of somebody
button-follow-cities = In a city
button-follow-end = No more: { $name }

court-open-title = <b>Open court dates</b>
court-open-some = Hearings of people whose name is public, open to everybody as far as is known. Choose one.
court-open-none = We know of no open hearing to come.
attend-risk =
    <b>Before you decide</b>
    At the entrance passports are looked at and names written down. Places run out. Bags are searched, and telephones may be.

    Come only if it may be known that you were there. Do not come if you are being looked for, or have been fined or detained for politics. A letter helps as much.

    Clear this chat before you go: /hide.
attend-open = The sitting is open, as far as is known. The judge may close it at any moment.
attend-unknown = Whether the public is let in is not known. You may stand before a closed door.
attend-noted = Noted. You will be reminded, and told if it changes. Nobody sees who comes; coordinators see a number, which is deleted after the sitting.
attend-taken-back = Noted: you will not be there.
calendar-title = Appointment
calendar-caption = For your calendar: a time and no more. This message deletes itself within an hour; a copy that you save does not.
calendar-sent = The file stands below.
follow-about = <b>Court dates you ask for</b>
follow-none = You can be told of the open court dates of one person whose name is public, or of all in one city: at once, and 7 days, 1 day and 3 hours ahead.
follow-some = You are told of the open court dates of these. Tap one to end it.
follow-whom = Of whom? These are the people whose name is public.
follow-nobody = There is nobody here whose name is public.
follow-where = In which city?
follow-nowhere = No city is known here yet.
follow-begun = You will be told. What is known already stands under Court dates.
follow-ended = You are not told of it any more.
