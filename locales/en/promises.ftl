promises-letter = Letter { $number }, { $day }
promises-answer-which = <b>{ $name }</b> answered! To which of your letters? If you cannot tell, that is fine.
promises-answer-noted = Noted. How good to hear. If you like, write back soon.
promises-back-which = <b>{ $name }</b>: which letter came back?
promises-back-no-letters = <b>{ $name }</b>: first tap “I wrote” once a letter is on its way; then you can say that it came back.
promises-back-none = <b>{ $name }</b>: every letter you told us of has its answer, or was noted as come back.
promises-back-noted = Noted. A letter that comes back says something too: the coordinators see only a number, without your name.
promises-pause = <b>{ $name }</b>: for how long? No reminders to write come meanwhile; news and court dates still do.
promises-paused = Noted. Rest well.
promises-resumed = Welcome back.
button-promises-answer = An answer came
button-promises-back = It came back
button-promises-which-unknown = I cannot tell
button-promises-pause = Pause
button-promises-pause-weeks =
    { $weeks ->
        [one] { $weeks } week
       *[other] { $weeks } weeks
    }
button-promises-pause-open = Until I say so
button-promises-resume = Go on
guardian-paused = Paused. You are not reminded to write until you say so.
guardian-paused-until = Paused until { $day }.
notices-letter-pause = The last reminders stayed without a tap. That happens. Shall we pause for a while?
notices-handed-over =
    Somebody else writes now to one of those you stood by, so this promise of yours is over.

    Thank you for every letter. Whenever you can write again, there is somebody who waits for one.
