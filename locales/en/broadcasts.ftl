# Broadcasts: written and sent at the desk, and read by those they are for.

button-broadcasts = Broadcast
broadcasts-title = <b>Broadcasts</b>
broadcasts-none = Nothing has been sent to many lately.
broadcasts-listed = The newest ones:
button-broadcast-new = New broadcast
broadcast-label = { $day } · { $kind } · { $state }
broadcast-is-own = own words
broadcast-is-hearing = a court date
broadcast-is-transfer = a transfer
broadcast-is-release = a release
broadcast-is-evening = a letter evening
broadcast-state-asked = waits for a colleague
broadcast-state-planned = planned
broadcast-state-going = going out
broadcast-state-paused = paused
broadcast-state-stopped = stopped
broadcast-state-done = done
broadcast-state-taken-back = taken back

broadcast-report-title = <b>Broadcast: { $kind }</b>
broadcast-report-state = Now: { $state }
broadcast-report-asked = Nobody gets it before a colleague has agreed.
broadcast-report-urgent = Urgent: it goes out in quiet hours too.
broadcast-report-begins = Begins: { $at }
broadcast-report-recipients = People: { $count }
broadcast-report-sent = Sent: { $count }
broadcast-report-waiting = Waiting: { $count }
broadcast-report-unreachable = Unreachable: { $count }
broadcast-report-failed = Failed: { $count }
broadcast-report-left-out = Not reached, because it was stopped or is not for them any more: { $count }
button-broadcast-pause = Pause
button-broadcast-resume = Resume
button-broadcast-stop = Stop
button-broadcast-stop-yes = Yes, stop it
button-broadcast-take-back = Take back
button-broadcast-take-back-yes = Yes, take it back
broadcast-paused = Paused. What was on its way still arrives.
broadcast-resumed = It goes on.
broadcast-stopped = Stopped. What was on its way still arrives.
broadcast-taken-back = It is being taken back. That takes a few minutes.
broadcast-stop-ask =
    <b>Stop it for good?</b>

    Still waiting: { $count }. They will not get it; it cannot go on later.
broadcast-take-back-ask =
    <b>Take it back?</b>

    The messages are deleted from the chats: { $count }. Whoever has read it has read it.

broadcast-kinds =
    <b>What is it about?</b>

    Ready texts are there in every language, and names stand in them only for those who may know them. Own words to many people need a second coordinator.
button-broadcast-begin-hearing = A court date
button-broadcast-begin-transfer = A transfer
button-broadcast-begin-release = A release
button-broadcast-begin-evening = A letter evening
button-broadcast-begin-own = Own words
broadcast-about = <b>About whom?</b>
broadcast-about-hearing = <b>About which court date?</b>
broadcast-type-evening =
    <b>When is the letter evening?</b>

    Type day and hour: DD.MM.YYYY HH:MM ({ $zone }). Where it is does not stand in the message: say that in person.

broadcast-draft-title = <b>New broadcast: { $kind }</b>
broadcast-reaches =
    { $count ->
        [0] <b>Reaches nobody</b>
        [one] <b>Reaches { $count } person</b>
       *[other] <b>Reaches { $count } people</b>
    }
broadcast-reaches-in = { $language }: { $count }
broadcast-reaches-not-in = { $language }: { $count }, no text yet
broadcast-without-text = Without a text in their language: { $count }
broadcast-missing-unsaid = Choose what becomes of them before you send.
broadcast-missing-out = They are left out.
broadcast-missing-in = They get this text: { $language }
broadcast-takes-two = A colleague has to agree: nobody else has seen these words yet, and they go to many.
broadcast-begins-now = Begins as soon as it is sent.
broadcast-begins-at = Begins: { $wall } ({ $zone })
broadcast-keeps-quiet = Everybody gets it outside their quiet hours.
broadcast-pierces-quiet = Urgent, in quiet hours too: { $why }
button-broadcast-send = Send now
button-broadcast-send-then = Send at that time
button-broadcast-later = Later
button-broadcast-at-once = Send now after all
button-broadcast-audience = For whom
button-broadcast-urgent = Urgent
button-broadcast-not-urgent = Not urgent after all
button-broadcast-when = When it is
button-broadcast-missing = Who has no text
button-broadcast-leave-out = Leave them out
button-broadcast-write-in = Send them this one: { $language }
button-broadcast-text-there = ✓ { $language }
button-broadcast-text-none = + { $language }
button-broadcast-preview = Preview: { $language }
button-broadcast-remove = Remove these words
broadcast-type-words =
    <b>Your words: { $language }</b>

    Type them in one message. These marks can be used: &lt;b&gt;bold&lt;/b&gt;, &lt;i&gt;italic&lt;/i&gt;, &lt;u&gt;underlined&lt;/u&gt;, &lt;s&gt;struck out&lt;/s&gt;, &lt;code&gt;to copy&lt;/code&gt;, &lt;blockquote&gt;quoted&lt;/blockquote&gt;. For the sign &lt; itself type &amp;lt;

    Write no name that is not public.
