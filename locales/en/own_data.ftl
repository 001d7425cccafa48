mydata-line = { $label }: { $value }
mydata-caption = Your data. This message deletes itself within an hour; a copy that you save does not.
mydata-sent = The file stands below.
button-mydata-file = As a file
button-menu-mydata = Everything kept about me
mydata-part-person =
    <b>You</b>
    Until you leave, or until you answer nothing 30 days after we asked, a year after your last visit, whether you stay.
mydata-part-role =
    <b>A right you have</b>
    Until you leave.
mydata-part-kinship =
    <b>A family tie</b>
    Until you leave. Whose family you are stands under Family.
mydata-part-guardianship =
    <b>Somebody you write to, or offered to</b>
    Until 30 days after it ended. Who it is stands under My guardianships.
mydata-part-letter =
    <b>A letter you reported</b>
    That it was yours: as long as you write to this person, and 30 days more. The bare number: 24 months.
mydata-part-told =
    <b>A court date you were told of</b>
    Until a week after the sitting.
mydata-part-following =
    <b>Court dates you asked for</b>
    Until you end it, or leave. Of whom stands under Court dates.
mydata-part-attendance =
    <b>A sitting at which you will be</b>
    Until it is over. Which one stands under Court dates.
mydata-part-outbox =
    <b>A message for you</b>
    Without its text. Until a week after it was sent or dropped.
mydata-part-posted =
    <b>A message that stands in this chat</b>
    Until it is deleted here.
mydata-part-draft =
    <b>Something half said</b>
    What you typed is sealed; it is offered to you again where you typed it.
mydata-part-desk =
    <b>Your desk</b>
    Until you leave. Of the PIN only a hash is kept, which nobody is shown.
mydata-part-code =
    <b>A code you gave</b>
    Until it is used or expires. Only a checksum of it is kept.
mydata-part-restriction =
    <b>Something you may not do for now</b>
    Until it ends or is lifted.
mydata-part-request =
    <b>Something you asked a colleague to approve</b>
    Until 30 days after it was settled.
mydata-part-portfolio =
    <b>A prisoner in your portfolio</b>
    As long as you look after them. Who it is stands at the desk.

mydata-chat = Number in Telegram
mydata-phrase = Phrase
mydata-name = Name
mydata-phone = Phone
mydata-email = E-mail
mydata-post = Post
mydata-language = Language
mydata-form = Form of address
mydata-zone = Time zone
mydata-hour = Hour of reminders
mydata-quiet-from = Quiet hours from
mydata-quiet-to = Quiet hours to
mydata-reminders-off = Court reminders you do without
mydata-city = City
mydata-said-on = You said so on
mydata-texts = Texts
mydata-delete-after-hours = Hours until messages are deleted
mydata-letter-languages = Languages you write letters in
mydata-is-reachable = Messages reach you
mydata-joined-on = You agreed on
mydata-last-seen-on = Day of your last visit
mydata-role = Right
mydata-day = Since
mydata-state = State
mydata-since = Since
mydata-is-on-behalf = On behalf of somebody
mydata-rhythm-weeks = A letter every so many weeks
mydata-word = Your word to the coordinators
mydata-question = What you were asked
mydata-answer = Your answer
mydata-applied-on = You offered on
mydata-started-on = Began on
mydata-paused-until = Paused until
mydata-unanswered = Reminders without a tap
mydata-reminded-on = Last reminded on
mydata-quiet-on = Quiet since
mydata-offered-on = Offered to others as well since
mydata-ended-on = Ended on
mydata-reason = Reason
mydata-number = Number
mydata-written-on = Written on
mydata-outcome = What became of it
mydata-outcome-on = Known on
mydata-revision = Which version of it you know
mydata-keep-until = Kept until
mydata-kind = About
mydata-due-at = Due
mydata-planned-at = First due
mydata-useful-until = Of use until
mydata-lane = Goes out
mydata-lane-waited-for = as an answer you wait for
mydata-lane-urgent = urgently
mydata-lane-reminder = as a reminder
mydata-lane-broadcast = as a message to many
mydata-attempts = Attempts to send it
mydata-settled-at = Settled
mydata-purpose = What it is
mydata-posted-at = Sent
mydata-is-covered = Covered
mydata-cover-at = Will be covered
mydata-delete-at = Will be deleted
mydata-expires-at = Kept until
mydata-wrong-tries = Wrong PINs in a row
mydata-locked-until = Keypad rests until
mydata-open-until = Open until
mydata-shuffles = Digits of the keypad in another order each time
mydata-set-at = Since
mydata-until = Until
mydata-why = Reason you gave
mydata-asked-at = Asked
mydata-decided-at = Decided

mydata-is-yes = yes
mydata-is-no = no
mydata-is-supporter = supporter
mydata-is-guardian = guardian
mydata-is-relative = family
mydata-is-coordinator = coordinator
mydata-is-administrator = administrator
mydata-is-redeemed = a code was redeemed
mydata-is-confirmed = confirmed
mydata-is-ended = ended
mydata-is-applied = waits for a coordinator
mydata-is-active = stands
mydata-is-paused = paused
mydata-is-declined = declined
mydata-is-withdrawn = taken back
mydata-is-written = written
mydata-is-answered = answered
mydata-is-returned = came back
mydata-is-no-word = no word of it
mydata-is-queued = waits to be sent
mydata-is-claimed = is being sent
mydata-is-sent = sent
mydata-is-dropped = no longer needed
mydata-is-parked = could not be sent
mydata-is-unreachable = you could not be reached
mydata-is-place = your screen
mydata-is-push = a notice
mydata-is-apart = a file, or a line
mydata-is-discarded = waits to be deleted
mydata-is-letter = a letter
mydata-is-hearing = a court date
mydata-is-application = an application
mydata-is-guardianship = news of a promise of yours
mydata-is-handed-over = somebody else writes now
mydata-is-prisoner = news of somebody you stand by
mydata-is-danger = a warning
mydata-is-milestone = a last day for an appeal
mydata-is-new-person = a new person to write to
mydata-is-kinship-confirmed = your family tie was confirmed
mydata-is-stay = whether you stay
mydata-is-stepped-down = you stepped down
mydata-is-released = came free
mydata-is-desk = news for the desk
mydata-is-suspended = suspended
mydata-is-frozen = without the desk
mydata-is-custody = nothing is sent to you
mydata-is-contact = contact details of somebody
mydata-is-kinship = a family tie
mydata-is-name = a hidden name
mydata-is-publicity = who may see a name
mydata-is-role = a right for somebody
mydata-is-unsuspend = letting somebody in again
mydata-is-new-pin = a new PIN
mydata-is-waiting = waits for a colleague
mydata-is-approved = approved
mydata-is-opened = done
mydata-is-account = a move to another account
mydata-is-word = a word by which you are recognised
mydata-is-held = held back while a broadcast is paused
mydata-is-broadcast = a broadcast
