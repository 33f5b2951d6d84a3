# `make site` and `make test` are all that a newcomer needs; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help site test thorough check-code lint format format-check types serve generated screenshots pictures benchmark judges lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

site: $(VENV)/.run ## Check the records, build site/ and README.md
	$(BIN)/vlm-survey build

serve: $(VENV)/.run ## Preview the site, and every change at once
	$(BIN)/vlm-survey serve

test: $(VENV)/.dev ## Run all tests
	$(BIN)/python -m pytest

thorough: $(VENV)/.dev ## Run the tests that take minutes, and that `make test` leaves out
	$(BIN)/python -m pytest -m thorough

check-code: lint format-check types ## What CI checks besides the tests

lint: $(VENV)/.dev ## Look for mistakes in the code
	$(BIN)/ruff check .

format: $(VENV)/.dev ## Lay out code and records
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/vlm-survey fmt

format-check: $(VENV)/.dev ## Is everything laid out?
	$(BIN)/ruff format --check .
	$(BIN)/vlm-survey fmt --check

types: $(VENV)/.dev ## Check the types
	$(BIN)/mypy

generated: $(VENV)/.run ## Write anew what is made from the model, the taxonomy and the commands
	$(BIN)/vlm-survey schema
	$(BIN)/vlm-survey forms
	$(BIN)/python -m vlm_survey.cli.reference docs/cli.md

screenshots: $(VENV)/.dev ## Picture every kind of page into screenshots/
	$(BIN)/python -m tests.site.screenshots

pictures: $(VENV)/.dev ## Draw the pictures of the page for contributors anew
	$(BIN)/python -m tests.site.way

benchmark: $(VENV)/.benchmark ## Measure list and site; BENCHMARK="--large" builds 100,000 records too
	$(BIN)/python -m benchmarks.browse
	$(BIN)/python -m benchmarks.site $(BENCHMARK)

judges: tests/judges/node_modules/.installed ## Install what judges README and site (needs npm)

lock: ## Resolve the locked versions anew (needs uv)
	uv pip compile --quiet pyproject.toml --extra build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/run.txt
	uv pip compile --quiet pyproject.toml --extra build --extra dev --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --constraints requirements/run.txt --output-file requirements/dev.txt
	uv pip compile --quiet requirements/benchmark.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/benchmark.txt

clean: ## Remove everything that was built
	rm -rf site .site-next screenshots $(VENV) tests/judges/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes --requirement requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.run
	$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/.benchmark: requirements/benchmark.txt | $(VENV)/.dev
	$(INSTALL) --require-hashes --requirement requirements/benchmark.txt
	@touch $@

tests/judges/node_modules/.installed: tests/judges/package-lock.json
	npm ci --prefix tests/judges --silent --no-audit --no-fund --ignore-scripts
	@touch $@
