letter-check-english = The letter is in English. Letters in other languages than Belarusian and Russian are usually thrown away.
letter-check-polish = The letter is in Polish. Letters in other languages than Belarusian and Russian are usually thrown away.
letter-check-other-language = This does not look like Belarusian or Russian. Letters in other languages are usually thrown away.
letter-check-latin-script = The letter is in Latin letters. Write in Cyrillic: what the censor cannot read is thrown away.
letter-check-mixed-languages = A part of the letter is in another language. Because of it the whole letter may be thrown away.
letter-check-mixed-letters = Cyrillic and Latin letters stand in one word. In print that can look like a secret script; in handwriting nobody sees it.
letter-check-foreign-word = Foreign words and Latin letters raise the censor's questions. If you can, say it in Belarusian or Russian.

letter-check-politics = Politics and those in power: guides for letter writers advise leaving them out. Letters with them are easily held back.
letter-check-slogan = Slogans: guides for letter writers advise leaving them out. Letters with them are easily held back.
letter-check-freedom = Freedom and release: guides for letter writers advise leaving these words out. Say it in another way.
letter-check-fight = Fight and resistance: guides for letter writers advise leaving these words out.
letter-check-war = War and the army: leave them out, even if all the news is about nothing else.
letter-check-insult = Insults: the censor need not hand over a letter with these, whomever they are about.
letter-check-banned-body = Such names stand on lists of what is called extremist. They may harm the person in prison and you.
letter-check-case = The case, the court, the sentence: leave out the details. The letter is read by others before it arrives.
letter-check-answer-expected = This sounds as if you expect an answer. It may be impossible to answer, and then such words hurt. Write that no answer is needed.
letter-check-helpers = Words about chats, bots, activists: they show how letters come about. A letter from a person to a person is safer.

letter-check-emoji = Emoji and stickers: a censor may take them for secret signs. Put it in words.
letter-check-smiley = Smileys made of brackets: a censor may take them for secret signs. Put it in words.
letter-check-drawing = A drawing of signs: it may be taken for a secret script. It is known that letters with hearts drawn on them were destroyed.
letter-check-abbreviation = Abbreviations can look like secret writing. Write the words out.
letter-check-link = Addresses of sites and names in apps lead to you or to others. They are of no use in prison: leave them out.
letter-check-email = An e-mail address leads to you or to others. Leave it out.
letter-check-telephone = This looks like a telephone number. It leads to you or to others: leave it out.
letter-check-other-name = This looks like the name of somebody else. The censor reads it, too. Leave out surnames, unless it is somebody out of a book or a film.
letter-check-heavy = The letter is heavier than 20 grams: an ordinary stamp will not be enough. Ask at the post office, or make two letters of it.

letter-check-measure =
    { $sheets ->
        [0] There is nothing to weigh yet.
        [one] By hand it will be about one sheet on both sides, { $grams } g with the envelope.
       *[other] By hand it will be about { $sheets } sheets on both sides, { $grams } g with the envelope.
    }

button-letter-check = Check my letter
letter-check-ask =
    <b>{ $name }</b>
    Send the text of your letter here, as a message. You are told what a censor may stop and what could harm somebody. That is advice: you decide.
letter-check-promise =
    Your message is deleted from this chat before anybody looks at it, and nothing of it is kept. Telegram itself can read what you send: leave out what only the two of you may know.
    A long letter may come in several messages; each is checked by itself.
letter-check-only-typed = Only typed text can be checked: no photos, no files, nothing forwarded. What you sent was not looked at and is deleted. Type the letter, or paste it.
letter-checked-below = Your message is deleted. What there is to say about it stands below, for 10 minutes.
letter-checked-found = <b>Advice on your letter</b>
letter-checked-nothing = <b>Advice on your letter</b>: nothing was found that guides for letter writers advise against. That is no promise that it arrives.
letter-checked-grave = <b>Because of this a letter may be held back, or somebody harmed:</b>
letter-checked-light = <b>A small risk:</b>
letter-checked-note = <b>Good to know:</b>
letter-checked-words = <i>{ $words }</i>
letter-checked-end = You decide what stays in. Nothing of the letter is kept here, and this message goes in 10 minutes.
