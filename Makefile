# Everything a person or a CI machine does here.  `make` alone lists the targets.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

# The first Python on the path that is new enough; `make PYTHON=/path/to/python3.12 setup` chooses another one.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$name -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo $$name; break; }; done)

# Arguments for the commands, e.g. `make conformance ARGS="--tags @journey"`, `make test ARGS=tests/test_browsers.py`.
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup lint conformance test portals test-portals test-drafts test-broken faults variations mutation bench demo serve clean python

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP)  ## create .venv from the locked packages and find or install a browser; harmless to repeat
	@$(BIN)/python -m portal2fa.browser_setup

# The stamp is written last: without it, or with an older one than what it is made from, everything is made again.
$(STAMP): requirements.lock pyproject.toml | python
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --require-hashes --requirement requirements.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	touch $(STAMP)

python:
	@test -n "$(PYTHON)" || { \
	  echo "portal2fa needs Python 3.11 or newer, and no python3 on the path is." >&2; \
	  echo "  hint: install one, or name it: make PYTHON=/path/to/python3.12 setup" >&2; exit 2; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(PYTHON) is older than Python 3.11." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot create virtual environments: its module ensurepip or venv is missing." >&2; \
	  echo "  hint: on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }

lint: $(STAMP)  ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup  ## test our own code
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

# pytest takes the last -m: with an empty one nothing is left out.  Two portals at a time: each run has all cores already,
# but was seen to leave a third of two cores idle, or more.
test-portals: setup  ## judge all portals under test, also those that take long
	$(BIN)/pytest --numprocesses 2 --dist loadfile --timeout 3600 -m "" tests/portals tests/stand_ins tests/restoring $(ARGS)

test-drafts: setup  ## draft profiles of all portals under test, and hold them to those made by hand (long)
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --timeout 3600 -m "" tests/drafting $(ARGS)

test-broken: setup  ## break each entry of the shipped profiles, in runs and before doctor, and ask for its name (long)
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --timeout 3600 -m "" tests/broken_runs tests/doctor $(ARGS)

NAME ?=
portals: setup  ## start a portal under test to look at: make portals NAME=flask_security; Ctrl-C ends it
	@$(BIN)/python tests/portals/show.py $(NAME)

conformance: setup  ## run the specification against the reference portal, and judge it
	$(BIN)/portal2fa run $(ARGS)

faults: setup  ## run the scenarios against the reference portal's faults, and compare the kill matrix (minutes)
	$(BIN)/portal2fa faults run --kept features/kill-matrix.csv $(ARGS)

variations: setup  ## run the specification on portals that are right in other ways, and write a table (long)
	$(BIN)/portal2fa variations run $(ARGS)

mutation: setup  ## break each rule of the reference portal, and see whether the tests notice; ARGS=features asks these (long)
	$(BIN)/python -m mutation $(ARGS)

bench: setup  ## measure runs beside bare scripts and other runners, and write docs/benchmarks.md (long)
	$(BIN)/python -m bench $(ARGS)

demo: setup  ## walk the documented steps by hand on the reference portal; Ctrl-C ends it
	$(BIN)/portal2fa demo $(ARGS)

serve: setup  ## start the reference portal to look at; Ctrl-C ends it
	$(BIN)/portal2fa serve $(ARGS)

clean:  ## remove the environment, caches and reports
	rm -rf $(VENV) .cache build dist portal2fa-report .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
