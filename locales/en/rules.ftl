# Places, rule cards and risky words at the desk.

button-desk-facilities = Facilities
facilities-title = <b>Facilities</b>
facilities-ask = Type a name, a town or a code, or choose:
facilities-found = Found for “{ $typed }”:
facilities-none = Nothing is found for “{ $typed }”. Type something else.
button-page-back = ← Earlier
button-page-on = More →
button-risky-words = Risky words

facility-title = <b>{ $name }</b>
facility-address = { $address }
facility-source = Source: { $source }
facility-transit =
    { $days ->
        [one] A letter is under way for { $days } day.
       *[other] A letter is under way for { $days } days.
    }
facility-transit-unknown = How long a letter is under way is not known.
facility-choose = What may be sent there:
button-facility-cards =
    { $count ->
        [one] { $thing }: { $count } rule card
       *[other] { $thing }: { $count } rule cards
    }
button-all-facilities = All places

rule-thing-letter = letter
rule-thing-telegram = telegram
rule-thing-parcel = parcel
rule-thing-visit = visit
rule-thing-blank-paper = paper and envelopes in a letter
rule-thing-stickers = stickers in a letter
rule-thing-long-letter = long letter
rule-status-any = any
rule-writer-any = anybody
rule-writer-stranger = somebody they do not know
rule-writer-named = somebody on their list
rule-writer-relative = close family
rule-verdict-allowed = allowed
rule-verdict-discouraged = not advised
rule-verdict-impossible = not possible
rule-verdict-dangerous = dangerous

cards-title = <b>Rule cards: { $thing }</b>
cards-some = The narrower card counts. If two are equally narrow, the one that was checked later does.
cards-none = There is no card for this. It counts as not known.
card-label = { $verdict }: { $status } · { $writer } · { $place }
card-place-facility = here
card-place-kind = places like this
card-place-anywhere = anywhere
button-card-new = New card for this place
button-card-edit = Change
button-card-checked = Checked again today
button-card-withdraw = Take away
card-takes-two = Whatever you change holds once a colleague has agreed to it. So does “Checked again today”: a card that was checked later can outweigh another.
card-thing-is = What: { $thing }
card-status-is = Situation: { $status }
card-writer-is = Who sends it: { $writer }
card-verdict-is = Rule: <b>{ $verdict }</b>
card-where-facility = Where: { $place }
card-where-kind =
    Where: { $place ->
        [colony] every penal colony
        [colony-women] every penal colony for women
        [colony-liquidated] every colony that was closed
        [open-facility] every open correctional facility (“khimiya”)
        [sizo] every pre-trial detention centre (SIZO)
        [sizo-closed-site] every closed site of a pre-trial detention centre
        [sizo-and-prison] every pre-trial detention centre with a prison
        [prison] every prison
        [ivs] every temporary detention place (IVS)
       *[other] every place of the kind { $place }
    }
card-where-anywhere = Where: anywhere
card-advice-is = Advice: { $text }
card-advice-in = { $language }: { $text }
card-source-is = Source: { $text }
card-verified = Checked on { $day }.
card-never-verified = Nobody has checked this yet.
card-before = <b>Now</b>
card-after = <b>From now on</b>
card-goes = <b>This card is taken away.</b>

card-draft-title = <b>The card as it is to be</b>
card-nothing-yet = nothing yet
button-card-thing = What
button-card-status = Situation
button-card-writer = Who sends it
button-card-verdict = Rule
button-card-advice = Advice
button-card-source = Source
button-card-is-checked = ✓ I looked at the source today
button-card-is-not-checked = I did not look at the source today
button-card-propose = Ask a colleague
card-choose-thing = <b>What is it about?</b>
card-choose-status =
    <b>In which situation?</b>

    “Any” does not mean house arrest, home khimiya, or no contact: these need cards of their own.
card-choose-writer = <b>Who sends it?</b>
card-choose-verdict = <b>What holds there?</b>
card-type-advice =
    <b>Advice: { $language }</b>

    Write it for somebody who knows nothing of prisons: whole sentences, up to 500 characters, no names. The old advice goes in all languages; add the other languages here, too.
button-card-advice-language = { $language }
card-type-source =
    <b>Who says so?</b>

    A page and its date, or “telephone call to the facility” and the day. Up to 200 characters, no names.

risky-words-languages =
    <b>Risky words</b>

    Letters are looked through for them. In which language?
risky-words-reasons = <b>Why is the word on the list?</b>
risky-reason-politics = politics
risky-reason-slogan = slogans
risky-reason-freedom = freedom and release
risky-reason-fight = fight and resistance
risky-reason-war = war and army
risky-reason-insult = insults
risky-reason-banned-body = banned names
risky-reason-case = the case, the court
risky-reason-answer-expected = waiting for an answer
risky-reason-helpers = helpers, chats, bots
risky-list-title = <b>Risky words: { $reason }</b> ({ $count })
risky-list-add =
    To add a word, type it. Tap one to take it away.

    <code>~</code> after a stem means any ending, <code>*</code> anything at all, <code>№</code> a number, <code>_</code> up to two words between. A name begins with <code>=</code>.
risky-new-ask = A colleague will be asked to agree that it is added.
risky-new-alike = These begin alike and are on the list already. Is it needed beside them? Then a colleague will be asked to agree.
button-word-propose = Ask a colleague
risky-word-is =
    <b>{ $entry }</b>
    { $reason }
button-word-withdraw = Take away
risky-word-in = { $language }: <b>{ $entry }</b>
risky-word-before = Now: { $reason }
risky-word-after = From now on: { $reason }
risky-word-goes = This word is taken off the list.

request-is-rule-card = a rule card
request-is-risky-word = a risky word
request-rule-card = <b>A rule card is to be changed</b>
request-risky-word = <b>The list of risky words is to be changed</b>

told-desk-rules-forged =
    Somebody has changed a rule card or a risky word without the bot, in the database itself. It does not count: what is shown is what two coordinators agreed upon, or what came with the bot.

    Ask the operator who can get at the database.

error-entry-refused = The list cannot take this. Type a word, or up to six, with no other signs than ~ * № _ = and at least three letters before ~ and four before *.
error-card-incomplete = The card still lacks its rule, its advice or its source.
