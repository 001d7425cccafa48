"""What is known about writing to somebody, by their custody status; the sentences stand with their sources.

Law and practice differ and both change: nothing here forbids anything, and what no source says is unknown.
"""

from enum import StrEnum

from storage.models import CustodyStatus


class Post(StrEnum):
    """What becomes of a letter, as far as is known."""

    FROM_ANYBODY = "anybody"
    FROM_RELATIVES = "relatives"
    OPEN_FACILITY = "open"
    AT_HOME = "home"
    MAY_NOT_ARRIVE = "silent"
    NOT_KNOWN = "unknown"
    NO_LONGER = "none"


_POST = {
    CustodyStatus.DETAINED: Post.NOT_KNOWN,
    CustodyStatus.PRETRIAL: Post.FROM_ANYBODY,
    CustodyStatus.CONVICTED: Post.FROM_RELATIVES,
    CustodyStatus.PRISON_REGIME: Post.FROM_RELATIVES,
    CustodyStatus.HOUSE_ARREST: Post.AT_HOME,
    CustodyStatus.OPEN_FACILITY: Post.OPEN_FACILITY,
    CustodyStatus.HOME_KHIMIYA: Post.AT_HOME,
    CustodyStatus.PSYCHIATRIC: Post.NOT_KNOWN,
    CustodyStatus.INCOMMUNICADO: Post.MAY_NOT_ARRIVE,
    CustodyStatus.RELEASED: Post.NO_LONGER,
    CustodyStatus.EXILED: Post.NO_LONGER,
    CustodyStatus.DIED: Post.NO_LONGER,
}


def post_for(status: CustodyStatus) -> Post:
    """Say what is known about letters under a custody status.

    Source: Mediazona, 6 July 2023 (the law); Viasna, reports since 2022 (relatives only once sentenced);
    Mediazona, May 2024 (open facilities); Libereco, August 2025 (people held without any contact).
    """
    return _POST[status]
