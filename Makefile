# Needs make, a POSIX shell and Python 3.11 to 3.13; everything else is installed into .venv from locks/.
.POSIX:
.DELETE_ON_ERROR:
.PHONY: help demo test year check bench lock clean install install-test install-all

BIN = .venv/bin
# Tests also wait, so there may be more workers than cores: make WORKERS=8 test
WORKERS = 3

help: ## show this list
	@echo "Muster. Type make and one of:"
	@sed -n 's/^\([a-z]*\): .*## /\1#/p' Makefile | while IFS='#' read -r name does; do printf '  %-7s %s\n' "$$name" "$$does"; done

demo: install ## try Muster in a local stand-in for Slack, in the browser
	@exec $(BIN)/muster demo

# Where Python is told to keep nothing of what it compiles, each of the many processes compiles everything anew.
test: check ## run everything that must pass
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

year: install-test ## live a whole year and recount every number of its digests; the tests do so for nine weeks
	MUSTER_TEST_WEEKS=52 $(BIN)/python -m pytest -q tests/year

check: install-all ## check formatting, lint, types, import rules, rituals and docs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/muster rituals check rituals/*.yaml
	$(BIN)/python -m pytest -q tests/project/test_docs.py

bench: install-test ## measure, each figure as a ratio to its floor
	@exec $(BIN)/python -m benchmarks

lock: install-all ## write the locks anew after a change of needs in pyproject.toml
	UV=$(BIN)/uv locks/update

clean: ## remove what was installed and what tools left behind
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

install:
	@PYTHON="$(PYTHON)" locks/install runtime

install-test:
	@PYTHON="$(PYTHON)" locks/install runtime test

install-all:
	@PYTHON="$(PYTHON)" locks/install runtime test lint
