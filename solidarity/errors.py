"""The refusals of the rules, one tree; the class names the refusal, ``wording`` the sentence a person reads.

An exception's own text is for developers and holds ids, numbers and instants only: never words that somebody
wrote. That is what ``is_safe_to_log`` promises to the log.
"""

from datetime import datetime
from typing import ClassVar


class SolidarityError(Exception):
    """Something that a rule refuses; each kind has its sentence in every language."""

    wording: ClassVar[str] = "error-refused"
    is_safe_to_log: ClassVar[bool] = True

    def values(self) -> dict[str, str | int]:
        """Return what the sentence needs to be filled in."""
        limit = getattr(self, "limit", None)
        return {} if limit is None else {"limit": limit}


class NotForYou(SolidarityError):
    """What was asked for does not exist, or is not this person's to see or do: one answer for both."""

    wording = "error-not-for-you"


class CodeUnknown(SolidarityError):
    """The code was never given out, has been used or has expired: one answer for the three."""

    wording = "error-code-unknown"


class TooManyCodes(SolidarityError):
    """This account has typed as many wrong codes as one hour allows."""

    wording = "error-too-many-codes"


class GuardiansFull(SolidarityError):
    """The prisoner has as many Guardians as coordinators asked for."""

    wording = "error-guardians-full"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} guardians reached")
        self.limit = limit


class AlreadyGuardian(SolidarityError):
    """This person is a Guardian of this prisoner already, or has applied."""

    wording = "error-already-guardian"


class TooManyPrisoners(SolidarityError):
    """This person looks after as many prisoners as one person may."""

    wording = "error-too-many-prisoners"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} prisoners reached")
        self.limit = limit


class TooManyLetters(SolidarityError):
    """This person has reported as many letters without a promise as one person writes in a day."""

    wording = "error-too-many-letters"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} letters a day reached")
        self.limit = limit


class NobodyToSuggest(SolidarityError):
    """No prisoner matches this person's languages who is not theirs already."""

    wording = "error-nobody-to-suggest"


class NobodyToWriteTo(SolidarityError):
    """No prisoner with a public name is within reach of a letter evening."""

    wording = "error-nobody-to-write-to"


class NoLongerSo(SolidarityError):
    """What the button spoke of has changed since: decided, moved, ended or withdrawn meanwhile."""

    wording = "error-no-longer-so"


class NotInRegister(NoLongerSo):
    """A ready text would say what the register does not: nobody is told of it before it stands there."""

    wording = "error-not-in-register"


class DeskClosed(SolidarityError):
    """The desk has closed, or was never opened; the PIN opens it."""

    wording = "error-desk-closed"


class Resting(SolidarityError):
    """They are suspended, may be detained, or their rights were changed by hand: one answer for all three."""

    wording = "error-resting"


class DeskFrozen(SolidarityError):
    """A colleague has closed this desk for 24 hours."""

    wording = "error-desk-frozen"


class AlreadyRestricted(SolidarityError):
    """The person is restricted in this way already."""

    wording = "error-already-restricted"


class FrozenToday(SolidarityError):
    """One coordinator alone freezes one colleague within 24 hours."""

    wording = "error-frozen-today"


class TooManyColleagues(SolidarityError):
    """One coordinator alone says of ``limit`` colleagues within 24 hours that they may be detained."""

    wording = "error-too-many-colleagues"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} colleagues reached")
        self.limit = limit


class FreezeInstead(SolidarityError):
    """A colleague is not suspended but frozen, which one coordinator alone does for a day only."""

    wording = "error-freeze-instead"


class AnotherMustLift(SolidarityError):
    """Who said that somebody may be detained does not take it back alone."""

    wording = "error-another-must-lift"


class RightsForged(SolidarityError):
    """The person's rights were changed by hand in the database; the host sees to it first."""

    wording = "error-rights-forged"


class AccountInUse(SolidarityError):
    """Somebody cannot move to an account whose person has more than an empty menu."""

    wording = "error-account-in-use"


class PinLocked(SolidarityError):
    """Too many wrong PINs; the keypad rests until ``until`` (aware, UTC)."""

    wording = "error-pin-locked"

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until.isoformat()}")
        self.until = until


class TooBusy(SolidarityError):
    """More people wait for the same slow thing just now than may; what was typed stays."""

    wording = "error-too-busy"


class PaperNotMade(SolidarityError):
    """What was to be printed could not be drawn; nothing of it was kept."""

    wording = "error-paper-not-made"


class NeedsSecondCoordinator(SolidarityError):
    """One coordinator alone may not do this: a name that was hidden is shown to more people by two only."""

    wording = "error-second-coordinator"


class ApplicantKeptAway(SolidarityError):
    """An application of somebody who is suspended or may be detained is not accepted while that is so."""

    wording = "error-applicant-kept-away"


class TooManyRequests(SolidarityError):
    """So many requests of this coordinator wait already that another one would only hide them."""

    wording = "error-too-many-requests"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} open requests reached")
        self.limit = limit


class TooManyReveals(SolidarityError):
    """This coordinator has seen as many people's contact details as one may within a day."""

    wording = "error-too-many-reveals"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} reveals a day reached")
        self.limit = limit


class FollowsEnough(SolidarityError):
    """This person asked for the court dates of as many prisoners and cities as one may."""

    wording = "error-follows-enough"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} followed reached")
        self.limit = limit


class DoorsClosed(SolidarityError):
    """The public is not let in to this sitting."""

    wording = "error-doors-closed"


class NobodyAddressed(SolidarityError):
    """Nobody belongs to the audience of a broadcast who can be written to."""

    wording = "error-nobody-addressed"


class LanguagesMissing(SolidarityError):
    """Some of an audience have no text in their language, and nobody has said what becomes of them."""

    wording = "error-languages-missing"


class AudienceChanged(SolidarityError):
    """As many people as the coordinator was shown are not in the audience any more."""

    wording = "error-audience-changed"


class SameSource(SolidarityError):
    """A date is not confirmed by the source it was reported from."""

    wording = "error-same-source"


class AnotherMustConfirm(SolidarityError):
    """A date is not confirmed by the coordinator who reported it."""

    wording = "error-another-must-confirm"


class AlreadyReported(SolidarityError):
    """The same date of the same prisoner was entered before, and nobody else says so now."""

    wording = "error-already-reported"


class AlreadyTaken(SolidarityError):
    """This update has had its effect before; the person only sees the current screen again."""

    wording = "error-already-taken"


class StillInChat(SolidarityError):
    """What was written is to be gone from the chat before it is looked at, and could not be deleted yet."""

    wording = "error-still-in-chat"
