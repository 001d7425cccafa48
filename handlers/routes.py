"""Every route in one list, each with its action's name; who may take it stands in `solidarity/access.py`."""

from handlers import (
    account,
    adopting,
    attending,
    broadcast_notice,
    calendar_file,
    code,
    contacts,
    court,
    draft_check,
    following,
    guardian,
    hiding,
    leaving,
    letter_notice,
    menu,
    months,
    notices,
    one_letter,
    own_data,
    paper,
    prisoner_news,
    promises,
    questions,
    relative,
    settings,
    staying,
    verify,
)
from handlers.coordinator import (
    broadcast_preview,
    coverage,
    desk,
    desk_news,
    told,
    trail,
)
from handlers.coordinator.routes import DESK_BUTTONS, DESK_WORDS
from handlers.route import Route
from handlers.screens import ACTION_OF
from solidarity.code_words import normalise_code

# These have no routes of their own, but draw screens.
ONLY_SCREENS = (
    broadcast_notice,
    broadcast_preview,
    court,
    coverage,
    desk_news,
    notices,
    prisoner_news,
    told,
    trail,
)

COMMANDS = (
    Route("start", "menu", menu.open_menu),
    Route("menu", "menu", menu.open_menu),
    Route("help", "help", menu.open_help),
    Route("privacy", "help", menu.open_privacy),
    Route("cancel", "menu", menu.cancel),
    Route("adopt", "adopt", adopting.begin),
    Route("mine", "guardianship", guardian.open_mine),
    Route("court", "court", menu.open_court),
    Route("settings", "settings", settings.open_settings),
    Route("erase", "leave", leaving.ask),
    Route("forget", "leave", leaving.ask),
    Route("hide", "hide", hiding.hide),
    Route("mydata", "mydata", own_data.open_own_data),
    Route("family", "family", menu.open_family),
    Route("verify", "verify", verify.open_verify),
    Route("desk", "desk.open", desk.open_desk_screen),
    Route("lock", "desk.open", desk.lock),
)

BUTTONS = (
    Route("mydata-file", "mydata", own_data.send_file),
    Route("erase", "leave", leaving.leave),
    Route("danger", "hide", hiding.in_danger),
    Route("stay", "stay", staying.stay),
    Route("verify", "verify", verify.open_verify),
    Route("open", "open", menu.uncover_message),
    Route("adopt", "adopt", adopting.begin),
    Route("adopt-language", "adopt", adopting.toggle_language),
    Route("adopt-languages-done", "adopt", adopting.choose_rhythm),
    Route("adopt-rhythm", "adopt", adopting.take_rhythm),
    Route("adopt-another", "adopt", adopting.show_another),
    Route("adopt-send", "adopt", adopting.send),
    Route("once", "adopt", one_letter.begin),
    Route("one-letter-wrote", "adopt", one_letter.wrote),
    Route("envelope-print", "envelope", paper.send, prepare=paper.prepare),
    Route("application-withdraw", "guardianship", guardian.withdraw),
    Route("wrote", "guardianship", guardian.wrote),
    Route("step-down", "guardianship", guardian.leave),
    Route("letter-wrote", "guardianship", letter_notice.wrote),
    Route("letter-later", "guardianship", letter_notice.later),
    Route("letter-skip", "guardianship", letter_notice.skip),
    Route("address-abroad", "guardianship", guardian.tell_abroad),
    Route("one-letter-abroad", "adopt", one_letter.tell_abroad),
    Route("family-abroad", "family", relative.tell_abroad),
    Route("answer-came", "guardianship", promises.answer_came),
    Route("came-back", "guardianship", promises.came_back),
    Route("pause", "guardianship", promises.begin_pause),
    Route("resume", "guardianship", promises.end_pause),
    Route("attend", "court", attending.be_there),
    Route("stay-away", "court", attending.not_be_there),
    Route("calendar", "court", calendar_file.send, prepare=calendar_file.prepare),
    Route("follow-somebody", "court.public", following.begin_somebody),
    Route("follow-city", "court.public", following.begin_city),
    Route("unfollow-somebody", "court.public", following.end_somebody),
    Route("unfollow-city", "court.public", following.end_city),
    Route("set", "settings", settings.set_value),
    Route("phrase-another", "settings", settings.another_phrase),
    Route("contact-remove", "settings", contacts.remove),
    Route("account-code", "settings", account.make_code),
    Route("account-done", "settings", account.put_away),
    Route("court-month-turn", "court", months.court_turn),
    Route("court-month-picture", "court", months.court_send, prepare=months.court_prepare),
    *DESK_BUTTONS,
)

# Screens on which typed words mean something.
WORDS = (
    Route("adopt-promise", "adopt", adopting.take_word),
    Route("envelope-form", "envelope", paper.send, prepare=paper.prepare),
    Route("application-answer", "guardianship", questions.take_answer),
    Route("letter-check", "guardianship", draft_check.take, prepare=draft_check.prepare_promised),
    Route("letter-check-once", "adopt", draft_check.take, prepare=draft_check.prepare_once),
    Route("phrase", "settings", settings.take_phrase),
    Route("verify", "verify", verify.take_word),
    Route("contact", "settings", contacts.take),
    *DESK_WORDS,
)

CODE = Route("code", "code", code.redeem_typed)
# A message forwarded to the screen of this name; to any other it is none.
FORWARDED = Route("verify", "verify", verify.judge_forwarded)


def _by_name(routes: tuple[Route, ...]) -> dict[str, Route]:
    """Return routes by how they are said.

    Raises:
        ValueError: one would hide another.
    """
    by_name = {route.on: route for route in routes}
    if len(by_name) != len(routes):
        raise ValueError(f"two routes of {routes[0].on!r} and its neighbours are said alike")
    return by_name


_COMMANDS, _BUTTONS, _WORDS = _by_name(COMMANDS), _by_name(BUTTONS), _by_name(WORDS)


def route_for_command(command: str, words: str) -> Route | None:
    """Find what a typed command means; a code behind ``/start`` is redeemed, an unknown one is the menu."""
    if command == "start" and words:
        return CODE
    return _COMMANDS.get(command, _COMMANDS["menu"])


def route_for_button(verb: str) -> Route | None:
    """Find what a button's verb means; ``go:SCREEN`` turns to a screen, under that screen's own action.

    None for what an earlier release put there.
    """
    if verb.startswith("go:"):
        screen = verb.removeprefix("go:")
        if screen not in ACTION_OF:
            return None
        return Route(verb, ACTION_OF[screen], menu.turning_to(screen))
    return _BUTTONS.get(verb)


def route_for_words(screen: str, text: str) -> Route | None:
    """Find what typed words mean on a screen; elsewhere only a code means something."""
    if screen in _WORDS:
        return _WORDS[screen]
    return CODE if normalise_code(text) is not None else None
