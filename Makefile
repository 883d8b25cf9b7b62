# Every target builds its own .venv from the lock first; quick when nothing changed.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.stamp

.PHONY: setup demo test check bench campaign lock
setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup
	@$(PY) -m bot demo $(ARGS)

test: setup
	$(PY) -m pytest -n 2 --dist worksteal tests $(ARGS)

check: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest tests/test_catalogs.py

bench: setup
	$(PY) -m tests.bench $(ARGS)

# Minutes for the campaign, more than an hour each for the steps and the walks: STEPS=5000 WALKS=100 for a quick look.
WALKS ?= 5000
STEPS ?= 200000
campaign: setup
	$(PY) -m tests.campaign $(ARGS)
	$(PY) -m tests.weather
	$(PY) -m tests.promises --steps $(STEPS)
	$(PY) -m tests.walker --walks $(WALKS) --acts 60

# Only for whoever changes pyproject.toml; needs pip-tools.
PIPCOMPILE := pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --no-header --no-annotate --allow-unsafe
lock:
	$(PIPCOMPILE) --extra dev -o requirements.lock pyproject.toml
	$(PIPCOMPILE) -o requirements-run.lock pyproject.toml
