"""Links, addresses of mail and telephone numbers in a draft: each leads to a person."""

import re
from collections.abc import Iterator

from solidarity.letter_check.findings import Finding, Reason

ENDINGS_OF_SITES = "by|ru|com|org|net|info|me|io|eu|pl|lt|lv|de|tv|news|ua|uk|бел|рф"
# Every repetition is bounded, so that no text takes longer than in proportion to its length.
EMAIL = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
LINK = re.compile(
    r"https?://\S{1,500}|(?<!\w)www\.\S{1,500}|(?<![\w@])@\w{4,32}(?!\w)"
    rf"|(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{ENDINGS_OF_SITES})(?![\w-])(?:/\S{{0,500}})?",
    re.IGNORECASE,
)
FIGURES = re.compile(r"(?<![\w+])\+?\d(?:[\s().-]{0,2}\d){6,14}(?!\w)")
DATE = re.compile(
    r"\d{4}[./-]\d\d[./-]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d\s?[–-]\s?(?:19|20)\d\d"
)
LOCAL = re.compile(r"\d{2,3}-\d\d-\d\d")
# Digits of a number with its town or country.
LONG_NUMBER = 9
TRAILING = ".,;:!?)\"»'"


def findings(draft: str) -> Iterator[Finding]:
    """Yield every way to reach somebody or something outside."""
    for match in EMAIL.finditer(draft):
        yield Finding(Reason.EMAIL, match.start(), match.end())
    for match in LINK.finditer(draft):
        yield Finding(Reason.LINK, match.start(), match.start() + len(match.group().rstrip(TRAILING)))
    for match in FIGURES.finditer(draft):
        if _is_telephone(match.group()):
            yield Finding(Reason.TELEPHONE, match.start(), match.end())


def _is_telephone(figures: str) -> bool:
    if DATE.match(figures):
        return False
    digits = sum(sign.isdecimal() for sign in figures)
    return figures.startswith("+") or digits >= LONG_NUMBER or LOCAL.search(figures) is not None
