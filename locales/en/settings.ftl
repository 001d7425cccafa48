button-settings-language = Language
button-settings-form = Form of address
button-settings-zone = Time zone
button-settings-hour = Hour
button-settings-quiet = Quiet hours
button-settings-reminders = Court reminders
button-reminder-7d-on = 7 days ahead: on
button-reminder-7d-off = 7 days ahead: off
button-reminder-1d-on = 1 day ahead: on
button-reminder-1d-off = 1 day ahead: off
button-reminder-3h-on = 3 hours ahead: on
button-reminder-3h-off = 3 hours ahead: off
button-settings-texts = Texts
button-settings-delete = Delete after
button-settings-phrase = Phrase
button-settings-contacts = Contact details
button-settings-another = Choose another

settings-text =
    <b>Settings</b>

    Language: { $language }
    Form of address: { $address }
    Time zone: { $zone }
    Hour of reminders: { $hour }
    Quiet hours: { $quiet }
    Court reminders: { $reminders }
    Texts: { $texts }
    Messages are deleted after: { settings-hours }
    Phrase: { $phrase }
    Contact details: { $contacts }
settings-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
settings-saved = Saved.
settings-language = Which language shall I use?
settings-form = How shall I address you? English has no such forms; Belarusian and Russian do.
settings-form-feminine = Feminine
settings-form-masculine = Masculine
settings-form-unsaid = Without gender
settings-zone = Which clock do you live by? The offsets are today's.
settings-hour = At what hour shall reminders come?
settings-quiet = When shall I be silent? Only what is urgent comes through.
settings-quiet-none = No quiet hours
settings-reminder-7d = 7 days ahead
settings-reminder-1d = 1 day ahead
settings-reminder-3h = 3 hours ahead
settings-reminders-none = none
settings-reminders =
    <b>Reminders of court dates</b>
    Tap one to turn it on or off. Three hours ahead in your quiet hours comes the day before instead.

    That a date is new, moved or cancelled is told always.
settings-texts =
    <b>Neutral:</b> a message shows only your phrase. The content opens at a tap and is covered again after 10 minutes.

    <b>Full:</b> names, dates and addresses stand in the message at once, on a locked screen too. Choose it only if nobody else sees your phone.
settings-texts-neutral = Neutral
settings-texts-full = Full
settings-delete = After how long shall my messages be deleted? This counts for those that stand here now, too.
settings-phrase =
    Your phrase: <b>{ $phrase }</b>

    My notices and covered screens open with it, so that you notice a look-alike. It can be seen on a locked screen.

    Choose another, or type your own: 3 to 40 letters, no names, nothing that tells what this chat is.

clock-of = { $city } time
zone-minsk = Minsk
zone-warsaw = Warsaw
zone-vilnius = Vilnius
zone-kyiv = Kyiv
zone-berlin = Berlin
zone-prague = Prague
zone-london = London
zone-istanbul = Istanbul
zone-tbilisi = Tbilisi
zone-yerevan = Yerevan
zone-new-york = New York
zone-los-angeles = Los Angeles

button-contacts-name = Name
button-contacts-phone = Phone
button-contacts-email = E-mail
button-contacts-post = Post
button-contacts-remove = Remove

contacts-text =
    <b>If this bot vanishes, how may we reach you?</b>

    Each is optional. It is kept encrypted, and you can remove it at any time. A coordinator sees it only for a reason and when a second one agrees, for a minute; where there is no second one, whoever runs the server decides.
contacts-nothing = Nothing is kept.
contacts-none = none
contacts-line = { $detail }: { $value }
contacts-name = name
contacts-phone = phone
contacts-email = e-mail
contacts-post = post
contacts-ask = Contact detail: <b>{ $detail }</b>. Nothing is kept. Type it, or go back.
contacts-kept =
    Contact detail: <b>{ $detail }</b>
    { $value }

    Type it anew, or remove it.
contacts-removed = Removed.
