button-menu-adopt = Become a Guardian
button-menu-once = Write one letter
once-noted = Noted. Thank you. One letter counts too.
button-menu-mine = My guardianships
button-menu-court = Court dates
button-menu-settings = Settings
button-menu-family = Family
button-menu-desk = Desk
button-menu-application = My application: waiting, usually 3 days
button-menu-danger = I am in danger
button-menu-privacy = What is kept

menu-line = What would you like to do?
menu-letters-due =
    { $count ->
        [one] Today is a day to write a letter.
       *[other] Today is a day to write { $count } letters.
    }
menu-next-sitting = Next court date: { $moment }.
menu-next-sitting-reported = Next court date: { $moment }. Not confirmed.
menu-cancelled = Left as it was. Nothing was sent.

help-text =
    <b>What this is</b>
    We stand by political prisoners, so that nobody behind bars is forgotten. A Guardian writes to one person, again and again.

    <b>How it works</b>
    Choose a rhythm. We suggest who is written to least. A coordinator reads your application, usually within 3 days. Then we remind you to write, and tell you of court dates.

    <b>Commands</b>
    /menu – the beginning
    /adopt – become a Guardian
    /mine – the people you stand by
    /court – court dates
    /settings – language, hours, phrase
    /cancel – drop what you were doing
    /hide – clear this chat at once: I no longer know you until you type four digits that you choose right after it
    I am in danger, a button of /menu – at one tap what /hide does, and the coordinators are warned of it
    /privacy – what is kept
    /mydata – everything kept about you
    /erase – leave for good: everything about you is deleted, after one question
    /verify – whether this bot, or a coordinator who calls, is real

    <b>No money</b>
    We take none and pass none on: people who gave were prosecuted for it.

privacy-text =
    <b>Kept, encrypted</b>
    Your Telegram number, so that we can answer. Your phrase. Contact details such as a telephone number, if you type them. A word to the coordinators, if you add one.

    <b>Kept without a name</b>
    Your language, form of address, zone and hours. The day of your last visit. Whom you write to, on which days, in which languages. Of which court dates you ask to be told, and where you will be. If you are family: whose.

    <b>Never kept</b>
    What Telegram knows of you: your name, picture and telephone number there. Messages you write here are deleted as soon as they are read.

    <b>How long</b>
    Half-finished answers: a day. Reminders that were sent: a week. Who was told of a court date: until a week after it. Who will be there: until it is over. A guardianship that ended: 30 days. Letters, as numbers without you: two years. My messages here: as long as you choose, at most 44 hours. The rest as long as you are with us; after a year without a visit I ask whether you stay.

    <b>Who can read it</b>
    Coordinators see a made-up name instead of you, what you apply for and your word to them. Your contact details they see only when two agree and for a reason, for a minute. Whoever runs the server can read what the program can read while it runs.

    <b>What Telegram sees</b>
    That you use this bot, and what stands in this chat. Telegram can read chats with bots.

    <b>Leaving</b>
    Contact details go at once, in Settings. A guardianship ends under My guardianships. /erase deletes everything about you: unreadable here at once, and in every copy after seven days. Deleting this chat does not. /hide clears this chat, and I do not know you until you type four digits of your choice.
