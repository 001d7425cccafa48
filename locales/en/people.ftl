# People at the desk, what keeps them away, codes, and moving to another account.

button-desk-people = People
button-people-colleagues = Colleagues
button-people-codes = Codes
button-people-suspend = Suspend
button-people-custody = This person may be detained
button-people-custody-over = They are free
button-people-freeze = Freeze
button-codes-vouch = Vouch for a supporter
button-codes-revoke = Revoke
button-settings-account = Move to a new account
button-account-code = Make the code
button-account-copy = Copy the code

people-title = <b>People</b>
people-ask = Two words stand in for each person's name, the same for all coordinators. Type those by which you know somebody. There is no list of everybody.
people-found = <b>{ $typed }</b>
people-nobody = Nobody is called <b>{ $typed }</b>. Both words are needed, in any of the three languages.
people-colleagues-title = <b>Colleagues</b>
people-colleagues =
    { $count ->
        [one] { $count } coordinator
       *[other] { $count } coordinators
    }
people-called = <b>{ $pseudonym }</b>
people-since = With us since { $month }
people-roles = Roles: { $roles }
people-role-supporter = supporter
people-role-relative = relative
people-role-coordinator = coordinator
people-role-administrator = administrator
people-vouched = Vouched for by: { $by }
people-me = This is you.
people-by-host = the host
people-is-suspended = Suspended, by: { $by }. Two coordinators together can lift it.
people-is-frozen = Desk frozen until { $until }, by: { $by }. It ends by itself then; whoever runs the server can lift it sooner.
people-is-custody = May be detained, says: { $by }. Nothing is sent or shown. Another coordinator can take it back.
people-forged = These rights were changed by hand in the database. Nothing is possible for this person until whoever runs the server has seen to it.
people-suspended = Suspended. Nothing is sent any more, and nothing but their own data and the way out is open to them.
people-frozen = The desk is frozen for 24 hours. The colleagues are told.
people-flagged = Their chat is being emptied. Nothing is sent to it and nothing is shown in it until a colleague takes this back.
people-unflagged = Taken back. What waited and still helps goes out.

resting-text = What is yours stays yours: you can see what is kept about you, and you can leave.

codes-title = <b>Codes</b>
codes-stand =
    { $count ->
        [0] No code stands that somebody could redeem.
        [one] { $count } code stands that somebody could redeem.
       *[other] { $count } codes stand that somebody could redeem.
    }
codes-first-shown = The { $count } that end first are shown.
codes-label = { $kind }, until { $day }
codes-kind-administrator = Administrator
codes-kind-coordinator = Coordinator
codes-kind-relative = Relative
codes-kind-supporter = Supporter
codes-kind-guardian = Guardian who writes already
codes-one =
    <b>{ $kind }</b>

    Given by: { $by }
    Works until { $until }
codes-gone = This code has been redeemed or revoked, or its time is over.
codes-revoked = Revoked. It opens nothing any more.
codes-given =
    <b>A code for one supporter</b>

    <code>{ $words }</code>

    It works once, until { $until }. Give it only to somebody you know. It says that you vouch for them, and is not shown again.

account-text =
    <b>Move to a new account</b>

    You make a code here and type it to this bot from the new account. Then everything that is yours goes there, this chat is emptied, and this account is a stranger's.

    The code works once, within 48 hours. Who has it becomes you: show it to nobody.
account-code-text =
    <b>Your code</b>

    <code>{ $words }</code>

    Type it to this bot from the new account, until { $until }. It is not shown again.
account-code-gone = The code is not shown again. If it is lost, make another one.
code-moved = You are here now. The old chat is being emptied.
code-supporter = The code is yours: a coordinator vouches for you.

notices-restricted-suspended = <b>{ $pseudonym }</b> has been suspended. By: { $by }
notices-restricted-frozen = The desk of <b>{ $pseudonym }</b> is frozen for 24 hours. By: { $by }. If this is wrong, whoever runs the server can lift it.
notices-restricted-custody =
    <b>{ $pseudonym }</b> may be detained, says: { $by }

    Do not write to them. Think of who may be next, and close what they could open.
notices-restriction-over = What you were told of here is over.
notices-account-moved =
    <b>{ $pseudonym }</b>, a coordinator, goes on under another account.

    Ask them, not in this chat, whether it was them. If it was not, freeze their desk.
notices-rights-forged =
    <b>Somebody's rights or desk were changed by hand in the database.</b>

    What was changed gives nobody anything. A desk that was changed stays closed until its owner is given a new PIN. But whoever did it can write there. Talk to whoever runs the server, not in this chat.

error-resting = This is not possible for now.
error-desk-frozen = Your desk is closed for up to 24 hours: a colleague froze it. If this is wrong, talk to whoever runs the server.
error-already-restricted = This is so already.
error-frozen-today = You have frozen a desk within the last 24 hours. Another coordinator can freeze this one.
error-too-many-colleagues = You have said this of { $limit } colleagues within 24 hours. Another coordinator can say it of more.
error-freeze-instead = One coordinator alone does not suspend a colleague. Freeze the desk; then another coordinator can suspend.
error-another-must-lift = You said it yourself: another coordinator takes it back.
error-rights-forged = The rights of this person were changed by hand in the database. Whoever runs the server must see to it first.
error-account-in-use = This account is in use already. Type the code from a new one, or leave with it first.
