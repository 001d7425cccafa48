# What takes two coordinators: asked with a reason, decided by a colleague, opened once.

button-requests = Requests of colleagues
requests-title = <b>What takes two</b>
requests-wait =
    { $count ->
        [one] { $count } request of a colleague
       *[other] { $count } requests of colleagues
    }
requests-ready =
    { $count ->
        [one] { $count } request of yours is ready to be opened
       *[other] { $count } requests of yours are ready to be opened
    }
requests-none = No request of a colleague waits for you.
requests-mine = Your own requests: { $count }
request-label-theirs = { $asker }: { $what }
request-label-mine = You: { $what }
request-label-ready = Ready: { $what }
request-is-contact = contact details
request-is-kinship = a relative
request-is-name = a hidden name
request-is-publicity = who may see a name
request-is-role = a new coordinator
request-is-new-pin = a new PIN
request-is-unsuspend = letting somebody in again

request-contact = <b>Contact details of { $person }</b>
request-kinship =
    <b>Is { $person } family of { $prisoner }?</b>
    Once confirmed, this person is told what only family is told.
request-name = <b>The hidden name of { $prisoner }</b>
request-publicity = <b>{ $prisoner }: the name is to be seen by { $wish }</b>
request-role =
    <b>A code for a new coordinator</b>
    Who gets it sees the register and the inbox.
request-unsuspend = <b>Let { $person } in again?</b>
request-new-pin =
    <b>A new PIN for { $person }</b>
    Call them back first, on a number you know: whoever holds their phone could ask as well.
request-asker = Asked by { $asker }
request-why =
    Reason:
    <blockquote>{ $why }</blockquote>
request-redeemed = The five words for a relative were redeemed. Call back before you confirm.
request-decide = Decide by { $until }. If you are not sure, ask your colleague in person, or decline.
request-waits =
    It waits for a colleague until { $until }.
    Is there no other coordinator? The operator can approve it: <code>poruch approve { $number }</code>
request-approved =
    Approved. You can open it once, until { $until }. Number: { $number }
    What you see then is gone after a short time and is not shown again. Have a look around you first.

button-request-approve = Approve
button-request-decline = Decline
button-request-withdraw = Withdraw
button-request-open = Open it once
button-request-name = Ask for the name
button-request-contact = Contact details
button-request-unsuspend = Ask to lift the suspension
button-request-new-pin = They forgot their PIN
button-request-role = Ask for a coordinator's code
button-request-copy-code = Copy the code

request-ask-reason =
    <b>A colleague has to agree</b>

    Type the reason, in 2 to 200 characters. Your colleague reads it, and nobody else. Write no name into it.
request-was-approved = Agreed to: { $what }.
request-was-declined = Declined: { $what }.
request-asked = Asked. Your colleagues are told; you are told when one has decided.
request-you-approved = Approved. Your colleague is told.
request-you-declined = Declined. Your colleague is told, without a reason.
request-you-withdrew = Your request is withdrawn.
request-shown-once = It stands in the message below, for a short time and only once.
request-nothing-left = This person has left no contact details. It does not count as one of your five a day.

revealed-goes = This message is gone after a minute.
revealed-line = { $what }: { $value }
revealed-name = Name
revealed-phone = Phone
revealed-email = E-mail
revealed-post = Post
revealed-be = In Belarusian
revealed-ru = In Russian
revealed-en = In English
revealed-code =
    <code>{ $code }</code>
    It makes one person a coordinator, once, within 48 hours. Give it in person. This message is gone after ten minutes.

notices-request-waiting = A colleague asks for something that takes two. It is in the inbox of the desk.
notices-request-decided = A colleague has decided on your request. If something is still to be done, it is in the inbox of the desk.

button-desk-unconfirmed = Relatives to confirm
desk-unconfirmed-relatives =
    <b>{ $name }: relatives to confirm</b>

    They came with five words and are told nothing yet. Choose one to ask a colleague for a second look.

error-reason-refused = Please say in a few words why: 2 to 200 characters.
error-too-many-requests = { $limit } of your requests wait already. Withdraw one, or wait until a colleague has decided.
error-too-many-reveals = You have opened the contact details of { $limit } people within a day. That is as many as one may; please wait.
