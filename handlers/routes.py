"""Every route in one list, each with its action's name; who may take it stands in `solidarity/access.py`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from handlers import (
    account,
    adopting,
    code,
    contacts,
    court,
    draft_check,
    guardian,
    hiding,
    leaving,
    letter_notice,
    menu,
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
    applications,
    codes,
    coverage,
    decoy,
    desk,
    desk_news,
    desk_settings,
    digest,
    drafts,
    evening,
    facilities,
    families,
    hearings,
    inviting,
    keypad,
    new_hearing,
    notes,
    people,
    portfolio,
    prisoners,
    register,
    requests,
    risky_words,
    rule_cards,
    told,
    trail,
    words,
)
from handlers.screen import Turn
from handlers.screens import ACTION_OF
from solidarity.access import is_at_desk, named
from solidarity.code_words import normalise_code
from solidarity.work import RequestKind

# These have no routes of their own, but draw screens.
ONLY_SCREENS = (court, coverage, desk_news, notices, prisoner_news, told, trail)

Do = Callable[[Turn], Awaitable[None]]
Prepare = Callable[[Turn], Awaitable[Callable[[Any], Awaitable[object]]]]


@dataclass(frozen=True)
class Route:
    """One thing a person can do: how it is said, what it counts as, and what does it.

    Raises:
        ValueError: nobody may do it, since its action does not stand in the table.
    """

    on: str
    action: str
    do: Do
    # Reads what must be worked out before the unit of work, and returns that work.
    prepare: Prepare | None = None

    def __post_init__(self) -> None:
        named(self.action)


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
    Route("set", "settings", settings.set_value),
    Route("phrase-another", "settings", settings.another_phrase),
    Route("contact-remove", "settings", contacts.remove),
    Route("account-code", "settings", account.make_code),
    Route("account-done", "settings", account.put_away),
    Route("desk", "desk.open", desk.open_desk_screen),
    Route("key", "desk.open", keypad.press),
    Route("key-ok", "desk.open", keypad.ok, prepare=keypad.prepare_ok),
    Route("lock", "desk.open", desk.lock),
    Route("pin-forgotten", "desk.open", keypad.say_forgotten),
    Route("pin-begin", "desk.settings", desk_settings.begin),
    Route("pin-present", "desk.settings", keypad.ok_present, prepare=keypad.prepare_ok),
    Route("pin-ok", "desk.settings", desk_settings.ok, prepare=desk_settings.prepare_ok),
    Route("desk-shuffle", "desk.settings", desk_settings.shuffle),
    Route("seal", "desk.seal", desk.seal),
    Route("draft-go-on", "desk", drafts.going_on(lambda screen: _words_on(screen))),
    Route("draft-forget", "desk", drafts.forget_draft),
    Route("application-accept", "desk.applications", applications.accept),
    Route("application-decline", "desk.applications", applications.decline),
    Route("register-confirm", "desk.register", register.confirm_one),
    Route("register-refuse", "desk.register", register.refuse_one),
    Route("register-wave", "desk.register", register.confirm_wave),
    Route("prisoner-publicity", "desk.prisoners", prisoners.set_publicity),
    Route("spoken", "desk.prisoners", families.spoken),
    Route("invite", "desk.invite", inviting.invite),
    Route("invite-done", "desk.invite", inviting.leave_invitation),
    Route("ask-contact", "desk.ask", requests.asking(RequestKind.CONTACT)),
    Route("ask-kinship", "desk.ask", requests.asking(RequestKind.KINSHIP)),
    Route("ask-name", "desk.ask", requests.asking(RequestKind.NAME)),
    Route("ask-publicity", "desk.ask", requests.asking(RequestKind.PUBLICITY)),
    Route("ask-role", "desk.ask", requests.asking(RequestKind.ROLE)),
    Route("ask-unsuspend", "desk.ask", requests.asking(RequestKind.UNSUSPEND)),
    Route("ask-new-pin", "desk.ask", requests.asking(RequestKind.NEW_PIN)),
    Route("request-approve", "desk.approve", requests.approve_one),
    Route("request-decline", "desk.approve", requests.decline_one),
    Route("request-withdraw", "desk.requests", requests.withdraw_one),
    Route("request-open", "desk.requests", requests.open_one),
    Route("all-facilities", "desk.facilities", facilities.show_all),
    Route("card-new", "desk.rules", rule_cards.begin_new_card),
    Route("card-edit", "desk.rules", rule_cards.edit_card),
    Route("card-set", "desk.rules", rule_cards.set_part),
    Route("card-check", "desk.rules", rule_cards.turn_check),
    Route("card-propose", "desk.rules", rule_cards.propose),
    Route("card-checked", "desk.rules", rule_cards.propose_check),
    Route("card-withdraw", "desk.rules", rule_cards.withdraw),
    Route("word-withdraw", "desk.rules", risky_words.withdraw),
    Route("word-propose", "desk.rules", risky_words.propose),
    Route("suspend", "desk.restrict", people.suspend_person),
    Route("freeze", "desk.restrict", people.freeze_colleague),
    Route("custody", "desk.restrict", people.say_detained),
    Route("custody-over", "desk.restrict", people.say_free),
    Route("vouch", "desk.codes", codes.vouch),
    Route("code-revoke", "desk.codes", codes.revoke),
    Route("code-done", "desk.codes", codes.put_away),
    Route("offer-again", "desk.portfolio", digest.offer_again),
    Route("portfolio-take", "desk.portfolio", portfolio.take_prisoner),
    Route("portfolio-leave", "desk.portfolio", portfolio.leave_prisoner),
    Route("pass-on", "desk.portfolio", portfolio.pass_prisoner_on),
    Route("note-renew", "desk.note", notes.renew),
    Route("note-remove", "desk.note", notes.remove),
    Route("word-make", "desk.word", words.make),
    Route("word-done", "desk.word", words.leave),
    Route("evening-print", "desk.evening", evening.send, prepare=evening.prepare),
    Route("evening-written", "desk.evening", evening.written),
    Route("hearing-add", "desk.hearings", new_hearing.begin_add),
    Route("hearing-for", "desk.hearings", new_hearing.choose_prisoner),
    Route("hearing-save", "desk.hearings", new_hearing.save),
    Route("hearing-move-save", "desk.hearings", hearings.save_move),
    Route("hearing-confirm", "desk.hearings", hearings.confirm),
    Route("hearing-cancel", "desk.hearings", hearings.cancel),
)

# Screens on which typed words mean something.
WORDS = (
    Route("adopt-promise", "adopt", adopting.take_word),
    Route("envelope-form", "envelope", paper.send, prepare=paper.prepare),
    Route("application-answer", "guardianship", questions.take_answer),
    Route("ask-applicant", "desk.applications", applications.take_question),
    Route("letter-check", "guardianship", draft_check.take, prepare=draft_check.prepare_promised),
    Route("letter-check-once", "adopt", draft_check.take, prepare=draft_check.prepare_once),
    Route("phrase", "settings", settings.take_phrase),
    Route("verify", "verify", verify.take_word),
    Route("contact", "settings", contacts.take),
    Route("people", "desk.people", people.search),
    Route("prisoners", "desk.prisoners", prisoners.search),
    Route("request-reason", "desk.ask", requests.take_reason),
    Route("facilities", "desk.facilities", facilities.search),
    Route("card-advice", "desk.rules", rule_cards.take_advice),
    Route("card-source", "desk.rules", rule_cards.take_source),
    Route("risky-list", "desk.rules", risky_words.add),
    Route("note", "desk.note", notes.write),
    Route("hearing-prisoner", "desk.hearings", new_hearing.search_prisoner),
    Route("hearing-date", "desk.hearings", new_hearing.take_date),
    Route("hearing-court", "desk.hearings", new_hearing.take_court),
    Route("hearing-move", "desk.hearings", hearings.take_new_date),
)

CODE = Route("code", "code", code.redeem_typed)
# A message forwarded to the screen of this name; to any other it is none.
FORWARDED = Route("verify", "verify", verify.judge_forwarded)
# Words that a desk asks for, when it has closed.
AT_CLOSED_DESK = Route("closed-desk", "desk.open", desk.take_words_at_closed_desk)


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


def decoyed(route: Route) -> Route:
    """Return what a route of the desk does where the desk is a decoy."""
    do = decoy.doing(route.on, route.action, route.do)
    return replace(route, do=do, prepare=decoy.preparing(route.on, route.prepare, do is route.do))


def _words_on(screen: str) -> Do | None:
    route = _WORDS.get(screen)
    return route.do if route is not None and is_at_desk(route.action) else None


def route_for_words(screen: str, text: str) -> Route | None:
    """Find what typed words mean on a screen; elsewhere only a code means something."""
    if screen in _WORDS:
        return _WORDS[screen]
    return CODE if normalise_code(text) is not None else None
