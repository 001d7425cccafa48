# Whom a coordinator looks after.

button-portfolio-take = Take
button-portfolio-leave = Leave to others
button-portfolio-pass-on = Pass on

portfolio-own =
    { $count ->
        [one] You look after { $count } person:
       *[other] You look after { $count } people:
    }
portfolio-own-more = The first { $count } are shown; type a name to find the others.
portfolio-is-mine = You look after this person.
portfolio-is-colleagues = Looked after by: { $names }
portfolio-is-everybodys = No coordinator has taken this person yet, so all of them look after them.
portfolio-taken = Noted: this person comes first in your lists now.
portfolio-left = Noted: you no longer look after this person.
portfolio-passed-on = Passed on. Your colleague is told.
portfolio-to-whom =
    <b>{ $name }</b>

    Which colleague looks after this person from now on?
portfolio-nobody-else =
    <b>{ $name }</b>

    There is no other coordinator to whom you could pass this person on.

# The one note about a prisoner.

button-note = Note
button-note-renew = Keep 90 more days
button-note-remove = Remove the note

note-title = <b>Note: { $name }</b>
note-on-card = Note of the coordinators:
note-shown = <blockquote>{ $text }</blockquote>
note-until = The note goes by itself on { $day }.
note-type = Type a note, { $limit } characters at most; it takes the place of any other. All coordinators read it. Name no helper and no family in it.
note-written = The note is kept for 90 days.
note-renewed = The note is kept for 90 days from today.
note-removed = The note is gone.
