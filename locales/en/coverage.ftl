# How people are written to, as the desk sees it.

button-coverage = Coverage
button-coverage-own = Only mine
button-coverage-all = All
button-coverage-list = List
button-coverage-places = Places
coverage-own =
    { $count ->
        [one] <b>Coverage</b>: { $count } person you look after
       *[other] <b>Coverage</b>: { $count } people you look after
    }
coverage-all =
    { $count ->
        [one] <b>Coverage</b>: { $count } person who can be written to
       *[other] <b>Coverage</b>: { $count } people who can be written to
    }
coverage-empty = There is nobody here who can be written to.
coverage-bar-nobody = { $bar } { $count } – no Guardian
coverage-bar-one = { $bar } { $count } – one Guardian
coverage-bar-two = { $bar } { $count } – two Guardians
coverage-bar-three = { $bar } { $count } – three or more
coverage-silence = <b>The last letter we know of</b>
coverage-bar-weeks = { $bar } { $count } – within two weeks
coverage-bar-month = { $bar } { $count } – within a month
coverage-bar-months = { $bar } { $count } – within three months
coverage-bar-longer = { $bar } { $count } – longer ago
coverage-bar-never = { $bar } { $count } – none is known
coverage-list-title = <b>Fewest Guardians first</b>; of those, whoever has waited longest for a letter
coverage-line =
    – { $name } · { $guardians ->
        [0] no Guardian
        [one] { $guardians } Guardian
       *[other] { $guardians } Guardians
    }
coverage-no-letter = no letter is known
coverage-days =
    { $days ->
        [0] last letter today
        [one] last letter { $days } day ago
       *[other] last letter { $days } days ago
    }
coverage-places-title = <b>By place</b>, those first where most have no Guardian
coverage-place = <b>{ $name }</b>
coverage-no-place = Place not known
coverage-at-place = { $bar } without a Guardian: { $nobodys } of { $people }
