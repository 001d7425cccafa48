"""The places of detention that a new installation starts with, each with the source it was found in."""

import csv
from importlib.resources import files


def starting_facilities() -> list[dict[str, str]]:
    """Read the shipped list: code, kind, three names, postal code, city, street, source; all as text.

    Most addresses stem from early 2023 and none is verified. A kind that ends in ``-closed-site`` or
    ``-liquidated`` is kept only to recognise stale addresses and must never be written to.
    """
    text = files(__name__).joinpath("facilities.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
