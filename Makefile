# Every target builds its own .venv from the lock first; quick when nothing changed.
# Half a .venv, as an interrupted first make leaves it, and one whose Python is gone or too old are made anew.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.stamp

NEW := import sys; print("%d.%d" % sys.version_info[:2]); sys.exit(sys.version_info < (3, 11))
WHOLE := $(shell $(PY) -c 'import pip; $(NEW)' >/dev/null 2>&1 && echo yes)

.PHONY: setup demo test check bench campaign lock $(if $(WHOLE),,$(STAMP))
setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
ifeq ($(WHOLE),)
	@found=$$($(PYTHON) -c '$(NEW)' 2>/dev/null) || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) here is $${found:-missing}. Try: make PYTHON=python3.11" >&2; \
		exit 1; }
	@rm -rf $(VENV)
	@{ $(PYTHON) -c 'import ensurepip' 2>/dev/null && $(PYTHON) -m venv $(VENV) >/dev/null; } || { rm -rf $(VENV); \
		echo "python3-venv is missing; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
endif
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup
	@$(PY) -m bot demo $(ARGS)

# A run is a dozen processes: what one of them has compiled the others find, whatever this machine is set to.
test: setup
	PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n 3 --dist worksteal tests $(ARGS)

check: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest tests/rules/catalogs tests/rules/test_plain_words.py

bench: setup
	$(PY) -m tests.bench $(ARGS)

# The tests of which `make test` runs a part (tests/support/length.py, tests/conftest.py); the campaign runs them whole.
IN_PART = $(shell grep -rlE 'from tests.support.length|(either|on_server): World' --include='test_*.py' tests/rules tests/stories tests/wire)
# Minutes for the campaign, more than an hour each for the steps and the walks: STEPS=5000 WALKS=100 for a quick look.
WALKS ?= 5000
STEPS ?= 200000
campaign: setup
	WHOLE=1 $(PY) -m pytest -n 2 tests/promises $(IN_PART)
	$(PY) -m tests.campaign $(ARGS)
	$(PY) -m tests.promises.weather
	$(PY) -m tests.promises --steps $(STEPS)
	$(PY) -m tests.promises.walker --walks $(WALKS) --acts 60

# Only for whoever changes pyproject.toml; needs pip-tools.
PIPCOMPILE := pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --no-header --no-annotate --allow-unsafe
lock:
	$(PIPCOMPILE) --extra dev -o requirements.lock pyproject.toml
	$(PIPCOMPILE) -o requirements-run.lock pyproject.toml
