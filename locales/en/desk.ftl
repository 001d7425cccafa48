# The desk and its keypad.

desk-title = <b>Desk</b>
desk-locked = The desk is closed.
desk-pin-choose =
    <b>Choose a PIN of six digits</b>

    It opens your desk. The keys show nothing while you type; then OK.
desk-pin-repeat = <b>The same PIN once more</b>
desk-pin-yours = <b>Your PIN</b>
desk-pin-wrong = This is not your PIN. After five wrong ones the keypad rests for 15 minutes.
desk-pins-differ = The two PINs differ. Please choose anew.
desk-pin-too-easy = This PIN is easy to guess: one digit six times, or digits in a row. Choose another.
desk-pin-resting = <b>The keypad rests until { $until }</b>
desk-pin-six-digits = A PIN has six digits. Please type it anew.
desk-pin-once-more = Something was typed in between. Please press OK once more.

button-desk-inbox = Inbox
button-desk-prisoners = Prisoners
button-desk-hearings = Hearings
button-desk-lock = Lock

desk-nothing-waits = Nothing waits for you.
desk-applications-wait =
    { $count ->
        [one] { $count } application
       *[other] { $count } applications
    }
desk-differences-wait =
    { $count ->
        [one] { $count } difference in the register
       *[other] { $count } differences in the register
    }

# Applications.

desk-inbox-title = <b>Inbox</b>
desk-oldest-shown =
    { $count ->
        [one] The oldest application is shown.
       *[other] The { $count } oldest applications are shown.
    }
button-desk-register = Register differences
button-desk-accept = Accept
button-desk-decline = Decline

desk-application-title = <b>Application for { $name }</b>
desk-at-place = Place: { $place }
desk-applicant = Applicant: { $applicant }
desk-stand-in = These two words stand in for a name.
desk-rhythm = Writes every { $weeks } weeks
desk-writes-in = Languages: { $languages }
desk-writes-in-unsaid = Languages: not said
desk-language-be = Belarusian
desk-language-ru = Russian
desk-language-en = English
desk-waits-since =
    Waits since { $day } ({ $days ->
        [0] today
        [one] { $days } day
       *[other] { $days } days
    })
desk-word =
    Their word to the coordinators:
    <blockquote>{ $word }</blockquote>
desk-no-word = No word was added.
desk-application-decided = This application has been decided or withdrawn.
desk-applicant-kept-away = The applicant is suspended or may be detained. While that is so, the application cannot be accepted.
error-applicant-kept-away = The applicant is suspended or may be detained. While that is so, nobody can accept the application. It keeps waiting.
desk-accepted = Accepted. They are told at once, or when their quiet hours end.
desk-declined = Declined. The applicant is told, without a reason.

# The register.

desk-register-title = <b>Register differences</b>
desk-register-empty = Nothing waits in the register.
desk-register-wave = <b>Confirm all</b> leaves out deaths, people who are held without any contact now, and people who are gone from the register: these are looked at one by one.
button-desk-confirm-all = Confirm all
button-desk-one-by-one = One by one
button-desk-confirm = Confirm
button-desk-leave-out = Leave out
button-desk-earlier = Earlier
button-desk-later = Later

desk-kind-new = New people: { $count }
desk-kind-details = Details: { $count }
desk-kind-moved = Transfers: { $count }
desk-kind-verdict = Verdicts: { $count }
desk-kind-released = Released: { $count }
desk-kind-cut-off = Without any contact: { $count }
desk-kind-died = Deaths: { $count }
desk-kind-gone = Gone from the register: { $count }
desk-kind-hearing-new = New hearings: { $count }
desk-kind-hearing-moved = Moved hearings: { $count }
desk-kind-hearing-cancelled = Cancelled hearings: { $count }
desk-kind-hearing-held = Hearings that were held: { $count }
desk-kind-hearing-changed = Changed hearings: { $count }

desk-one-new = New in the register.
desk-one-details = Details differ.
desk-one-moved = A transfer. Guardians and family are told.
desk-one-verdict = A verdict. Guardians and family are told.
desk-one-released = A release. Guardians and family are told, and letters stop.
desk-one-cut-off = Held without any contact now. Guardians and family are told.
desk-one-died =
    A death. If you confirm it, everything about this person falls silent.
    Nobody is told until somebody has spoken with the family.
desk-one-gone =
    Not in the register any more. The reason is not known.
    If you confirm it, nobody is sent anything about this person until a file lists them again.
