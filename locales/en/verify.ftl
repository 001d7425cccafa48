# Is this bot real, is this coordinator.

button-verify = Is this real?

verify-bot =
    <b>Is this bot real?</b>
    Ours opens its notices and covered screens with your phrase: <b>{ $phrase }</b>. A look-alike does not know it; whoever can read this chat does, and that is Telegram, too.
verify-account = The name above this chat must be <code>@{ $username }</code>. Our number is { $number }: compare it with what a coordinator told you, not with what another bot says.
verify-forward = Our messages cannot be forwarded. If you doubt one, forward it to me now: I look only at where it comes from, and it is deleted at once.
verify-coordinator =
    <b>Is this coordinator real?</b>
    Ask them for today's three words, and type these here. Whoever cannot name them at once: hang up.

verify-not-ours = This is not ours: our messages cannot be forwarded. Do nothing it asks for, open nothing in it, and block whoever sent it.
verify-our-file = Telegram says that this file was sent from this chat's account: it is ours.
verify-under-our-name = This was sent from our account, but ours cannot be forwarded. Do nothing it asks for, and tell a coordinator by another way: somebody else may be writing under our name.
verify-no-word = Not yes, not no: a coordinator's word is three words from our list. Check what you typed.
verify-word-is-ours = <b>Yes.</b> A coordinator of ours made these three words within the last day.
verify-word-unknown = <b>No.</b> None of our coordinators made these words within the last day. Check the spelling; if it is right, hang up.

# A coordinator's word.

button-desk-word-make = A word for a call
word-shown =
    <b>Three words for a call</b>

    <code>{ $words }</code>

    Say them to whomever you call: typed under /verify they show that you are a coordinator. They open nothing.
    They work until { $until }, for everybody whom you tell.

    You see them only now. Back takes them away.
word-gone = The words were shown once and are not shown again. They stay good; make others if you no longer know them.

# What coordinators are told.

told-desk-wrong-codes =
    Many accounts have typed wrong codes within one hour: somebody may be trying to guess one.

    Each account has five tries an hour, and nobody else notices anything. Look at home whether a code of yours could be in other hands; make a new one if you are not sure.
told-desk-group =
    Somebody brought this bot into a group or a channel. It left at once and said nothing there.

    If it was one of you: this bot talks to each person alone.
told-desk-profile =
    What Telegram shows of this bot has changed: its name, its description or its list of commands.

    If none of you did it, somebody else has the key to this bot. Tell the administrator, not through this bot.
told-desk-alarm =
    For a while somebody else seemed to have the key to this bot, and nothing was sent. The administrator has looked at it and lets it go on.

    What stood in chats in that time may have been read. If anybody was asked for something odd, it was not us.
told-desk-passed-on = A colleague has passed somebody on to you. You find them under Prisoners, on your desk.

error-too-busy = Too many at once just now. Wait a few seconds, then try again.
