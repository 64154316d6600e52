# What people and continuous integration run. "make help" lists the targets; each sets up what it needs.
#
# Everything lives in .venv, from locked versions with hashes. Nothing is installed when nothing changed, and a
# complete .venv needs no network.

.DEFAULT_GOAL := build
.PHONY: build test test-deep test-pipelines coverage lint format serve dist lock bench clean help
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Any Python from 3.11 on that has venv: make PYTHON=/path/to/python (used when .venv is made).
PYTHON ?=
# BROWSER=install installs Chromium first, on Debian, so that the tests of the site in a browser are not skipped.
BROWSER ?=
# More arguments for pytest: make test ARGS="-k handoff".
ARGS ?=

RUN := .venv/bin/python -P -m
# Scripts in .venv hold absolute paths, so the stamps of a moved or copied folder do not count.
HERE := $(shell pwd | cksum | cut -d ' ' -f 1)
BUILD_READY := .venv/ready-to-build-$(HERE)
TEST_READY := .venv/ready-to-test-$(HERE)
LOCK_READY := .venv/ready-to-lock-$(HERE)
PIPELINES_READY := .venv/ready-to-test-pipelines-$(HERE)
INSTALL := $(RUN) pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r

build: $(BUILD_READY) ## compile the organisation of this repository into build/
	@.venv/bin/watchbill build .

test: $(TEST_READY) ## run the tests
	@$(if $(filter install,$(BROWSER)),sh .ci/browser)
	$(RUN) pytest -n auto $(ARGS)

test-deep: $(TEST_READY) ## run the tests, the long ones too: fuzzing, thousands of random cases, a fresh installation
	$(RUN) pytest -n auto --deep $(ARGS)

test-pipelines: $(PIPELINES_READY) ## run the workflows and hooks for real: act and pre-commit, no Docker, no network
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(RUN) pytest -n auto tests/workflows $(ARGS)

coverage: $(TEST_READY) ## run the tests and report which lines and branches they reach
	$(RUN) pytest -n auto --cov --cov-report=term-missing:skip-covered $(ARGS)

lint: $(TEST_READY) ## check style, types and import directions
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	.venv/bin/lint-imports

format: $(TEST_READY) ## mend what style checks can mend
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

serve: build ## compile, then show the site on this machine
	@echo "Serving on http://localhost:8000/ (stop with Ctrl-C)"
	@$(RUN) http.server --bind localhost --directory build/site 8000

dist: $(TEST_READY) ## build wheel and sdist into dist/, the same bytes for the same commit
	@rm -rf dist
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} $(RUN) build --no-isolation --outdir dist .

bench: $(TEST_READY) ## measure checking and expanding; see benchmarks/README.md
	$(RUN) compileall -q .venv/lib compiler
	.venv/bin/python benchmarks/start_up.py
	.venv/bin/python benchmarks/check.py 100 1000
	.venv/bin/python benchmarks/expand.py

# uv writes the lock because it resolves for all Python versions and platforms at once.
LOCK := $(RUN) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command 'make lock'

lock: $(LOCK_READY) ## refresh requirements/ from pyproject.toml; newer versions: make lock ARGS=--upgrade
	$(LOCK) $(ARGS) --group dev pyproject.toml --output-file requirements/dev.txt
	$(LOCK) $(ARGS) --group build --constraint requirements/dev.txt pyproject.toml --output-file requirements/build.txt
	$(LOCK) $(ARGS) --group lock --output-file requirements/lock.txt
	$(LOCK) $(ARGS) --group pipelines --constraint requirements/dev.txt --output-file requirements/pipelines.txt

clean: ## remove what the other targets made, .venv too
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
	  printf '  %-15s %s\n' "$$name" "$$text"; done

$(BUILD_READY): requirements/build.txt pyproject.toml
	@sh .ci/environment $(HERE) "$(PYTHON)"
	@echo "Installing what building needs into .venv ..."
	@$(INSTALL) requirements/build.txt
	@$(RUN) pip install --quiet --disable-pip-version-check --no-input --no-build-isolation --no-deps --editable .
	@touch $@

$(TEST_READY): requirements/dev.txt $(BUILD_READY)
	@echo "Installing what testing needs into .venv ..."
	@$(INSTALL) requirements/dev.txt
	@touch $@

$(LOCK_READY): requirements/lock.txt $(BUILD_READY)
	@$(INSTALL) requirements/lock.txt
	@touch $@

$(PIPELINES_READY): requirements/pipelines.txt $(TEST_READY)
	@$(INSTALL) requirements/pipelines.txt
	@touch $@
