# Everything a person runs. `make setup` makes .venv from nothing; the other targets call it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test check format lint types imports docs eval bench calibrate clean

setup: .venv/ready

# PyTorch first and pinned: a plain "torch" brings gigabytes of GPU packages.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt "torch==2.13.0"
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable .
	$(BIN)/python -m compileall -q bot retrieval prompts
	touch .venv/ready

# A local Slack with a fictional office; ends after the conversation where nobody can type.
demo: setup
	$(BIN)/rejoinder playground --demo

# Two processes, each with whole modules: most tests wait for something.
test: setup
	$(BIN)/python -m pytest --numprocesses 2 --dist loadscope

# All failures at once: one failing part does not stop the others.
check: setup
	@$(MAKE) --no-print-directory --keep-going format lint types imports test

format:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

# Write what is generated: .env.example and the tables of the README. Tests say when it is stale.
docs: setup
	$(BIN)/python -m docs.generate

eval: setup
	$(BIN)/rejoinder eval tests/evals/sample-questions.json --documents corpus/documents

bench: setup
	$(BIN)/python -m tests.evals.bench

# Fit when to speak on the sample questions and, where they are, on other sets given as SETS.
calibrate: setup
	$(BIN)/python -m tests.evals.calibrate $(SETS) tests/evals/sample-questions.json corpus/documents

clean:
	rm -rf .venv var
