# What stands on the sheet for the table of a letter evening, and what should be checked about an address.
paper-title = Letter evening
paper-letters =
    { $count ->
        [one] { $count } letter
       *[other] { $count } letters
    }
paper-stays-here = For the table only: this sheet goes into no envelope. Destroy it afterwards.
paper-good = Write about
paper-leave-out = Leave out
paper-language = In which language
paper-unknown = What we do not know

address-doubt-too-long = A line of the address is too long for the paper and was cut there. Write it by hand.
address-doubt-name-in-latin = We know the name in Latin letters only. Write it in Cyrillic.
address-doubt-in-latin = Part of the address is in Latin letters. Write it in Cyrillic.
address-doubt-no-street = Our source gives no street.
address-doubt-no-town = Our source gives no town.
address-doubt-no-postal-code = Our source gives no postal code.
address-doubt-odd-postal-code = The postal code looks wrong: six digits are needed, the first a 2.
address-doubt-code-of-another-town = Postal code and town do not seem to belong together. Check them.
address-doubt-long-ago = { guardian-address-long-ago }
address-doubt-never-verified = { guardian-address-never }

error-paper-not-made = The document could not be made just now, and nothing of it was kept. Try again.

# An envelope in the chat.
button-paper-envelope = Envelope
button-paper-dl = DL
button-paper-c5 = C5
button-paper-labels = Labels
button-paper-text = As text
button-paper-print = Print without it
paper-check = <b>Please check first</b>
paper-choose = Which envelope do you have? DL is for a sheet folded in three, C5 for one folded in two. Labels are a sheet of 24, 70 × 37 mm, to be stuck on or cut out.
paper-return =
    <b>A return address</b>, if you want one on it: type it now, in up to six lines.

    It is printed this once and kept nowhere. Your message is deleted at once; the paper goes from this chat after an hour. Whoever handles the letter can read it.
paper-by-hand = Write it in this order, in Cyrillic letters but for the country.
paper-caption = You may save and print this. The message deletes itself within an hour; a copy that you save does not, nor does what a printer remembers.
paper-sent = The paper stands below.

# A letter evening at the desk.
button-evening = Letter evening
button-evening-written = { $count } letters written
evening =
    <b>Letter evening</b>
    Paper for people who write at one table: a sheet with what to say and what to leave out, and an envelope each for those who are written to least. Only public names are on it.
evening-printed =
    { $count ->
        [one] On { $day } { $count } envelope was printed. Once the letter is on its way, tap below: it then counts for the person.
       *[other] On { $day } { $count } envelopes were printed. Once the letters are on their way, tap below: they then count for these people.
    }
evening-how-many = How many letters are you going to write?
evening-form =
    { $count ->
        [one] <b>{ $count } letter.</b> What do you print on?
       *[other] <b>{ $count } letters.</b> What do you print on?
    }
evening-caption = You may save and print this; destroy the first sheet afterwards. The message deletes itself within an hour, or when you lock your desk.
evening-sent =
    { $count ->
        [one] The paper stands below, for { $count } letter.
       *[other] The paper stands below, for { $count } letters.
    }
evening-fewer = There is nobody else with a public name to whom a letter can be sent without reservations.
evening-noted =
    { $count ->
        [one] { $count } letter is noted. Thank you all.
       *[other] { $count } letters are noted. Thank you all.
    }
error-nobody-to-write-to = There is nobody now with a public name to whom letters can be sent.
