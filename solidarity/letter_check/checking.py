"""Puts together what each kind of look at a draft finds."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from solidarity.letter_check import capitals, contacts, scripts, signs
from solidarity.letter_check.findings import Finding, Kind, Reason, Severity
from solidarity.letter_check.measure import Measure, measure
from solidarity.letter_check.tokens import Token, tokens_of
from solidarity.letter_check.word_list import WordList

GRAVEST_FIRST = tuple(Severity)


@dataclass(frozen=True)
class Report:
    """What there is to say about a draft; nothing of the draft itself.

    Attributes:
        findings: in the order of the draft.
    """

    findings: tuple[Finding, ...]
    measure: Measure

    def by_reason(self) -> dict[Reason, tuple[Finding, ...]]:
        """Return the findings of each reason, the gravest reasons first, then as the draft has them."""
        reasons = dict.fromkeys(
            finding.reason for finding in sorted(self.findings, key=lambda f: GRAVEST_FIRST.index(f.severity))
        )
        return {reason: tuple(f for f in self.findings if f.reason is reason) for reason in reasons}


def check_letter(
    draft: str, words: WordList, *, own_names: Collection[str] = (), known_names: Collection[str] = ()
) -> Report:
    """Look through a draft. Any text at all is looked through, in time in proportion to its length.

    Args:
        own_names: the prisoner's, in every language known; they are no names of others.
        known_names: writers and heroes of books, of whom letters may speak.
    """
    ways_out = list(contacts.findings(draft))
    taken = _Places(draft)
    found = list(taken.free(ways_out))
    tokens = [token for token in tokens_of(draft) if not taken.meet(token.start, token.end)]
    for each in _looks(draft, tokens, words, own_names, known_names):
        found.extend(taken.free(each))
    weighed = measure(draft)
    if weighed.is_heavy:
        found.append(Finding(Reason.HEAVY, 0, len(draft)))
    return Report(tuple(sorted(found, key=lambda f: (f.start, f.end, f.reason))), weighed)


def _looks(
    draft: str, tokens: Sequence[Token], words: WordList, own: Collection[str], known: Collection[str]
) -> Iterator[Iterable[Finding]]:
    """Yield what each look finds; what an earlier one has pointed out is not pointed out again."""
    yield signs.findings(draft)
    yield words.findings(draft, tokens, scripts.languages_of(tokens))
    yield capitals.abbreviations(tokens)
    yield scripts.findings(draft, tokens)
    yield capitals.other_names(draft, tokens, own, known)


class _Places:
    """Which characters of a draft have been pointed out already."""

    def __init__(self, draft: str) -> None:
        self._taken = bytearray(len(draft))

    def meet(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0

    def free(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield those that stand where nothing stood, and take their places.

        A risky word stands out even in a drawing, and the language of a passage takes no place.
        """
        for finding in findings:
            if finding.kind is Kind.LANGUAGE and finding.reason is not Reason.FOREIGN_WORD:
                yield finding
            elif finding.kind is Kind.WORD or not self.meet(finding.start, finding.end):
                self._taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
                yield finding
