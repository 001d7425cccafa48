button-newcomer-yes = Yes
button-newcomer-no = No
button-newcomer-unsaid = I'd rather not say
button-newcomer-continue = Continue
button-newcomer-look = Just look
button-newcomer-agree = I agree
button-newcomer-more = Read more
button-newcomer-clear = Clear this screen

newcomer-first = Choose a language.
newcomer-use-buttons = Please use the buttons.
newcomer-code-known = I have your code. First choose a language, then read what is kept, and agree: only then does the code work.
newcomer-where =
    <b>Do you live in Belarus?</b>

    Your answer is not stored.
newcomer-safer =
    <b>Safer for you</b>

    In Belarus people go to prison for helping political prisoners. It is safer if someone abroad, whom you trust, does this.

    You can also just look: nothing about you is kept then.
newcomer-notice =
    <b>Before we begin</b>

    If you agree, I keep your Telegram number, your settings and whom you write to. The number and what you type are encrypted.

    Telegram can read chats with bots, and it knows that you opened this one.

    If your phone may be searched, this chat can be found. My messages delete themselves, the chat's entry in the list does not. Screens from before you agree do not delete themselves: clear them with the button under each.

    Save this chat now. From then on start only from your saved chat, never from a link: there are look-alike bots.
newcomer-more =
    <b>Your phrase</b>
    When you agree you get a few harmless words. My notices and covered screens open with them. A notice without them is not mine.
newcomer-welcome = Your phrase: { $phrase }. My notices and covered screens open with it. A notice without it is not mine.

button-look-people = Public prisoners
button-look-places = Addresses
button-look-advice = How to write
button-look-address = Address
button-look-copy = Copy address
button-look-earlier = Earlier
button-look-next = Next

look-home =
    <b>Just look</b>

    Nothing about you is kept here. Clear this screen when you are done.
look-people =
    <b>Public prisoners</b>

    Only those whose names may be public.
look-people-none = There is nobody to show here.
look-one-name = <b>{ $name }</b>
look-one-place = Where: { $place }
look-one-place-unknown = Where: we do not know
look-one-since = Since: { $day }
look-one-since-unknown = Since when: we do not know
look-one-interests = Likes: { $interests }
look-places = <b>Addresses</b>
look-places-none = There are no addresses here.
look-place =
    <b>{ $name }</b>

    <code>{ $address }</code>

    First write the prisoner's name and surname above it.
look-place-checked = Checked on { $day }.
look-place-stale = Not verified since { $day }. Check it before you send.
look-place-never = Not verified by us. Check it before you send.
look-place-latin = Our source gives it in Latin letters. On the envelope all but the country is written in Cyrillic.
look-place-source = Source: { $source }
look-advice =
    <b>How to write</b>

    { advice-language }

    { guardian-say }

    { guardian-avoid }

    <b>{ paper-unknown }:</b> { advice-unknown }
