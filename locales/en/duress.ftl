# The desk: its PINs, sealing, drafts, and what a decoy desk shows.

# Both PINs, help and sealing at the desk.

button-desk-settings = Desk settings
button-desk-help = Help
button-desk-seal = Seal everything
button-desk-seal-yes = Yes, seal everything
button-desk-pin-forgotten = I forgot my PIN
button-desk-tell-colleagues = Tell my colleagues
button-desk-change-pin = Change the PIN
button-desk-duress-pin = Set a duress PIN
button-desk-keys-at-random = Keys in random order
button-desk-keys-in-order = Keys in the usual order
button-desk-go-on = Go on
button-desk-forget = Forget
button-desk-copy = Copy

desk-pin-will-not-do = These digits will not do: easy to guess, or in use at this desk. Choose others.
desk-pin-by-keys = Use the keys for the PIN. What you typed has been deleted and is not kept.
desk-pin-present =
    <b>Your present PIN</b>

    It is asked for before you choose another.
desk-pin-new =
    <b>Choose another PIN of six digits</b>

    The keys show nothing while you type; then OK.
desk-pin-duress =
    <b>Choose a duress PIN of six digits</b>

    It opens a desk with nothing on it, ends your rights and warns the others. It replaces the one before, if there was one.
desk-pin-forgotten =
    <b>A new PIN</b>

    Nobody can look up your PIN. A colleague who is sure that it is you asks for a new one, and the administrator agrees. After that you choose a new PIN here, and a new duress PIN at the desk.

    The colleagues can be told now that you need this.
desk-pin-forgotten-administrator =
    <b>A new PIN</b>

    Nobody can look up your PIN. A colleague who is sure that it is you asks for a new one, and tells you the number of the request. Another administrator agrees to it, or you yourself on the server: <code>poruch approve NUMBER</code>. After that you choose a new PIN here, and a new duress PIN at the desk.

    The colleagues can be told now that you need this.
desk-colleagues-told = Your colleagues are told. One of them will call you.

desk-settings =
    <b>Desk settings</b>

    Keys: { $order }

    A duress PIN can be set or replaced at any time. Nobody can see here whether there is one.
desk-keys-shuffled = in another order each time
desk-keys-as-usual = in the usual order

desk-help =
    <b>How the desk protects others</b>

    <b>PIN.</b> The keypad opens with your phrase: where it does not, type nothing. The desk closes by itself 5 minutes after your last tap or message, and at once with Lock or /lock. After five wrong PINs the keypad rests for 15 minutes, and the others are told.

    <b>Duress PIN.</b> Set one in Desk settings, and practise it. If somebody forces you to open the desk, type it instead of your PIN. A believable desk opens: public names, an empty inbox. Nothing done there has any effect. Your rights end at once, and the others are warned. From then on your own PIN opens that desk, too. When you are safe, two colleagues make you a coordinator anew.

    <b>Seal everything.</b> The program forgets its keys. Everybody gets one neutral line until the administrator opens it again.

    <b>Half-finished work</b> stays sealed for 24 hours and is offered again. What you type to a closed desk is deleted here and kept in the same way.

desk-seal-ask =
    <b>Seal everything?</b>

    The program forgets its keys at once, for everybody. What is due waits. Only the administrator opens it again, on the server.
desk-sealing = Everything is being sealed.

# What was begun.

desk-words-kept = The desk has closed. What you typed is kept sealed, and offered again after the PIN.
desk-nothing-begun = Nothing is left unfinished.
desk-begun-typed =
    <b>You typed this while the desk was closed:</b>

    <blockquote>{ $words }</blockquote>
desk-begun-hearing = <b>You were in the middle of adding a hearing.</b>
desk-begun-hearing-move = <b>You were in the middle of moving a hearing.</b>
desk-begun-rule-card = <b>You were in the middle of changing a rule card.</b>

decoy-nothing = There is nothing here.

notices-duress =
    <b>{ $pseudonym }</b> was forced to open the desk. Their rights have ended; what can be seen there is made up or public.

    Do not write or call. Think who could be next, what they knew, and which messages stand on that phone. When they are safe, two of you make them a coordinator anew.
notices-duress-over = The colleague about whom you were warned here is back.
notices-duress-left = A colleague was forced to open the desk, and has been erased here since. Believe nothing that now comes in their name.
notices-pin-wrong =
    Five wrong PINs were typed at the desk of <b>{ $pseudonym }</b>. The keypad there rests for 15 minutes.

    Call them on a number you know. If you are not sure that it is them, freeze their desk.
notices-pin-forgotten =
    <b>{ $pseudonym }</b> needs a new PIN.

    Call them back on a number you know, and be sure who it is. Then ask for a new PIN at your desk; the administrator has to agree.
notices-person-left = The person of whom this told you has left.
