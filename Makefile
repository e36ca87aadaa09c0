# Two commands for everybody: `make demo` and `make test`. The rest is for those who work on the project.
# Everything runs as `.venv/bin/python -m …`, so that a space in the path does no harm.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
STAMP := $(VENV)/installed-from
AXE := tests/report/html/axe
# With .wheels filled (`make wheels`) nothing is asked from an index.
OFFLINE := $(if $(wildcard .wheels/*),--no-index --find-links .wheels,)

.PHONY: help demo test test-long install browser axe docs accuracy bench bench-peers profile costs fuzz lock wheels build clean

help:
	@echo "make demo       check the example pages and print the report"
	@echo "make test       install, then ruff, mypy and the tests"
	@echo "make test-long  the tests that take longer or need more tools"
	@echo "make axe        install axe-core, which some tests ask (needs npm)"
	@echo "make docs       write the pages about the rules, rules/README.md and rules/docs/"
	@echo "make accuracy   count how often rules are wrong on labelled pages: make accuracy LABELS=FOLDER"
	@echo "make bench      measure speed and memory, into tests/bench/results/: make bench PAGES=FOLDER for pages of your own"
	@echo "make bench-peers  install what the benchmark compares with (group bench of pyproject.toml)"
	@echo "make profile    the functions that take the most time, step by step; PAGES as above"
	@echo "make costs      take what pages cost now, in counts, for the ceilings that the tests hold"
	@echo "make fuzz       look for input that breaks something: make fuzz TARGET=urls SECONDS=600; all targets for a minute each by default"
	@echo "make wheels     fill .wheels/, so that the above work offline in a new place"
	@echo "make build      the wheel and the source archive, in dist/"
	@echo "make lock       renew requirements.lock (needs uv)"
	@echo "make clean      remove what these made, but for .wheels/"

demo: install
	@$(RUN) -m checker check fixtures/pages --fail-on never --no-cache --output text --output json=demo-report.json
	@echo "The same findings for programs: demo-report.json"

test: install browser axe
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest -q -m "not long" -n auto --dist loadfile

test-long: install browser axe
	$(RUN) -m pytest -q -m long

# Installs only when the lock or the project file changed since the last time, so that a second run needs no network.
install:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "disclosure-checker needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.12 …")'
	@test -x $(RUN) || "$(PYTHON)" -m venv $(VENV)
	@want="$$(cat requirements.lock pyproject.toml | cksum) $(CURDIR)"; \
	if [ "$$(cat $(STAMP) 2>/dev/null)" != "$$want" ]; then \
		echo "Installing into $(VENV) …" && \
		{ $(RUN) -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV); } && \
		$(RUN) -m pip install --quiet --disable-pip-version-check $(OFFLINE) --require-hashes -r requirements.lock && \
		$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . && \
		printf '%s\n' "$$want" > $(STAMP); \
	fi

# Tests that draw pages need a Chromium; without one they are skipped, and say so.
browser:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell fonts-liberation >/dev/null || true; \
		fi

# Tests that ask whether everybody can use the HTML report need axe-core; without it they are skipped, and say so.
axe:
	@cd $(AXE) && { test node_modules/.package-lock.json -nt package-lock.json || ! command -v npm >/dev/null || \
		npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || true; }

docs: install
	@$(RUN) -m checker.docs

# The pages about the rules show the counts.
accuracy: install
	@$(RUN) -m fixtures.measure $(if $(LABELS),"$(LABELS)")
	@$(RUN) -m checker.docs

bench: install
	@$(RUN) -m tests.bench run $(if $(PAGES),--pages "$(PAGES)")

# An older pip cannot tell lxml[html_clean] from lxml[html-clean].
bench-peers: install
	$(RUN) -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(RUN) -m pip install --quiet --disable-pip-version-check --group bench

profile: install
	@$(RUN) -m tests.bench profile $(if $(PAGES),--pages "$(PAGES)")

costs: install
	@$(RUN) -m tests.bench.costs --renew

# What goes wrong is kept in .fuzz/TARGET/faults.
fuzz: install
	@$(RUN) -c 'import atheris' 2>/dev/null || \
		{ $(RUN) -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1" && $(RUN) -m pip install --quiet --disable-pip-version-check --group fuzz; }
	@$(RUN) -m tests.fuzz $(TARGET) $(if $(SECONDS),--seconds $(SECONDS))

# Renews the lock from pyproject.toml; needs uv (https://docs.astral.sh/uv/).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev pyproject.toml --output-file requirements.lock

wheels: install
	$(RUN) -m pip download --quiet --disable-pip-version-check --require-hashes -r requirements.lock --dest .wheels

build: install
	$(RUN) -m build --no-isolation

clean:
	rm -rf $(VENV) dist $(AXE)/node_modules demo-report.json .disclosure-checker-cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
