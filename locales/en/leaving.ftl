leaving-ask =
    <b>Erase everything about you?</b>

    Your number, phrase, contact details, settings and rights, whom you write to, and my messages here. It cannot be undone.

    It is unreadable here at once, and in every copy after seven days. Letters you reported stay as numbers, without you. This chat's entry in your list stays: delete it yourself.
button-leaving-erase = Erase everything
button-menu-erase = Erase everything about me
leaving-done = Everything about you is erased.
