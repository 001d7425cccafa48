"""Files that were sent, kept in memory, and Telegram's objects for them."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sandbox.errors import bad_request

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024

_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


@dataclass(frozen=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file that Telegram keeps."""

    file_id: str
    kind: str
    path: str
    upload: Upload

    def api_file(self) -> dict[str, object]:
        """The fields that every kind of file has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": f"u{self.file_id}",
            "file_size": len(self.upload.data),
        }

    def api_media(self) -> object:
        """Telegram's object for this file: a list of sizes for a photo, one object otherwise."""
        body = self.api_file()
        if self.kind == "photo":
            width, height = picture_size(self.upload.data)
            return [{**body, "width": width, "height": height}]
        if self.kind == "document":
            return {**body, "file_name": self.upload.name, "mime_type": self.upload.mime_type}
        if self.kind == "voice":
            return {**body, "duration": 1, "mime_type": self.upload.mime_type}
        square: dict[str, object] = {"width": 512, "height": 512}
        return {**body, **square, "type": "regular", "is_animated": False, "is_video": False}


@dataclass
class FileCabinet:
    """All files, by id and by download path."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file; raises ``ApiError`` for an empty one, one too big, or a photo that is no picture."""
        _check(kind, upload)
        number = len(self.by_id) + 1
        suffix = re.sub(r"[^A-Za-z0-9.]", "", PurePosixPath(upload.name).suffix)
        file = StoredFile(f"sandbox-file-{number}", kind, f"{kind}s/file_{number}{suffix}", upload)
        self.by_id[file.file_id] = file
        self.by_path[file.path] = file
        return file

    def named(self, file_id: str, kind: str) -> StoredFile:
        """The file of this id; raises ``ApiError`` when there is none, or it is of another kind."""
        file = self.by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"type of file mismatch: can't use file of type {file.kind} as {kind}")
        return file


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG; 100 by 100 for other pictures."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return 100, 100


def is_picture(data: bytes) -> bool:
    """True for PNG, JPEG, GIF and WebP, by their first bytes."""
    return any(data.startswith(magic) for magic in _PICTURES)


def _check(kind: str, upload: Upload) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > (MAX_PHOTO_BYTES if kind == "photo" else MAX_UPLOAD_BYTES):
        raise bad_request("file is too big")
    if kind == "photo" and not is_picture(upload.data):
        raise bad_request("IMAGE_PROCESS_FAILED")
