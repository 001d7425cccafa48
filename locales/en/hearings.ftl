# Hearings as claims: entered, confirmed, noted, ended.

desk-hearing-paste =
    Or paste one line with everything:
    <code>Name; DD.MM.YYYY HH:MM; court</code>
desk-hearing-pasted-whose = Date and court are noted. Say once more whose hearing it is: no name fits, or several do.
desk-type-hour =
    { $day } ({ $zone }).
    Choose the hour as the court says it, or type it: <code>HH:MM</code>
button-desk-more-courts = More courts
desk-hearing-will-read = <b>People will read:</b>
desk-hearing-same = A hearing at this time is entered already. If you know of it by yourself, it counts as confirmed.
button-desk-same-date = I know of this date, too
desk-hearing-beside = <b>There is a hearing ahead already:</b>
button-desk-is-move = It was moved from { $day }
button-desk-save-besides = It is one more hearing
desk-hearing-now-confirmed = Confirmed. The next message about it says so.
button-desk-hearings-past = How did they end? ({ $count })
desk-hearings-past = <b>How did they end?</b>
desk-hearings-past-none = Of every hearing of the last month it is known how it ended.
button-desk-second-source = A second source says so
button-desk-hearing-more = Room, judge, source…
button-desk-hearing-ended = How did it end?
button-desk-hearing-ended-otherwise = It ended otherwise
desk-hearing-own-claim = You reported it; a colleague or a second source can confirm it.
desk-hearing-source = Source: { $text }
desk-hearing-second-source = Second source: { $text }
desk-hearing-deadline = Last day for an appeal: { $day }
desk-hearing-case = Of the same case: { $wall }

button-desk-note-court = Court
button-desk-note-room = Room
button-desk-note-judge = Judge
button-desk-note-stage = Stage
button-desk-note-source = Source
button-desk-is-open = Open
button-desk-is-closed = Closed
button-desk-is-unknown = Not known
desk-type-room = Type the room.
desk-type-judge = Type the name of the judge. Only coordinators see it.
desk-type-stage = Type the stage: first hearing, appeal, review. Only coordinators see it.
desk-type-source = Type where this date is known from. People see it, so leave out whoever must stay unnamed.
desk-type-second-source = Who else says so? Type the second source. Only coordinators see it.
error-source-refused = That is not a source. Please type it in a few words or as a link.
error-same-source = The date was reported from this very source. It takes another one to confirm it.
error-another-must-confirm = You reported this date. A colleague or a second source confirms it.
error-already-reported = You entered this hearing already, or it is confirmed.

desk-outcome-ask = How did it end?
desk-outcome-saved = Noted.
desk-outcome-adjourned = Noted. For when was it adjourned? If that is not known yet, press Back.
desk-outcome-status = Status: { $before } → <b>{ $after }</b>. You confirm this after saving.
desk-outcome-no-deadline = No deadline for an appeal. Type a day to set one: <code>DD.MM.YYYY</code>
desk-outcome-deadline-rule =
    Ten days from the verdict by article 374 of the Code of Criminal Procedure; who is in custody has them from the day they were handed the copy. This is a rule of thumb, not legal advice. Type the right day: <code>DD.MM.YYYY</code>
desk-outcome-untold = Nobody is told: how it ended is not known.
desk-outcome-told-later = They are told once you have confirmed the new status.
button-desk-no-deadline = No deadline
desk-begun-hearing-outcome = <b>You were in the middle of noting how a hearing ended.</b>

outcome-colony = Verdict: a colony
outcome-prison = Prison regime
outcome-open-facility = Verdict: open facility ("khimiya")
outcome-home-khimiya = Verdict: "khimiya" at home
outcome-treatment = Compulsory psychiatric treatment
outcome-house-arrest = House arrest
outcome-custody-extended = Kept in custody
outcome-freed = Set free
outcome-upheld = Appeal rejected
outcome-retrial = Sent back for a new trial
outcome-adjourned = Adjourned
outcome-unknown = Held, result not known
button-outcome-colony = Colony
button-outcome-prison = Prison regime
button-outcome-open-facility = Open facility
button-outcome-home-khimiya = "Khimiya" at home
button-outcome-treatment = Treatment
button-outcome-house-arrest = House arrest
button-outcome-custody-extended = Kept in custody
button-outcome-freed = Set free
button-outcome-upheld = Appeal rejected
button-outcome-retrial = New trial
button-outcome-adjourned = Adjourned
button-outcome-unknown = Not known

outcome-means-colony = The verdict is not in force until the time for an appeal has passed or the appeal is decided. Until then they usually stay where they are; a transfer comes later, often without warning. We tell you the new address.
outcome-means-prison = They are moved to a prison with a stricter regime: fewer letters, parcels and visits may be let through. Letters matter all the more.
outcome-means-open-facility = They are sent to an open facility: they must live there and work, may have a telephone, and can mostly be written to as usual.
outcome-means-home-khimiya = They serve the sentence at home under supervision. Letters from strangers may harm them now: write only if they or the family wish it.
outcome-means-treatment = The court ordered treatment in a hospital. It has no fixed end; a court looks at it again, usually every six months.
outcome-means-house-arrest = They are at home and may not leave or speak with strangers. Do not write or call unless the family wishes it.
outcome-means-custody-extended = They stay where they are. Nothing changes for letters.
outcome-means-freed = They were set free in court.
outcome-means-upheld = The verdict is in force now. A transfer to a colony may follow within weeks, often without warning. We tell you the new address.
outcome-means-retrial = The verdict no longer stands, and the case is heard again. They stay in custody meanwhile.
outcome-means-adjourned = Nothing was decided. We tell you the next date when it is known.
outcome-means-unknown = How it ended is not known here yet.
outcome-deadline = The last day for an appeal, as far as we know: <b>{ $day }</b>. This is a rule of thumb, not legal advice: ask the lawyer for the exact day.
milestone-appeal =
    { $days ->
        [0] Today is the last day for an appeal: <b>{ $day }</b>.
        [one] An appeal can be made until <b>{ $day }</b>: { $days } day is left.
       *[other] An appeal can be made until <b>{ $day }</b>: { $days } days are left.
    }
    This is a rule of thumb, not legal advice: ask the lawyer for the exact day.
milestone-over = The time for an appeal ended on { $day }, as far as we know. A lawyer may still ask to restore it.
family-deadline = Last day for an appeal, as far as we know: { $day }
