"""Imports what is named on standard input, a JSON list in one line; says so, and stays until it is told."""

import json
import sys
from contextlib import suppress
from importlib import import_module

for name in json.loads(sys.stdin.readline()):
    # Names that stand for parts of others cannot be imported by themselves.
    with suppress(ImportError):
        import_module(name)
print(flush=True)
sys.stdin.read()
