"""Whether two places are lost together, and whether one is where it was meant to be, by their paths."""

from pathlib import Path


def is_on_disk_of(place: Path, other: Path) -> bool:
    """Say whether two places lie, or would, on one file system; a disk may have several."""
    return _device_of(place) == _device_of(other)


def unmounted_advice(folder: Path) -> list[str]:
    """Say of a folder that is still missing that it will be made, perhaps in the place of another disk."""
    if folder.exists():
        return []
    return [f"{folder} was not there and is made; if it is to be another disk, look whether that is mounted"]


def _device_of(path: Path) -> int:
    return next(place for place in (path, *path.parents) if place.exists()).stat().st_dev
