# Start with `make site` and `make test`; `make help` lists all targets.
PYTHON ?= python3
VENV := .venv
DIST := dist
BIN := $(VENV)/bin
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check
INSTALL := $(call install,$(VENV))

.DEFAULT_GOAL := help
.PHONY: help site test thorough faults check-code lint format format-check types security schemas spelling coverage mutants lowest package sbom licences serve generated screenshots pictures benchmark fuzz judges lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

site: $(VENV)/.run ## Check the records, build site/ and README.md
	$(BIN)/vlm-survey build

serve: $(VENV)/.run ## Preview the site with live reload
	$(BIN)/vlm-survey serve

test: $(VENV)/.dev ## Run all tests
	$(BIN)/python -m pytest

thorough: $(VENV)/.dev ## Run the slow tests that `make test` skips
	$(BIN)/python -m pytest -m thorough

faults: $(VENV)/.dev ## Interrupt each writing command at MOMENTS moments
	VLM_SURVEY_MOMENTS=$(MOMENTS) $(BIN)/python -m pytest tests/faults

check-code: lint format-check types security schemas spelling ## Run all checks of CI besides the tests

lint: $(VENV)/.dev ## Lint the code
	$(BIN)/ruff check .

format: $(VENV)/.dev ## Format code and records
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/vlm-survey fmt

format-check: $(VENV)/.dev ## Check the formatting
	$(BIN)/ruff format --check .
	$(BIN)/vlm-survey fmt --check

types: $(VENV)/.dev ## Check the types
	$(BIN)/mypy

security: $(VENV)/.dev ## Scan code and workflows for security problems
	@# On stderr bandit repeats each exception that the code explains.
	$(BIN)/bandit --quiet --configfile pyproject.toml --exclude $(VENV) --recursive \
	  src .github/scripts benchmarks 2>/dev/null
	$(BIN)/zizmor --offline --persona=auditor --no-progress --quiet .github

schemas: $(VENV)/.dev ## Validate files for GitHub and Zenodo against their schemas
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms \
	  $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff

spelling: $(VENV)/.dev ## Check the spelling of all texts
	$(BIN)/codespell

coverage: $(VENV)/.dev ## Run all tests and report uncovered lines
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants: $(VENV)/.mutants ## Mutation testing of critical modules
	$(BIN)/mutmut run --max-children 1
	$(BIN)/mutmut results

lowest: ## Run all tests with the lowest versions allowed by pyproject.toml
	$(PYTHON) -m venv $(VENV)/lowest
	$(call install,$(VENV)/lowest) --require-hashes --requirement requirements/lowest.txt
	$(call install,$(VENV)/lowest) --no-deps --no-build-isolation --editable .
	@# The fuzzers, and the licences of what is locked, are for the locked versions.
	$(VENV)/lowest/bin/python -m pytest --ignore=tests/fuzz --ignore=tests/test_licences.py

package: $(VENV)/.dev ## Build the package into dist/
	rm -rf $(DIST)
	$(BIN)/python -m hatchling build --directory $(abspath $(DIST))

sbom: package ## Install the package in a clean environment and list its components
	$(PYTHON) -m venv $(DIST)/environment
	$(call install,$(DIST)/environment) --require-hashes --requirement requirements/run.txt
	$(call install,$(DIST)/environment) --no-deps --no-index $(DIST)/*.whl
	$(DIST)/environment/bin/python -m pip uninstall --quiet --yes pip setuptools
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file $(DIST)/sbom.cdx.json $(DIST)/environment/bin/python

licences: $(VENV)/.dev ## List the licences of all installed packages
	$(BIN)/python -m tests.licences

generated: $(VENV)/.run ## Update the files generated from model, taxonomy and commands
	$(BIN)/vlm-survey schema
	$(BIN)/vlm-survey forms
	$(BIN)/python -m vlm_survey.cli.reference docs/cli.md
	$(BIN)/python -m tests.site.letters

screenshots: $(VENV)/.dev ## Take screenshots of every page kind in screenshots/
	$(BIN)/python -m tests.site.screenshots

pictures: $(VENV)/.dev ## Update the images on the Contribute page
	$(BIN)/python -m tests.site.way

benchmark: $(VENV)/benchmark/.installed ## Benchmark list and site; BENCHMARK="--large" also builds 100,000 records
	$(BIN)/python -m benchmarks.browse
	$(VENV)/benchmark/bin/python -m benchmarks.site $(BENCHMARK)

FUZZED := load address bibtex query
RUNS ?= 20000
MOMENTS ?= 50

fuzz: $(VENV)/.fuzz ## Run the fuzzers; RUNS=1000000 runs longer
	@failed=; for target in $(FUZZED); do \
	  $(BIN)/python -W error -m tests.fuzz $$target -runs=$(RUNS) || failed="$$failed .fuzz/$$target/"; \
	done; [ -z "$$failed" ] || { echo "Found: see$$failed" >&2; exit 1; }

judges: tests/judges/node_modules/.installed ## Install the linters for README and site (needs npm)

lock: ## Update the lock files (needs uv)
	uv pip compile --quiet pyproject.toml --extra build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/run.txt
	uv pip compile --quiet pyproject.toml --extra build --extra dev --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --constraints requirements/run.txt --output-file requirements/dev.txt
	uv pip compile --quiet requirements/benchmark.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/benchmark.txt
	uv pip compile --quiet requirements/fuzz.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/fuzz.txt
	uv pip compile --quiet requirements/mutants.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --constraints requirements/dev.txt --output-file requirements/mutants.txt
	# First what users install, as old as may be; then what tests it, as new as goes with that.
	uv pip compile --quiet pyproject.toml --extra build --universal --python-version 3.11 \
	  --resolution lowest-direct --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/lowest.txt
	uv pip compile --quiet pyproject.toml --extra build --extra dev --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --constraints requirements/lowest.txt --output-file requirements/lowest.txt

clean: ## Remove everything that was built
	rm -rf site .site-next .site-work $(DIST) mutants screenshots $(VENV) tests/judges/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .fuzz .coverage*

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

# The site is made by what users install: with pandas beside it, pyarrow loads that too.
$(VENV)/benchmark/.installed: requirements/run.txt requirements/benchmark.txt | $(VENV)/.dev
	$(PYTHON) -m venv $(VENV)/benchmark
	$(call install,$(VENV)/benchmark) --require-hashes --requirement requirements/run.txt \
	  --requirement requirements/benchmark.txt
	$(call install,$(VENV)/benchmark) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.fuzz: requirements/fuzz.txt | $(VENV)/.dev
	$(INSTALL) --require-hashes --requirement requirements/fuzz.txt
	@touch $@

$(VENV)/.mutants: requirements/mutants.txt | $(VENV)/.dev
	$(INSTALL) --require-hashes --requirement requirements/mutants.txt
	@touch $@

tests/judges/node_modules/.installed: tests/judges/package-lock.json
	npm ci --prefix tests/judges --silent --no-audit --no-fund --ignore-scripts
	@touch $@
