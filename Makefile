# The two commands of the README, and what CI runs beside them. Everything lands in .venv; delete it to start over.

PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

SOURCES := pyproject.toml $(wildcard syntax/src/*.c syntax/src/tree_sitter/*.h syntax/nexa/syntax/*.c)
EXAMPLES := docs/examples

.PHONY: demo test test-editors lint generated wheel bench clean

demo: $(VENV)/installed
	@$(BIN)/python docs/demo.py $(EXAMPLES)

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# Real editors, fetched into ~/.cache/nexa-dev; what cannot be had is skipped, and said.
test-editors: $(VENV)/installed-editors
	$(BIN)/python -m pytest tests/editors -rs

lint: $(VENV)/installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

generated: $(VENV)/installed-test
	$(BIN)/python docs/generate.py --check

wheel: $(VENV)/installed-build
	$(BIN)/python tests/project/wheel.py

bench: $(VENV)/installed-test
	$(BIN)/python tests/bench/table.py

# setuptools warns that what we use of it is new, which is no news to those who install.
$(VENV)/installed: $(SOURCES)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q syntax/nexa runtime/nexa lsp/nexa
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

$(VENV)/installed-editors: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group editors
	@touch $@

$(VENV)/installed-lint: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lint
	@touch $@

$(VENV)/installed-build: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group build
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