desk-one-hearing-new = A new hearing. Guardians and family are told.
desk-one-hearing-moved = The hearing has another date. Whoever was told of it is told anew.
desk-one-hearing-cancelled = The hearing was cancelled. Whoever was told of it is told.
desk-one-hearing-held = The hearing was held. Nobody is reminded of it any more.
desk-one-hearing-changed = A hearing differs. If the court or the room is another, whoever was told of it is told.

desk-difference-title = <b>{ $name }</b>
desk-unnamed = A person without a name
desk-field-changed = { $what }: { $before } → { $after }
desk-field-new = { $what }: { $after }
desk-field-empty = nothing
desk-field-more = Other fields that differ: { $count }
desk-no-more-differences = There is no further difference in the register.
desk-difference-confirmed = Confirmed.
desk-wave-confirmed =
    { $count ->
        [0] There was nothing left to confirm.
        [one] { $count } difference was confirmed.
       *[other] { $count } differences were confirmed.
    }

desk-field-custody-status = Status
desk-field-custody-on = Since
desk-field-facility = Place
desk-field-publicity = Who may see the name
desk-field-names = Names
desk-field-alias = Alias
desk-field-born = Born
desk-field-languages = Languages
desk-field-interests = Likes
desk-field-sentence = Sentence
desk-field-articles = Articles
desk-field-detained-on = Detained
desk-field-release-on = Expected release
desk-field-recognised-by = Recognised by
desk-field-source-url = Source
desk-field-gender = Gender
desk-field-starts = Starts
desk-field-status = Hearing
desk-field-court = Court
desk-field-room = Room
desk-field-city = City
desk-field-judge = Judge
desk-field-stage = Stage
desk-field-openness = Public
desk-field-confidence = Date
desk-field-outcome = Outcome

desk-word-public = everybody
desk-word-guardians = Guardians and family
desk-word-hidden = hidden
desk-word-scheduled = planned
desk-word-moved = moved
desk-word-cancelled = cancelled
desk-word-held = held
desk-word-open = let in
desk-word-closed = kept out
desk-word-unknown = not known
desk-word-reported = only reported
desk-word-confirmed = confirmed

# Prisoners.

desk-prisoners-title = <b>Prisoners</b>
desk-search-ask =
    Type a first name or a surname, whole, in any of the three languages.
    Somebody hidden is found by their alias only.
desk-search-found = Found for “{ $typed }”:
desk-search-nobody =
    Nobody was found for “{ $typed }”.
    Type a first name or a surname, whole; parts of words are not found.
desk-search-more = There are more than these { $count }: type more, for instance first name and surname.

desk-prisoner-title = <b>{ $name }</b>
desk-prisoner-also = also { $name }
desk-prisoner-status = Status: { $status }
desk-prisoner-status-since = Status: { $status }, as of { $day }
desk-prisoner-silent = Everything is silent: nobody is sent anything about this person.
desk-prisoner-guardians = Guardians: { $count }
desk-prisoner-hearing = Next hearing: { $moment } ({ $zone })
desk-no-place = Place: not known
desk-place =
    Place: { $place }
    { $address }
desk-place-closed = Place: { $place }. It is closed; where to write now is not known.
desk-address-checked = The address was checked on { $day }.
desk-address-long-ago = The address was last checked on { $day }, over half a year ago.
desk-address-never = Nobody has checked this address yet.

desk-status-detained = detained
desk-status-pretrial = in pre-trial detention
desk-status-convicted = convicted
desk-status-prison-regime = under prison regime
desk-status-house-arrest = under house arrest
desk-status-open-facility = in an open facility (khimiya)
desk-status-home-khimiya = home khimiya
desk-status-psychiatric = in forced psychiatric treatment
desk-status-incommunicado = no word, no contact
desk-status-released = released
desk-status-exiled = exiled
desk-status-died = died

button-desk-add-hearing = Add a hearing
button-desk-invite = Invite a relative
button-desk-publicity = Who may see the name
button-desk-publicity-public = Public
button-desk-publicity-guardians = Guardians and family
button-desk-publicity-hidden = Hidden

desk-publicity-is-public = The name: public, any supporter may see it
desk-publicity-is-guardians = The name: Guardians, family and coordinators
desk-publicity-is-hidden = The name: hidden, only the family sees it
desk-publicity-explained =
    Narrower applies at once, and <b>Hidden</b> cannot be undone by one coordinator alone.
    The wish of the prisoner and the family comes first.

# Inviting a relative.

desk-invite-ask =
    <b>A relative of { $name }</b>

    Call the family back on a number you know, and be sure who it is.
    Will this person join for themselves, or on behalf of somebody inside the country?
desk-invite-language = The words will be in: { $language }
button-desk-themselves = For themselves
button-desk-behalf = On behalf of somebody
desk-invitation =
    <b>Five words for the relative</b>

    <code>{ $words }</code>

    Call back first, then say the words aloud. Do not send them.
    The relative types them to this bot.
    They work once, until { $until }.

    You see them only now. Back takes them away.