broadcast-missing-ask =
    <b>No text in their language: { $count }</b>

    What shall happen with them?
broadcast-type-urgency =
    <b>Why is it urgent?</b>

    It will go out at night as well. Type the reason, in 2 to 200 characters.
broadcast-type-start =
    <b>When shall it begin?</b>

    Type day and hour: DD.MM.YYYY HH:MM ({ $zone }).
broadcast-ask-reason =
    <b>A colleague has to agree</b>

    Your colleague reads the words and for whom they are. Type the reason, in 2 to 200 characters.
broadcast-sent = It goes out now.
broadcast-sent-later = It goes out at the time you named.

broadcast-audience =
    <b>For whom?</b>

    Whoever gets it must be all of this:
broadcast-to-role = They are: { $role }
broadcast-to-prisoner = They stand by { $name }
broadcast-to-hearing = They stand by { $name }, who has a court date on { $wall }
broadcast-to-facility = They stand by somebody held here: { $place }
broadcast-to-city = They stand by somebody in { $city }
broadcast-to-language = Their language here: { $language }
broadcast-role-everybody = everybody
broadcast-role-supporters = supporters who stand by nobody yet
broadcast-role-guardians = Guardians
broadcast-role-relatives = relatives
broadcast-role-coordinators = coordinators
button-broadcast-by-role = Role
button-broadcast-by-prisoner = Prisoner
button-broadcast-by-facility = Facility
button-broadcast-by-language = Language
button-broadcast-by-hearing = Hearing
button-broadcast-by-city = City
button-broadcast-by-none = Does not matter
broadcast-ask-role = <b>What are they here?</b>
broadcast-ask-language = <b>Which language have they chosen here?</b>
broadcast-ask-prisoner = <b>Whom do they stand by?</b>
broadcast-ask-facility = <b>Where is the person held whom they stand by?</b>
broadcast-ask-hearing = <b>Whose court date is it about?</b>
broadcast-ask-city = <b>In which city is the person whom they stand by?</b>

request-is-broadcast = own words to many
request-broadcast =
    <b>Words to many people</b>
    Read them in every language before you agree.
desk-begun-broadcast = <b>You were in the middle of writing a broadcast.</b>

broadcast-text-hearing = Court date: <b>{ $name }</b>
broadcast-text-when = { $when } ({ $zone })
broadcast-text-court = Court: { $court }
broadcast-text-confirmed = The date is confirmed.
broadcast-text-reported = The date was reported, but nobody has confirmed it yet.
broadcast-text-transfer =
    <b>{ $name }</b> has been moved.
    Letters to the old place stay behind. Before you write, look here for the address as it is now.
broadcast-text-release =
    <b>{ $name }</b> is free.
    Thank you for every letter and every word. Please give them time to arrive.
broadcast-text-evening =
    A letter evening: { $when } ({ $zone }).
    We write to those to whom hardly anybody writes. Where it is, a coordinator tells you in person.

error-markup-broken = There is a mark that cannot be read: line { $line }, sign { $sign }. Nobody has got anything. Correct it and send the whole text again.
error-not-in-register = The register does not say so. Note it there first, then this text can be sent.
error-text-empty = There is nothing to read in it. Nobody has got anything. Type some words first.
error-nobody-addressed = Nobody would get this. Choose for whom it is.
error-languages-missing = Some people have no text in their language. Write one, or choose what becomes of them. Nobody has got anything.
error-audience-changed = The number of people has just changed. Nobody has got anything. Look at it and send it again.
