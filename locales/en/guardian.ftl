guardian-mine = <b>The people you stand by</b>
guardian-mine-waiting = { $name }: your application is waiting.
guardian-mine-none = You do not write to anybody at the moment.

guardian-name = <b>{ $name }</b>
guardian-place = { $place }
guardian-place-since = { $place }. Known since { $day }.
guardian-place-unknown = The place is not known.
guardian-promise = A letter every { $weeks } weeks.
guardian-letters-fates = Answered: { $answered }. Came back: { $returned }.
guardian-letters =
    { $count ->
        [0] No letters so far.
       *[other] Letters so far: { $count }.
    }
guardian-next-reminder = The next reminder comes on { $moment }.
guardian-no-reminder = No reminder is planned.
guardian-silent =
    <b>{ $name }</b>
    Please do not write for now. A coordinator will get in touch with you.
guardian-noted = Letter { $number } is noted. Thank you.
button-guardian-wrote = I wrote
button-guardian-address = Address and advice
button-guardian-step-down = Step down
button-guardian-copy = Copy address

guardian-envelope = <code>{ $envelope }</code>
guardian-address-checked = The address was checked on { $day }.
guardian-address-long-ago = The address was last checked on { $day }, more than 180 days ago: it may be out of date.
guardian-address-never = Nobody has verified this address yet: it may be out of date.
guardian-in-latin = Our source has parts of it in Latin letters. On the envelope everything but the country must be in Cyrillic.
guardian-source = Source of the address: <code>{ $source }</code>
guardian-no-place = We do not know where this person is held, so there is no address yet.
guardian-place-closed = { $place }: this place is closed, mail must not be sent there. We do not know the new place yet.
guardian-name-hidden = { $place }. The full address stays with the coordinators: the name is not shown here.

advice-language = Write in Belarusian or Russian only: letters in other languages are thrown away. A censor reads them all.
advice-good = your ordinary life, hobbies, nature, films, books, riddles, news of your town. Ask how they are.
advice-no-answer = Do not hint that you expect an answer.
advice-leave-out = politics and slogans, the words freedom and fight, the war, the case, insults, abbreviations, foreign words, hints and metaphors, drawn hearts, emoji and stickers, personal data, names of organisations.
advice-source = Gathered from guides and reports of human-rights groups, 2022 to 2025. Not checked since.
advice-unknown = whether your letter arrives. Many do not; after a sentence often only those of close relatives do. Whether blank paper and envelopes may be put in differs from place to place.
guardian-say = <b>{ paper-good }:</b> { advice-good } { advice-no-answer }
guardian-avoid =
    <b>{ paper-leave-out }:</b> { advice-leave-out }
    { advice-source }

guardian-step-down-ask =
    <b>{ $name }</b>
    You can stop now. Nothing more comes about this person, and somebody else is found. Is that what you want?
guardian-stepped-down = It is done. Thank you for every letter.

guardian-application =
    <b>{ $name }</b>
    Your application of { $day } is waiting. An answer usually comes within 3 days.
button-guardian-withdraw = Withdraw
guardian-withdraw-ask =
    <b>{ $name }</b>
    Take your application back?
guardian-withdrawn = Your application is withdrawn.
