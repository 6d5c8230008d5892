# Everyone's verbs. `make demo` and `make test` set up whatever they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check format bench fuzz docs image clean

demo: .venv/.installed ## run the guide's scenario on the embedded server
	$(BIN)/entrasim run scenarios/qualytics-directory-sync.yaml

test: .venv/.installed-dev ## run all tests
	$(BIN)/pytest

check: .venv/.installed-dev ## format, lint, types, import directions, docs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/docs

format: .venv/.installed-dev ## let ruff format and mend what it can
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: .venv/.installed-dev ## measure; exits with 1 when a figure is missed
	$(BIN)/python -m benchmarks

fuzz: .venv/.installed-dev ## fuzz the expression language for MINUTES (3)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	mkdir -p build/fuzz
	$(BIN)/python tests/fuzz/expressions.py -max_total_time=$$((60 * $(or $(MINUTES),3))) \
		-dict=tests/fuzz/expressions.dict -artifact_prefix=build/fuzz/ build/fuzz tests/fuzz/corpus

docs: .venv/.installed ## write the generated pages anew
	$(BIN)/python docs/generate.py

image: .venv/.installed ## write what the SCIM server's image is built from to build/scim-server
	$(BIN)/python -m entrasim_kit.images build/scim-server

clean: ## remove what the targets above made
	rm -rf .venv build node_modules report

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/.installed-dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch .venv/.installed $@
