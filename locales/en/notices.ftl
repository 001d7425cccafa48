notices-letter = It is time for a letter: <b>{ $name }</b>
notices-letter-late = This reminder comes late.
notices-letter-first = No letter is known yet.
notices-letter-last =
    { $days ->
        [0] The last letter we know of was written today.
        [one] The last letter we know of was written { $days } day ago.
       *[other] The last letter we know of was written { $days } days ago.
    }
notices-letter-birthday = The birthday is on { $day }.
notices-letter-new-year = The New Year begins on { $day }.
notices-letter-freedom-day = { $day } is Freedom Day, on which it is good to be thought of. Do not name the day in the letter.
notices-letter-prisoners-day = { $day } is the day of political prisoners, on which it is good to be thought of. Do not name the day in the letter.
notices-letter-transit =
    { $days ->
        [one] A letter takes about { $days } day.
       *[other] A letter takes about { $days } days.
    }
notices-letter-wrote = <b>{ $name }</b>: your letter is noted. Thank you.
notices-letter-later = <b>{ $name }</b>: noted, in 3 days then.
notices-letter-skip = <b>{ $name }</b>: noted, not this time.
button-notices-later = In 3 days
button-notices-skip = Not this time

notices-hearing-late = This message comes late.
notices-hearing-new = A court date has been announced.
notices-hearing-moved = The court date has been moved. What you were told before no longer holds; this is the new date.
notices-hearing-elsewhere = The date, the court or the room has changed. What you were told before no longer holds; this is how it stands now.
notices-hearing-changed = The date has changed since this message was sent. This is how it stands now.
notices-hearing-in =
    { $days ->
        [0] It is today.
        [1] It is tomorrow.
       *[other] It is in { $days } days.
    }
notices-hearing-cancelled = <b>Cancelled.</b> This court date no longer stands:
notices-hearing-over = The time of this court date has passed. How it ended is not known here.

notices-accepted =
    You stand by <b>{ $name }</b> now. Thank you.
    Best write the first letter today, while it is on your mind.
notices-accepted-alias = You applied for <b>{ $alias }</b>: this is <b>{ $name }</b>.
notices-declined =
    Your application was not accepted this time. That is no judgement on you: often somebody else was closer.
    If you like, choose somebody else.
notices-waiting = An application has been waiting for 3 days. It is in the inbox of the desk.

notices-moved =
    <b>{ $name }</b> has been moved.
    Please write first, and soon: letters stay behind at the old place, and those who are moved arrive without addresses and cannot write first. Put your return address on the envelope if that is safe for you.
notices-verdict =
    There is a verdict: <b>{ $name }</b>
    What is known now: { $status }.
notices-released =
    <b>{ $name }</b> is free.
    Thank you for every letter. Nothing more needs to be written to the old address.
notices-exiled =
    <b>{ $name }</b> is no longer behind bars and is out of the country.
    Thank you for every letter. Nothing more needs to be written to the old address.

notices-danger =
    <b>{ $pseudonym }</b> has pressed “I am in danger”.

    Their messages here are deleted, and nothing is sent to them. Do not write to them. If you know them, think who could be next, and close what they could open.
notices-danger-over = The person of whom you were warned here is back, or has left for good.

notices-died =
    <b>{ $name }</b> has died.
    We are sorry. The family has been spoken with; when and how it is said in public is theirs to choose.
    Thank you for every letter. Please send no more, and nothing more comes from here about this person.
notices-taken-back =
    What this message told is no longer so: <b>{ $name }</b>
    What is known now: { $status }.
notices-incommunicado =
    Held without any contact, as far as is known: <b>{ $name }</b>
    Letters and parcels may not arrive for now. That no answer comes does not mean that anybody has been forgotten.
    What helps instead differs from person to person: please ask a coordinator before you do anything.
notices-heard-of =
    There is word again: <b>{ $name }</b> is no longer cut off from all contact, as far as is known.
    What is known now: { $status }.
notices-new-person =
    A week ago somebody you wrote to came free. Thank you once more.

    Others still wait for somebody to write. If you like, choose a new person; and if you would rather rest, that is fine too.
