"""Every screen by its name: the room that draws it, and the action one must be allowed to see it.

What is known of all screens is known here, without loading the rooms.
"""

from solidarity.access import is_at_desk, named

# By room, which is a module below handlers: an action, and the names of the screens that it shows.
ROOMS: dict[str, dict[str, str]] = {
    "account": {"settings": "account account-code"},
    "adopting": {
        "adopt": "adopt-languages adopt-rhythm adopt-person adopt-why adopt-promise",
        "guardianship": "application-sent",
    },
    "attending": {"court": "attend"},
    "broadcast_notice": {"broadcast": "broadcast"},
    "contacts": {"settings": "contacts contact"},
    "coordinator.applications": {"desk": "inbox", "desk.applications": "desk-application ask-applicant"},
    "coordinator.broadcast_audience": {
        "desk.broadcasts": (
            "broadcast-audience broadcast-by-role broadcast-by-language broadcast-by-prisoner "
            "broadcast-by-facility broadcast-by-hearing broadcast-by-city"
        ),
    },
    "coordinator.broadcast_begin": {
        "desk.broadcasts": "broadcast-kinds broadcast-about broadcast-about-hearing",
    },
    "coordinator.broadcast_draft": {"desk.broadcasts": "broadcast-draft broadcast-reason"},
    "coordinator.broadcast_parts": {
        "desk.broadcasts": (
            "broadcast-evening broadcast-words broadcast-missing broadcast-urgent broadcast-later"
        ),
    },
    "coordinator.broadcast_preview": {"desk.broadcasts": "broadcast-preview"},
    "coordinator.broadcasts": {
        "desk.broadcasts": "broadcasts broadcast-report broadcast-stop broadcast-take-back",
    },
    "coordinator.codes": {"desk.codes": "codes code code-given"},
    "coordinator.coverage": {"desk.prisoners": "coverage coverage-list coverage-places"},
    "coordinator.desk": {"desk": "desk desk-help", "desk.seal": "desk-seal"},
    "coordinator.desk_news": {
        "desk.told": "desk-duress desk-pin-wrong desk-pin-forgotten desk-restricted desk-account-moved",
        "rights-notice": "desk-rights-forged",
    },
    "coordinator.desk_settings": {"desk.settings": "desk-settings pin-new pin-duress"},
    "coordinator.digest": {"desk.prisoners": "digest"},
    "coordinator.drafts": {"desk": "interrupted"},
    "coordinator.evening": {"desk.evening": "evening evening-form"},
    "coordinator.facilities": {"desk.facilities": "facilities facility"},
    "coordinator.families": {"desk.prisoners": "families spoken"},
    "coordinator.hearing_details": {"desk.hearings": "hearing-details hearing-detail hearing-second-source"},
    "coordinator.hearing_months": {"desk.hearings": "hearings-month"},
    "coordinator.hearings": {
        "desk.hearings": (
            "hearings hearings-past hearing hearing-move hearing-move-time hearing-move-check hearing-cancel"
        ),
    },
    "coordinator.inviting": {"desk.invite": "invite invitation"},
    "coordinator.keypad": {"desk.open": "keypad pin-forgotten", "desk.settings": "pin-present"},
    "coordinator.new_hearing": {
        "desk.hearings": "hearing-prisoner hearing-date hearing-time hearing-court hearing-check",
    },
    "coordinator.notes": {"desk.note": "note"},
    "coordinator.outcome": {
        "desk.hearings": "hearing-outcome hearing-outcome-check",
        "desk.register": "hearing-status",
    },
    "coordinator.people": {"desk.people": "people colleagues person"},
    "coordinator.portfolio": {"desk.portfolio": "pass-on"},
    "coordinator.prisoners": {
        "desk.prisoners": "prisoners prisoner publicity",
        "desk.invite": "unconfirmed",
    },
    "coordinator.register": {"desk.register": "register difference"},
    "coordinator.requests": {"desk.asked": "requests request request-words", "desk.ask": "request-reason"},
    "coordinator.risky_words": {
        "desk.facilities": "risky-words risky-word",
        "desk.rules": "risky-list risky-new",
    },
    "coordinator.rule_cards": {
        "desk.facilities": "cards card",
        "desk.rules": "card-draft card-choose card-advice card-source",
    },
    "coordinator.told": {
        "desk.told": (
            "desk-wrong-codes desk-group desk-profile desk-alarm desk-rules-forged "
            "application-waiting application-answered desk-digest desk-family-waits desk-passed-on "
            "desk-request-waiting desk-request-decided"
        ),
    },
    "coordinator.trail": {"desk.told": "desk-audit-head desk-host-act"},
    "coordinator.words": {"desk.word": "word"},
    "court": {"court": "court court-date"},
    "draft_check": {"guardianship": "letter-check", "adopt": "letter-check-once"},
    "following": {"court.public": "court-open follow follow-somebody follow-city"},
    "guardian": {"guardianship": "mine guardianship address stepping-down application withdrawing"},
    "leaving": {"leave": "erase"},
    "letter_notice": {"guardianship": "letter letter-impossible letter-possible"},
    "menu": {"menu": "menu", "resting": "resting", "help": "help privacy"},
    "months": {"court": "court-month"},
    "notices": {
        "court": "hearing-notice",
        "family": "milestone-notice",
        "guardianship": "application-accepted guardianship-handed-over application-declined",
        "desk.told": "danger",
        "news": "prisoner-moved prisoner-verdict",
    },
    "one_letter": {"adopt": "one-letter"},
    "own_data": {"mydata": "mydata"},
    "paper": {"envelope": "envelope envelope-form envelope-text"},
    "prisoner_news": {
        "news": "prisoner-released prisoner-died prisoner-incommunicado prisoner-heard-of",
        "guardianship": "new-person",
    },
    "promises": {"guardianship": "answer-came came-back pausing"},
    "questions": {"guardianship": "application-asked application-answer"},
    "relative": {"family": "family family-post kinship-confirmed"},
    "settings": {"settings": "settings language form zone hour quiet reminders texts delete phrase"},
    "staying": {"stay": "stay"},
    "verify": {"verify": "verify"},
}

ACTION_OF = {
    name: named(action)
    for screens in ROOMS.values()
    for action, names in screens.items()
    for name in names.split()
}
ROOM_OF = {
    name: f"handlers.{room}"
    for room, screens in ROOMS.items()
    for names in screens.values()
    for name in names.split()
}


def desk_screens() -> list[str]:
    """Name the screens of a coordinator's desk."""
    return [name for name, action in ACTION_OF.items() if is_at_desk(action)]
