button-digest = This week
button-digest-offer = Offer all again
digest-title = <b>This week</b>, of those you look after and those whom nobody does
digest-nothing = Nothing stands out. Everybody has somebody who writes.
digest-quiet =
    { $count ->
        [one] <b>A guardian fell silent</b>: three reminders without a tap, or nothing can be sent to them. It concerns { $count } person:
       *[other] <b>Guardians fell silent</b>: three reminders without a tap, or nothing can be sent to them. It concerns { $count } people:
    }
digest-unheard =
    { $count ->
        [one] <b>Not heard of for longer than usual</b> where they are held: { $count } person. Perhaps letters are held back, perhaps it is more. Nothing else is known; please ask the family or a lawyer:
       *[other] <b>Not heard of for longer than usual</b> where they are held: { $count } people. Perhaps letters are held back, perhaps it is more. Nothing else is known; please ask the families or lawyers:
    }
digest-nobodys =
    { $count ->
        [one] { $count } person is <b>without a Guardian</b>:
       *[other] { $count } people are <b>without a Guardian</b>:
    }
digest-line = – { $name }
digest-line-since = – { $name }, since { $day }
digest-more = … and { $count } more
digest-offered =
    { $count ->
        [0] All of them are being offered already.
        [one] { $count } person is offered again from now on.
       *[other] { $count } people are offered again from now on.
    }
told-desk-digest = The week's word about those you look after waits at your desk, under <b>This week</b>.
