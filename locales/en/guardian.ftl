guardian-mine = <b>The people you stand by</b>
guardian-mine-waiting = { $name }: your application is waiting.
guardian-mine-none = You do not write to anybody yet.

guardian-name = <b>{ $name }</b>
guardian-place = { $place }
guardian-place-since = { $place }. Known since { $day }.
guardian-place-unknown = The place is not known.
guardian-promise = A letter every { $weeks } weeks.
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

guardian-post-anybody = <b>What is possible:</b> before the sentence anybody may write, as much as they like. A censor reads it all, and some letters are held back. Sources: Mediazona, July 2023, on the law; Viasna, since 2022, on how it is done.
guardian-post-relatives = <b>What is possible:</b> after the sentence letters are handed over only from close relatives named in the file; those of others are mostly held back. Sometimes they are given out on release, and then they matter. Sources: Viasna, since 2022; PEN.
guardian-post-open = <b>What is possible:</b> in an open facility people may have a telephone and the internet, so no letter to a prison is needed. Ask a coordinator what is safe here. Sources: Our House and The Village; Mediazona, May 2024. Not checked since.
guardian-post-home = <b>What is possible:</b> this person is at home, under curfew and police checks. No letters to a prison. Contact may put them in danger: please do nothing on your own, ask a coordinator. Source: Nasha Niva. Not checked since.
guardian-post-silent = <b>What is possible:</b> this person is held without any contact. Mail may not arrive. Source: Libereco, August 2025.
guardian-post-unknown = <b>What is possible:</b> we have no source that says whether letters arrive there. Mail may not arrive.
guardian-post-none = This person is no longer behind bars. Please do not write to the old address.

guardian-language = Write in Belarusian or Russian only: letters in other languages are thrown away.
guardian-say = <b>Write about</b> your ordinary life, hobbies, nature, films, books, riddles, news of your town. Ask how they are. Do not hint that you expect an answer.
guardian-avoid =
    <b>Leave out</b> politics and slogans, the words freedom and fight, the war, the case, insults, abbreviations, foreign words, hints and metaphors, drawn hearts, emoji and stickers, personal data, names of organisations.
    Source: writing guides of 2023–2025. They disagree about blank paper, stickers and length.

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
