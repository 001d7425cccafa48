leaving-ask =
    <b>Erase everything about you?</b>

    Your number, phrase, contact details, settings and rights, whom you write to, and my messages here. It cannot be undone.

    Letters you reported stay as numbers, without you. Older copies on other disks may still be read by whoever holds them and the key. This chat's entry in your list stays: delete it yourself.
button-leaving-erase = Erase everything
button-menu-erase = Erase everything about me
leaving-done = Everything about you is erased.
