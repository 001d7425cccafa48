button-back = Back
button-open = Open
button-keep-open = Keep open 30 minutes

cover-line = { $phrase }
push-today = { $phrase }. Today.
push-this-week = { $phrase }. This week.
push-when-you-have-time = { $phrase }. When you have time.

command-menu = The menu
command-help = Help
command-hide = Clear this chat
command-privacy = What is kept

hint-stale-button = That button no longer works. This is how things stand now.
hint-too-quick = That was very quick. Please wait a minute.
hint-use-buttons = Please use the buttons, or type /menu.
hint-only-words = Only words can be read here. What you sent has been deleted.

code-administrator = The code is yours: you are administrator and coordinator. Open the desk with Desk below, or type /desk. You will choose a PIN of six digits.
code-coordinator = The code is yours: you are a coordinator. Open the desk with Desk below, or type /desk. You will choose a PIN of six digits.
code-relative = The code is yours. A second coordinator still confirms that it is you; you will be told. Then you find under Family what we know, and the next dates.
code-redeemed = The code is yours. What it gives you is in the menu: /menu

error-refused = This is not possible. Nothing was changed.
error-not-for-you = There is nothing here for you. Perhaps it is gone.
error-code-unknown = This code is not known: used already, expired, or mistyped. Check it, or ask for a new one.
error-code-misspelt = If these are words from a coordinator, check the spelling. Otherwise please use the buttons, or type /menu.
error-too-many-codes = Too many wrong codes. Wait an hour, then try again.
error-guardians-full = There are { $limit } Guardians already, and that is enough. Please choose somebody else.
error-already-guardian = You stand by this person already, or your application is waiting.
error-too-many-prisoners = One person can stand by { $limit } people at most. Somebody has to be left before you take on another.
error-too-many-letters = You have reported { $limit } letters today. Thank you! Please report the next ones tomorrow.
error-nobody-to-suggest = There is nobody to suggest now in the languages you chose. Try other languages, or come back later.
error-no-longer-so = This has changed in the meantime. Look at how it stands now.
error-desk-closed = The desk is closed. Open it with your PIN.
error-pin-locked = Too many wrong PINs. Wait 15 minutes, then try again.
error-second-coordinator = One coordinator alone cannot do this: a hidden name stays hidden until a colleague agrees.
error-follows-enough = You follow { $limit } already; that is as many as one may. End one first.
error-doors-closed = This sitting is closed to the public now.
error-date-unclear = I cannot read this date. Write it like this: DD.MM.YYYY HH:MM
error-day-unclear = I cannot read this day. Write it like this: DD.MM.YYYY
error-date-too-far = This date is too far away to be kept here. Is the year right?
error-date-passed = This date has passed. A coming one is needed.
error-text-too-long = This is too long: { $limit } characters at most. Shorten it and send it again.
error-words-refused = These words will not do. 3 to 40 letters, no names, nothing that tells what this chat is.
error-contact-refused = This does not look right. Check it and type it again.
error-still-in-chat = Your message could not be deleted just now, so it was not looked at. It goes as soon as that is possible. Send the text once more in a while.
error-already-taken = This has been done already.
error-surprise = Something went wrong on our side, and nothing was changed. Try again. If it goes wrong once more, tell a coordinator this number: { $reference }
