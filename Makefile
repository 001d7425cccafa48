# Poruch. `make sandbox` to play, `make test` to test, `make check` before a commit.
# Everything is set up into .venv from the hash-pinned locks; only Python 3.11+ with venv, and make, are needed.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
SOURCES := bot handlers solidarity storage locales sandbox migrations tests bench
export PTB_TIMEDELTA := 1
# Each worker of the tests, and each bot that they start, would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: sandbox test check format lint types imports locks lock prove mutants bench bench-long install clean

sandbox: .venv/runtime.stamp
	$(BIN)/python -m bot sandbox

# Thousands of small databases are written and gone again: into memory, where there is room for them.
ROOM = $(shell df -Pk /dev/shm 2>/dev/null | awk '$$4 > 4000000 && $$6 == "/dev/shm" { print "TMPDIR=" $$6 }')

test: .venv/dev.stamp
	$(ROOM) $(BIN)/python -m pytest -n auto --dist worksteal -m "not proof"

check: .venv/dev.stamp lint types imports locks test

lint: .venv/dev.stamp
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/hadolint Dockerfile

format: .venv/dev.stamp
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

types: .venv/dev.stamp
	$(BIN)/mypy

imports: .venv/dev.stamp
	$(BIN)/lint-imports

# A lock must pin and hash everything the settings ask for, and name no address.
locks: .venv/dev.stamp
	! grep -n '://' requirements.lock requirements-dev.lock requirements-build.lock requirements-bench.lock
	$(BIN)/python -m tests.locks

lock: .venv/dev.stamp
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --extra dev -o requirements-dev.lock pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' | \
		$(COMPILE) --no-annotate --constraint requirements-dev.lock -o requirements-build.lock -
	$(COMPILE) --group peers -o requirements-bench.lock

prove: .venv/dev.stamp mutants
	$(BIN)/python -m pytest -m proof --timeout 1800
	$(ROOM) $(BIN)/python -m pytest -n auto --hypothesis-profile search -m "hypothesis and not proof"

# Small changes to the code that the tests must notice: nine in ten of them at least.
mutants: .venv/dev.stamp
	$(BIN)/python -m tests.mutants

bench: .venv/dev.stamp .venv-bench/stamp
	$(BIN)/python -m bench $(BENCH)

bench-long: .venv/dev.stamp .venv-bench/stamp
	$(BIN)/python -m bench.pacing 15 5

# For people with a token: the `poruch` command in .venv/bin, with what it needs and what builds it.
install: .venv/runtime.stamp .venv/build.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation .

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Poruch needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/runtime.stamp: requirements.lock | .venv/bin/python
	$(INSTALL) -r requirements.lock
	touch $@

.venv/build.stamp: requirements-build.lock | .venv/bin/python
	$(INSTALL) -r requirements-build.lock
	touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/bin/python
	$(INSTALL) -r requirements-dev.lock
	touch $@

# What others made, to be measured beside us; never part of what runs.
.venv-bench/stamp: requirements-bench.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@

clean:
	rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist build
