"""Credentials that systemd hands to a service, in the folder that ``CREDENTIALS_DIRECTORY`` names.

systemd gives such a file in one of two shapes and no other is accepted: mode 0400 of the service's own user,
or root's, mode 0440, with a list of access rights that names that user alone (``write_credential`` in its
``src/core/exec-credential.c``). The secret may lie encrypted on the disk, bound to this machine's TPM; it
does not protect a machine that is taken running.
"""

import errno
import os
import re
import stat
import struct
from collections.abc import Mapping
from pathlib import Path

from storage.errors import KeyUnavailable
from storage.private_files import read_checked

FOLDER_VARIABLE = "CREDENTIALS_DIRECTORY"
_ACL = "system.posix_acl_access"
_NOBODY = 0xFFFFFFFF
_READ = 4


def read_credential(name: str, *, data_dir: Path, environ: Mapping[str, str]) -> bytes:
    """Read a credential by its name.

    Raises:
        KeyUnavailable: no credentials were given to this process, none of this name, in the data folder, or
            of another owner, mode or list of rights than systemd gives.
    """
    if not re.fullmatch(r"[\w.-]{1,255}", name, re.ASCII) or name in (".", ".."):
        raise KeyUnavailable("PORUCH_KEY_SOURCE names a credential that systemd cannot have; check its name")
    folder = environ.get(FOLDER_VARIABLE)
    if not folder:
        raise KeyUnavailable(
            f"PORUCH_KEY_SOURCE names a credential, but {FOLDER_VARIABLE} is not set: run Poruch by systemd, "
            f"with LoadCredentialEncrypted={name}:…"
        )
    path = Path(folder) / name
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(data_dir)):
        raise KeyUnavailable(
            f"the credential {path} lies in the data folder, where whoever takes the data takes the key; "
            "move the data folder"
        )
    if not os.path.lexists(path):
        raise KeyUnavailable(
            f"systemd gave no credential {name}; name it in LoadCredentialEncrypted= of the service"
        )
    return read_checked(path, _refuse_unless_given)


def is_given_by_systemd(status: os.stat_result, acl: bytes | None, *, uid: int) -> bool:
    """Say whether a file has owner, mode and rights of a credential for the user ``uid``."""
    mode = stat.S_IMODE(status.st_mode)
    if status.st_uid == uid:
        return mode == 0o400 and acl is None
    return status.st_uid == 0 and mode == 0o440 and acl == acl_for(uid)


def acl_for(uid: int) -> bytes:
    """Write the list of rights that lets the owner and one user read, as the kernel keeps it."""
    owner, user, group, mask, other = 0x01, 0x02, 0x04, 0x10, 0x20
    entries = (
        (owner, _READ, _NOBODY), (user, _READ, uid), (group, 0, _NOBODY), (mask, _READ, _NOBODY),
        (other, 0, _NOBODY),
    )  # fmt: skip
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def _refuse_unless_given(path: Path, descriptor: int) -> None:
    if not is_given_by_systemd(os.fstat(descriptor), _acl_of(descriptor), uid=os.geteuid()):
        raise KeyUnavailable(
            f"the credential {path} has another owner or mode than systemd gives (0400 of this user, or "
            "root's with this user's right to read); let systemd make it, do not change it"
        )


def _acl_of(descriptor: int) -> bytes | None:
    try:
        return os.getxattr(descriptor, _ACL)
    except OSError as error:
        if error.errno in (errno.ENODATA, errno.EOPNOTSUPP):
            return None
        raise KeyUnavailable(f"the rights of a credential cannot be read: {error.strerror}") from None
