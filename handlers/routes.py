"""Every route in one list, each with its action's name; who may take it stands in `solidarity/access.py`."""

from handlers import (
    account,
    adopting,
    attending,
    calendar_file,
    code,
    contacts,
    draft_check,
    following,
    guardian,
    hiding,
    leaving,
    letter_notice,
    menu,
    months,
    one_letter,
    own_data,
    paper,
    promises,
    questions,
    relative,
    settings,
    staying,
    verify,
)
from handlers.coordinator import desk
from handlers.coordinator.routes import DESK_BUTTONS, DESK_WORDS
from handlers.rooms import ACTION_OF
from handlers.route import Route
from solidarity.code_words import normalise_code

COMMANDS = (
    Route("start", "menu", lambda: menu.open_menu),
    Route("menu", "menu", lambda: menu.open_menu),
    Route("help", "help", lambda: menu.open_help),
    Route("privacy", "help", lambda: menu.open_privacy),
    Route("cancel", "menu", lambda: menu.cancel),
    Route("adopt", "adopt", lambda: adopting.begin),
    Route("mine", "guardianship", lambda: guardian.open_mine),
    Route("court", "court", lambda: menu.open_court),
    Route("settings", "settings", lambda: settings.open_settings),
    Route("erase", "leave", lambda: leaving.ask),
    Route("forget", "leave", lambda: leaving.ask),
    Route("hide", "hide", lambda: hiding.hide),
    Route("mydata", "mydata", lambda: own_data.open_own_data),
    Route("family", "family", lambda: menu.open_family),
    Route("verify", "verify", lambda: verify.open_verify),
    Route("desk", "desk.open", lambda: desk.open_desk_screen),
    Route("lock", "desk.open", lambda: desk.lock),
)

BUTTONS = (
    Route("mydata-file", "mydata", lambda: own_data.send_file),
    Route("erase", "leave", lambda: leaving.leave),
    Route("danger", "hide", lambda: hiding.in_danger),
    Route("stay", "stay", lambda: staying.stay),
    Route("verify", "verify", lambda: verify.open_verify),
    Route("open", "open", lambda: menu.uncover_message),
    Route("adopt", "adopt", lambda: adopting.begin),
    Route("adopt-language", "adopt", lambda: adopting.toggle_language),
    Route("adopt-languages-done", "adopt", lambda: adopting.choose_rhythm),
    Route("adopt-rhythm", "adopt", lambda: adopting.take_rhythm),
    Route("adopt-another", "adopt", lambda: adopting.show_another),
    Route("adopt-send", "adopt", lambda: adopting.send),
    Route("once", "adopt", lambda: one_letter.begin),
    Route("one-letter-wrote", "adopt", lambda: one_letter.wrote),
    Route("envelope-print", "envelope", lambda: paper.send, prepare=lambda: paper.prepare),
    Route("application-withdraw", "guardianship", lambda: guardian.withdraw),
    Route("wrote", "guardianship", lambda: guardian.wrote),
    Route("step-down", "guardianship", lambda: guardian.leave),
    Route("letter-wrote", "guardianship", lambda: letter_notice.wrote),
    Route("letter-later", "guardianship", lambda: letter_notice.later),
    Route("letter-skip", "guardianship", lambda: letter_notice.skip),
    Route("address-abroad", "guardianship", lambda: guardian.tell_abroad),
    Route("one-letter-abroad", "adopt", lambda: one_letter.tell_abroad),
    Route("family-abroad", "family", lambda: relative.tell_abroad),
    Route("answer-came", "guardianship", lambda: promises.answer_came),
    Route("came-back", "guardianship", lambda: promises.came_back),
    Route("pause", "guardianship", lambda: promises.begin_pause),
    Route("resume", "guardianship", lambda: promises.end_pause),
    Route("attend", "court", lambda: attending.be_there),
    Route("stay-away", "court", lambda: attending.not_be_there),
    Route("calendar", "court", lambda: calendar_file.send, prepare=lambda: calendar_file.prepare),
    Route("follow-somebody", "court.public", lambda: following.begin_somebody),
    Route("follow-city", "court.public", lambda: following.begin_city),
    Route("unfollow-somebody", "court.public", lambda: following.end_somebody),
    Route("unfollow-city", "court.public", lambda: following.end_city),
    Route("set", "settings", lambda: settings.set_value),
    Route("phrase-another", "settings", lambda: settings.another_phrase),
    Route("contact-remove", "settings", lambda: contacts.remove),
    Route("account-code", "settings", lambda: account.make_code),
    Route("account-done", "settings", lambda: account.put_away),
    Route("court-month-turn", "court", lambda: months.court_turn),
    Route("court-month-picture", "court", lambda: months.court_send, prepare=lambda: months.court_prepare),
    *DESK_BUTTONS,
)

# Screens on which typed words mean something.
WORDS = (
    Route("adopt-promise", "adopt", lambda: adopting.take_word),
    Route("envelope-form", "envelope", lambda: paper.send, prepare=lambda: paper.prepare),
    Route("application-answer", "guardianship", lambda: questions.take_answer),
    Route(
        "letter-check", "guardianship", lambda: draft_check.take, prepare=lambda: draft_check.prepare_promised
    ),
    Route("letter-check-once", "adopt", lambda: draft_check.take, prepare=lambda: draft_check.prepare_once),
    Route("phrase", "settings", lambda: settings.take_phrase),
    Route("verify", "verify", lambda: verify.take_word),
    Route("contact", "settings", lambda: contacts.take),
    *DESK_WORDS,
)

CODE = Route("code", "code", lambda: code.redeem_typed)
# A message forwarded to the screen of this name; to any other it is none.
FORWARDED = Route("verify", "verify", lambda: verify.judge_forwarded)


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
        return Route(verb, ACTION_OF[screen], lambda: menu.turning_to(screen))
    return _BUTTONS.get(verb)


def route_for_words(screen: str, text: str) -> Route | None:
    """Find what typed words mean on a screen; elsewhere only a code means something."""
    if screen in _WORDS:
        return _WORDS[screen]
    return CODE if normalise_code(text) is not None else None
