# Two commands matter: `make run` and `make test`. Both do all the set-up they need.
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run story test long check range golden picture clean
run: $(VENV)/run.ready
	@$(BIN)/acto demo --port $(PORT)

story: $(VENV)/run.ready
	@$(BIN)/acto demo --story --port $(PORT)

test: $(VENV)/test.ready
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.node
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist worksteal
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m tests.oldest

long: $(VENV)/test.ready
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.node
	@$(BIN)/python -m pytest -n 2 -m long

check: $(VENV)/test.ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

range: $(VENV)/test.ready
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.range

golden: $(VENV)/test.ready
	@$(BIN)/python -m tests.golden

picture: $(VENV)/test.ready
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.journeys.picture docs/product.png

clean:
	rm -rf $(VENV) .venv-oldest build dist *.egg-info

$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Acto needs Python 3.11 or newer. Install it (Debian: apt-get install python3 python3-venv) and run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make a virtual environment. Install its venv module (Debian: apt-get install python3-venv) and run make again."; exit 1; }

$(VENV)/run.ready: pyproject.toml | $(VENV)/bin/pip
	@echo "Installing Acto into $(VENV) (once; about a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e . || { echo "Installing failed: the lines above name the package. Check the connection to the package index and run make again."; exit 1; }
	@touch $@

$(VENV)/test.ready: pyproject.toml | $(VENV)/bin/pip
	@echo "Installing Acto and its test tools into $(VENV) (once; about a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]' || { echo "Installing failed: the lines above name the package. Check the connection to the package index and run make again."; exit 1; }
	@touch $@ $(VENV)/run.ready
