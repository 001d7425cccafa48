"""The sandbox's register: invented people, whose surnames mean example or draft, and court dates."""

import csv
import io
from datetime import date, timedelta
from importlib.resources import files

COLUMNS = ("source_id", "prisoner", "starts", "zone", "court", "room", "stage", "openness", "confidence")
# Days from today, then hour, prisoner, court and the rest; near and far, sure and only reported.
HEARINGS = (
    (1, "10:00", "example-01", "Узорны раённы суд", "5", "першае пасяджэнне", "open", "confirmed"),
    (2, "14:30", "example-02", "Узорны раённы суд", "", "працяг", "unknown", "reported"),
    (7, "11:00", "example-03", "Прыкладны абласны суд", "12", "апеляцыя", "open", "confirmed"),
    (8, "09:30", "example-05", "Прыкладны гарадскі суд", "", "", "closed", "reported"),
    (14, "15:00", "example-07", "Узорны раённы суд", "3", "прысуд", "open", "reported"),
    (30, "10:30", "example-09", "Прыкладны абласны суд", "", "апеляцыя", "unknown", "reported"),
)


def example_prisoners() -> bytes:
    """Return the example prisoners as a file in our own form."""
    return files(__name__).joinpath("prisoners.csv").read_bytes()


def example_hearings(today: date) -> bytes:
    """Return six hearings of the coming month as a file; `today` is the day in Minsk."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for number, (days, hour, prisoner, *rest) in enumerate(HEARINGS, start=1):
        starts = f"{today + timedelta(days=days)} {hour}"
        rows.writerow([f"example-hearing-{number}", prisoner, starts, "Europe/Minsk", *rest])
    return text.getvalue().encode()
