# One command for each thing that a newcomer does; README.md says what they print.
SHELL := /bin/bash
PYTHON := .venv/bin/python
STAMP := .venv/.installed
TEST_STAMP := .venv/.installed-for-tests
# Without compiled files every start reads and compiles all sources again.
export PYTHONDONTWRITEBYTECODE =

# Tests of the pure floors; they alone must reach every branch of them.
PURE := tests/forms tests/exports tests/translations tests/consultations/flood tests/consultations/staff \
	tests/consultations/rounds tests/consultations/responses tests/consultations/fieldwork \
	tests/consultations/analysis tests/consultations/papers

.PHONY: run test attacks check fuzz catalogues clean

# For instance `make run ARGS="--port 8080"`.
run: $(STAMP) translations/.compiled
	@.venv/bin/flask --app app start $(ARGS)

test: $(TEST_STAMP) translations/.compiled
	@$(PYTHON) -m pytest -n 2 --dist loadfile -m "not attack"

# All attacks, also those that `make test` has no time for, with the figures that they print.
attacks: $(TEST_STAMP) translations/.compiled
	@$(PYTHON) -m pytest -s tests/attacks

check: $(TEST_STAMP) translations/.compiled
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m pytest -q -n 2 tests/guards
	@$(PYTHON) -m pytest -q -n 2 --cov --cov-report=term-missing:skip-covered $(PURE)

# Mutated forms by the hundred thousand; `make test` tries a few. For instance `make fuzz ARGS="--tables 1000 --files 0"`.
fuzz: $(TEST_STAMP)
	@$(PYTHON) -m tests.fuzz $(ARGS)

# The catalogues from the sources: new words appear in messages.pot and, untranslated, in every language.
catalogues: $(TEST_STAMP)
	@$(PYTHON) -m translations.catalogues update

translations/.compiled: $(STAMP) $(wildcard translations/*/LC_MESSAGES/messages.po)
	@$(PYTHON) -m translations.catalogues compile
	@touch $@

$(STAMP): requirements.txt deploy/install.sh
	@bash deploy/install.sh requirements.txt
	@touch $@

$(TEST_STAMP): tests/requirements.txt deploy/install.sh
	@bash deploy/install.sh tests/requirements.txt browser
	@touch $(STAMP) $@

clean:
	rm -rf .venv instance translations/.compiled
