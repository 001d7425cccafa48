# What may be sent to somebody today, who says so, and how far that can be relied on.
post-of-letter = Letters
post-of-telegram = Telegrams
post-of-parcel = Parcels
post-of-visit = Visits
post-of-blank-paper = Blank paper
post-of-stickers = Stickers and scent
post-of-long-letter = A long letter
post-allowed = possible
post-discouraged = with reservations
post-impossible = not possible
post-dangerous = dangerous, please do not
post-verdict = { $thing }: { $verdict }.
post-advice = { $advice }
post-disagree = Sources disagree. Please keep to the more careful one.
post-source-checked = Source: <code>{ $source }</code>. Checked on { $day }.
post-source-long-ago = Source: <code>{ $source }</code>. Last checked on { $day }, more than 180 days ago: it may no longer be so.
post-source = Source: <code>{ $source }</code>.
post-never = Nobody has checked this yet.
post-none-checked = Nobody has checked yet what is said here of what is possible: it is as the sources say it.
post-letter-unknown = <b>Letters:</b> we have no source that says whether they arrive there. They may not arrive.
post-in-letter = <b>In the letter:</b>
post-abroad = <b>From abroad:</b> { $advice }
button-post-abroad = I write from abroad
post-free = This person is no longer behind bars. Please do not write to the old address.
post-dead = Nothing is sent to this person any more.
post-silenced = Please do not write for now.
guardian-no-reminder-impossible = No reminder is planned: as far as we know, a letter is not possible there now or would do harm.

notices-letter-impossible =
    <b>{ $name }</b>
    You are not reminded to write for now: as far as we know, a letter does not arrive there or would do harm. It is nothing you did, and your promise stands. When this changes, you will hear of it.
notices-letter-not-asked = You are not reminded to write for now. It is nothing you did, and your promise stands. When this changes, you will hear of it.
notices-letter-possible =
    <b>{ $name }</b>
    You are reminded to write again: we know of nothing now that makes a letter impossible.
button-family-possible = What is possible: { $name }
