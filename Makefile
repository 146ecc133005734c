# make demo [ARGS=--no-serve]   the sample company, loaded and served
# make test [ARGS=tests/core]   all tests, on SQLite and on PostgreSQL
# make lint                     style, floors of the house, types
# make test-all                 tests and lint: what CI runs
# make clean                    remove the environment and the demo's data

FOUND := $(shell for p in python3.11 python3 python python3.14 python3.13 python3.12; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; \
	done)
SYSTEM_PYTHON ?= $(FOUND)
# Relative, because a path with a space in it is two words to make.
PYTHON := .venv/bin/python
export KLANTBEELD_HOME ?= $(CURDIR)/.klantbeeld

.PHONY: demo test lint test-all base dev clean

demo: base
	@$(PYTHON) -m klantbeeld demo $(ARGS)

test: dev
	@$(PYTHON) scripts/system_packages.py
	@$(PYTHON) scripts/test.py $(ARGS)

lint: dev
	@$(PYTHON) scripts/lint.py

test-all: test lint

base dev:
	@if [ -z "$(SYSTEM_PYTHON)" ]; then echo "Python 3.11 or later is needed and was not found." >&2; exit 2; fi
	@"$(SYSTEM_PYTHON)" scripts/environment.py $@

clean:
	rm -rf .venv "$(KLANTBEELD_HOME)-demo"
