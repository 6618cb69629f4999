# Everything a developer runs. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
STANDS := .venv/.stands
SEEDS ?= 200

# Two workers: a browser and two servers run beside the tests. Whoever is done first takes over from
# the other, which else would play the last schedules alone. PYTEST_ARGS="-k word" narrows a run.
PYTEST_ARGS ?=

# How many questions `make fuzz` asks each door and each rule; others each time.
EXAMPLES ?= 300

# What `make bench` may leave out: BENCH_ARGS="--help" lists it.
BENCH_ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo browser test alone check format lock simulate fuzz bench clean

# What `make alone` tests with, at the lock's versions, and which tests a tablet can run by itself.
TOOLS := hypothesis|jsonschema|pytest|pytest-timeout|pytest-xdist|time-machine
TABLETS := tests/ui tests/model tests/network tests/linear

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STANDS) ## make .venv with everything that the lock names

$(STANDS): requirements/all.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Voirie needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." ; \
		echo "Name another one: make setup PYTHON=python3.12" ; exit 1 ; }
	$(PYTHON) -m venv .venv || { \
		echo "On Debian and Ubuntu: apt-get install python3-venv" ; exit 1 ; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		"$$(grep -oE '^uv==[0-9.]+' requirements/all.txt)"
	$(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes -r requirements/all.txt
	$(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## a demo town, its server and one tablet; Ctrl-C stops them
	$(BIN)/voirie demo

browser: setup ## find a Chromium for the tests, or bring one
	$(BIN)/python -m scripts.chromium

test: setup browser ## run every test
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

alone: ## the tablet by itself, without extras: its tests, in .alone, with PYTHON
	rm -rf .alone
	$(PYTHON) -m venv .alone
	.alone/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/tablet.txt
	.alone/bin/python -m pip install --quiet --disable-pip-version-check --no-deps .
	.alone/bin/python -m pip install --quiet --disable-pip-version-check \
		$$(grep -oE '^($(TOOLS))==[^ ]+' requirements/all.txt)
	.alone/bin/voirie --help
	VOIRIE_SKIP=browser,postgres,server .alone/bin/python -m pytest -n 2 $(TABLETS) $(PYTEST_ARGS)

check: setup ## what CI runs: format, lint, types, import contracts, tests, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

format: setup ## put the code in the house's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lock: setup ## work out requirements/*.txt anew from pyproject.toml
	scripts/lock $(BIN)/uv

simulate: setup ## run SEEDS schedules of the synchronization's simulation
	$(BIN)/python -m tests.simulation --seeds $(SEEDS)

fuzz: setup ## ask doors and rules EXAMPLES questions at random, that are allowed or forbidden
	VOIRIE_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q tests/definition
	VOIRIE_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q -n 2 -m hypothesis --ignore tests/definition

bench: setup ## measure the synchronization, beside its peers; BENCH_ARGS="--only ours floor" is short
	$(BIN)/python -m tests.bench $(BENCH_ARGS)

clean: ## remove .venv and every cache
	rm -rf .venv .alone .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
