# The course, from a fresh clone, with nothing but Python (3.11 or newer) and make. `make` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help lab test test-browser test-matrix test-pyodide lite test-hub wheel check format notebooks slides site solutions experiment bench clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
COURSE := $(VENV)/.course-installed
TOOLS := $(VENV)/.tools-installed
SITE_TOOLS := $(VENV)/.site-tools-installed
MATRIX_TOOLS := $(VENV)/.matrix-tools-installed
LITE_TOOLS := $(VENV)/.lite-tools-installed
HUB_TOOLS := $(VENV)/.hub-tools-installed

# Chapters to build: all, or e.g. `make notebooks CHAPTERS=03_differentiability`.
CHAPTERS ?=
# Passed on to the experiment of chapter 04b, e.g. `make experiment EXPERIMENT_ARGS="--updates 20000 --jobs 8"`.
EXPERIMENT_ARGS ?=
# Passed on to the slides, e.g. `make slides SLIDES_ARGS=--no-pdf`.
SLIDES_ARGS ?=
# Passed on to the site, e.g. `make site SITE_ARGS=--fresh`.
SITE_ARGS ?=
# Passed on to the matrix, e.g. `make test-matrix MATRIX_ARGS="--python 3.12 --deps lowest"`.
MATRIX_ARGS ?=
# How the notebooks are compared: strictly, or with --nbval-lax, as with versions that round otherwise.
NBVAL ?= --nbval
# Pyodide's full distribution, a folder or a .tar.bz2, for a site that loads nothing from a CDN: `make lite PYODIDE=...`.
PYODIDE ?=
# Passed on to JupyterLab, e.g. `make lab LAB_ARGS=--no-browser`.
LAB_ARGS ?=
START_PAGE = $(firstword $(notdir $(wildcard notebooks/00_*.ipynb notebooks/03_*.ipynb)))
# JupyterLab refuses to start as root, which is the usual user inside a container, unless it is told.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: $(COURSE) ## set up what is missing and open the course in JupyterLab
	cd notebooks && ../$(BIN)/jupyter lab $(AS_ROOT) $(LAB_ARGS) $(START_PAGE)