desk-invitation-gone =
    The words were shown once and are not shown again.
    If nobody heard them, invite once more: the old words then stay unused and expire.

# Hearings.

desk-hearings-title = <b>Hearings</b>
desk-hearings-listed = Times are those of the court.
desk-hearings-none = No hearing lies ahead.
desk-hearing-title = <b>Hearing: { $name }</b>
desk-hearing-starts = { $wall } ({ $zone })
desk-hearing-court = Court: { $text }
desk-hearing-room = Room: { $text }
desk-hearing-judge = Judge: { $text }
desk-hearing-stage = Stage: { $text }
desk-hearing-outcome = Outcome: { $text }
desk-openness-open = The public is let in, as far as is known.
desk-openness-closed = Closed to the public.
desk-openness-unknown = Whether the public is let in is not known.
desk-hearing-reported = The date is only reported, not confirmed.
desk-hearing-confirmed = The date is confirmed.
desk-hearing-is-scheduled = Planned.
desk-hearing-is-moved = It has been moved.
desk-hearing-is-cancelled = It has been cancelled.
desk-hearing-is-held = It was held.
desk-hearing-attending =
    { $count ->
        [one] { $count } person says that they will be there.
       *[other] { $count } people say that they will be there.
    }
desk-hearing-changes =
    { $count ->
        [one] Changed { $count } time since it was entered.
       *[other] Changed { $count } times since it was entered.
    }

button-desk-confirm-date = Confirm the date
button-desk-move = Move
button-desk-cancel-hearing = Cancel the hearing
button-desk-cancel-yes = Yes, it is cancelled
button-desk-save = Save
button-desk-keep = Keep it

desk-hearing-whose = <b>Whose hearing is it?</b>
desk-type-date =
    Choose the day, or type date and time as the court says them ({ $zone }):
    <code>DD.MM.YYYY HH:MM</code>
desk-type-court = Choose the court, or type the name of another one.
desk-so-far = So far: { $text }
desk-hearing-goes-on-whose = You had begun a hearing. Say whose it is.
desk-hearing-goes-on = You had begun a hearing. Go on, or press Back to choose somebody else.
desk-draft-expired = There is nothing to go on with: what was typed is kept for 24 hours.
desk-hearing-saved = Saved. They are told at once, or when their quiet hours end.
desk-type-new-date =
    Choose the new day, or type date and time as the court says them ({ $zone }):
    <code>DD.MM.YYYY HH:MM</code>
desk-move-old = Old date: { $wall }
desk-move-new = <b>New date: { $wall }</b> ({ $zone })
desk-move-changed = The hearing has changed in the meantime. Look at it and type the date once more.
desk-hearing-moved = Moved. Those concerned are told the new date.
desk-cancel-ask =
    Is this hearing cancelled?
    Whoever was told of it is told at once.
desk-hearing-cancelled = Cancelled. Whoever was told of it is told.
error-court-refused = That is not the name of a court. Please type it in letters.

desk-who-is-told = Will be told: { $guardians }, { $relatives }.
desk-others-told =
    { $count ->
        [one] And { $count } person who asked for this date, was told of it, or will be there.
       *[other] And { $count } people who asked for this date, were told of it, or will be there.
    }
desk-nobody-told = Nobody will be told: there is nobody who may know, or everything is silent.
desk-guardians =
    { $count ->
        [0] no Guardian
        [one] { $count } Guardian
       *[other] { $count } Guardians
    }
desk-relatives =
    { $count ->
        [0] no relative
        [one] { $count } relative
       *[other] { $count } relatives
    }

desk-one-heard-of = Heard of again. Guardians and family are told.
button-families = Families to speak with
button-families-spoken = I have spoken with the family
button-families-spoken-yes = Yes, I have spoken with them
families =
    <b>Families to speak with</b>

    These people have died. Everything about them is silent until somebody has spoken with their family.
families-none = There is no family to speak with now.
families-wait =
    { $count ->
        [one] { $count } family to speak with after a death
       *[other] { $count } families to speak with after a death
    }
told-desk-family-waits = Somebody has died, and their family is still to be spoken with. You find them at your desk: <b>Inbox</b>, then <b>Families to speak with</b>.
families-spoken-ask =
    <b>{ $name }</b>

    Have you spoken with the family, or somebody you trust has?
    Then those who wrote are told of the death and thanked, and their promises end. The family is sent nothing by the bot, now or later.
families-spoken = Noted. Those who wrote are told at once, or when their quiet hours end.
