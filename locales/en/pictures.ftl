# What stands in pictures, and the calendar of a month.

button-picture = Picture
button-month = Calendar
button-month-before = ‹ { $month }
button-month-after = { $month } ›
picture-coverage-caption = Numbers only, without names. It goes after ten minutes.
picture-month-caption = The numbers are those of the list above. It goes after ten minutes.
picture-coverage = Coverage
picture-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
picture-guardians = Guardians
picture-guardians-nobody = no Guardian
picture-guardians-one = one
picture-guardians-two = two
picture-guardians-three = three or more
picture-letter = The last letter we know of
picture-letter-weeks = within 2 weeks
picture-letter-month = within a month
picture-letter-months = within 3 months
picture-letter-longer = longer ago
picture-letter-never = none is known
picture-weeks = Letters per week
picture-letters =
    { $count ->
        [one] { $count } letter in half a year
       *[other] { $count } letters in half a year
    }
picture-running = this week so far
picture-sittings =
    { $count ->
        [0] No hearings
        [one] { $count } hearing
       *[other] { $count } hearings
    }
picture-today = today
picture-numbers = hearings, by their numbers in the list
month-title = <b>Hearings: { $month }</b>
month-none = We know of no hearing in this month.
month-line = <b>{ $number }</b> · { $when } · { $name }
month-line-yours = <b>{ $number }</b> · { $when } ({ $yours } your time) · { $name }