test: $(TOOLS) ## unit tests, doctests, every notebook cell, solved ones too, against its stored output
	$(PYTHON) -m pytest --numprocesses auto --dist loadfile
	@$(MAKE) --no-print-directory solutions
	@echo "Every notebook is executed and compared with its stored outputs ($(NBVAL)), two at a time."
	@ls -r notebooks/*.ipynb dist/solutions/*.ipynb | xargs -P 2 -n 1 bash -euc "$$RUN_NOTEBOOK" nbval || \
	    { echo "FAILED: a notebook does not show what is stored in it; see above." >&2; exit 1; }

# One notebook, from an empty record of progress: what it shows depends on no other notebook.
define RUN_NOTEBOOK
scratch=$$(mktemp -d)
trap 'rm -rf "$$scratch"' EXIT
run() {
    COURSE_PROGRESS="$$scratch/progress.json" $(PYTHON) -m pytest $(NBVAL) "$$1" -q -p no:cacheprovider \
        --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 300
}
if run "$$1" >"$$scratch/log" 2>&1; then echo "$$1: $$(tail -n 1 "$$scratch/log")"
else cat "$$scratch/log"; echo "$$1: FAILED"; exit 1
fi
endef
export RUN_NOTEBOOK

test-browser: $(TOOLS) ## build slides and site, and work them and JupyterLab by keyboard in Chromium
	@$(MAKE) --no-print-directory slides SLIDES_ARGS=--no-pdf
	@$(MAKE) --no-print-directory site
	$(PYTHON) -m pytest tests/browser --numprocesses 2 --maxschedchunk 1

test-matrix: $(MATRIX_TOOLS) ## all tests on Python 3.11 to 3.13, with the oldest and the newest packages: an hour
	$(PYTHON) tools/version_matrix.py $(MATRIX_ARGS)

test-pyodide: $(TOOLS) ## the symbolic floors in Pyodide, Python for the browser, under Node; needs npm
	$(PYTHON) -m pytest tests/wasm

test-hub: $(HUB_TOOLS) ## a class of ten on a JupyterHub, each with a chapter; minutes, and needs npm
	$(PYTHON) -m pytest tests/hub -p no:cacheprovider

check: $(TOOLS) ## style, types, floors, docstrings, and notebooks in step with their sources
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/numpydoc lint $$(find course_lib -name "*.py")
	$(PYTHON) tools/build_notebooks.py --check

format: $(TOOLS) ## format the code and mend what ruff can mend
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

notebooks: $(TOOLS) ## execute notebooks/src/*.py and write notebooks/*.ipynb
	$(PYTHON) tools/build_notebooks.py $(CHAPTERS)

slides: $(TOOLS) ## reveal.js decks in dist/slides, with speaker notes and PDFs; needs npm and Chromium
	@$(if $(CHAPTERS),,rm -rf dist/slides)
	$(PYTHON) tools/build_slides.py $(SLIDES_ARGS) $(CHAPTERS)

site: $(SITE_TOOLS) ## the course as a website in dist/site, for any static host or none; needs npm
	$(PYTHON) tools/build_site.py $(SITE_ARGS)

# In an environment of its own: JupyterLite's kernel is an extension that JupyterLab itself cannot load.
lite: ## the course in the browser alone, in dist/lite, for any static host; needs npm
	@$(MAKE) --no-print-directory lite-site VENV=build/lite-venv

lite-site: $(LITE_TOOLS)
	$(PYTHON) tools/build_lite.py $(if $(PYODIDE),--pyodide $(PYODIDE))

wheel: $(TOOLS) ## the course as a wheel, chapters included, and as an sdist, in dist
	$(PYTHON) -m build

solutions: $(TOOLS) ## for teachers: the notebooks with every exercise answered, in dist/solutions
	@$(if $(CHAPTERS),,rm -rf dist/solutions)
	$(PYTHON) tools/build_solutions.py $(CHAPTERS)

experiment: $(COURSE) ## chapter 04b's experiment in the paper's size: long, and resumed where it was stopped
	$(PYTHON) -m course_lib.propagation --size paper $(EXPERIMENT_ARGS)

bench: $(TOOLS) ## measure the course beside its named peers
	@for benchmark in benchmarks/*.py; do echo "== $$benchmark"; $(PYTHON) "$$benchmark"; done

clean: ## remove the environment and every cache
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# Installing. uv when there is one (seconds), else venv and pip (a minute or two). Each stamp is newer than
# pyproject.toml once its packages are in, so that a second `make lab` starts at once.
INSTALL = if command -v uv >/dev/null; then uv pip install --quiet --python $(PYTHON) --editable $(1); \
	else $(PYTHON) -m pip install --quiet --disable-pip-version-check --editable $(1); fi

$(COURSE): pyproject.toml deploy/overrides.json | $(PYTHON)
	@echo "Installing the course and what it needs into $(VENV) ..."
	@$(call INSTALL,.)
	@touch $@

$(TOOLS): pyproject.toml deploy/overrides.json | $(PYTHON)
	@echo "Installing the course and its development tools into $(VENV) ..."
	@$(call INSTALL,'.[dev]')
	@touch $@ $(COURSE)

$(SITE_TOOLS): pyproject.toml | $(TOOLS)
	@echo "Installing what the website is built with into $(VENV) ..."
	@$(call INSTALL,'.[site]')
	@touch $@

$(MATRIX_TOOLS): pyproject.toml | $(TOOLS)
	@$(call INSTALL,'.[matrix]')
	@touch $@

$(LITE_TOOLS): pyproject.toml | $(PYTHON)
	@echo "Installing what the course in the browser is built with into $(VENV) ..."
	@$(call INSTALL,'.[lite]')
	@touch $@

$(HUB_TOOLS): pyproject.toml | $(TOOLS)
	@echo "Installing JupyterHub into $(VENV) ..."
	@$(call INSTALL,'.[hub]')
	@touch $@

$(PYTHON):
	@if command -v uv >/dev/null; then uv venv --quiet --python '>=3.11' $(VENV); exit; fi; \
	for candidate in python3.13 python3.12 python3.11 python3 python; do \
	    if "$$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "Making $(VENV) with $$candidate ..."; \
	        "$$candidate" -m venv $(VENV); exit; \
	    fi; \
	done; \
	echo "The course needs Python 3.11 or newer with its venv module, and found none of python3.13, python3.12," >&2; \
	echo "python3.11, python3, python. Install one (on Debian and Ubuntu: apt install python3 python3-venv), or uv," >&2; \
	echo "and run make again." >&2; exit 1
