# What stands on the sheet for the table of a letter evening, and what should be checked about an address.
paper-title = Letter evening
paper-letters =
    { $count ->
        [one] { $count } letter
       *[other] { $count } letters
    }
paper-stays-here = For the table only: this sheet goes into no envelope. Destroy it afterwards.
paper-good = Write about
paper-leave-out = Leave out
paper-language = In which language
paper-unknown = What we do not know

address-doubt-too-long = A line of the address is too long for the paper and was cut there. Write it by hand.
address-doubt-name-in-latin = We know the name in Latin letters only. Write it in Cyrillic.
address-doubt-in-latin = Part of the address is in Latin letters. Write it in Cyrillic.
address-doubt-no-street = Our source gives no street.
address-doubt-no-town = Our source gives no town.
address-doubt-no-postal-code = Our source gives no postal code.
address-doubt-odd-postal-code = The postal code looks wrong: six digits are needed, the first a 2.
address-doubt-code-of-another-town = Postal code and town do not seem to belong together. Check them.
address-doubt-long-ago = { guardian-address-long-ago }
address-doubt-never-verified = { guardian-address-never }

error-paper-not-made = The document could not be made just now, and nothing of it was kept. Try again.
