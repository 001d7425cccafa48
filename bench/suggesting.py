"""How long a suggestion takes among a hundred thousand guardianships, beside one among a few.

Made by the database itself, as wide as real rows. Half of the prisoners' guardianships have ended, the others
have been written under; a tenth of the prisoners have nobody.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from time import perf_counter
from uuid import UUID

from sqlalchemy import text

from bench import people
from bench.grounds import ENGINES, Grounds, settle
from bench.page import seen_on, table, write_part
from solidarity.access import Actor
from solidarity.covering import count_some
from solidarity.guardianship import suggest
from solidarity.people import actor_of, person_of
from storage.unit_of_work import Storage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = 1_000
FEW, MANY = 1_000, 100_000
# Two and a half guardianships for each prisoner.
PRISONERS = 0.4
LETTERS = 4
AT_ONCE = 10_000
ROUNDS = 200
BOUND_MS = 50
SOME_ID = {"sqlite": "randomblob(16)", "postgresql": "uuid_send(gen_random_uuid())"}
SEALED = {"sqlite": "randomblob(200)", "postgresql": "decode(repeat('ab', 200), 'hex')"}
