# make lint: check the example plans. make test: run the tests. make quick: those that need no other program. make soak: the long ones.
# All set everything up first.
.PHONY: lint test quick soak check pages desk pictures docs wheel bundle requirements clean
.DEFAULT_GOAL := lint

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Tests start Python hundreds of times: what it compiles is kept, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

lint: $(READY)
	@echo "== examples/compliant: phải đạt (must comply)"
	@$(BIN)/thamdinh lint examples/compliant
	@echo "== examples/breached: phải có lỗi, mã kết thúc 1 (must show findings, exit status 1)"
	@$(BIN)/thamdinh lint examples/breached; test $$? -eq 1

PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test: $(READY)
	$(PYTEST)

quick: $(READY)
	THAMDINH_PROFILE=dev $(PYTEST) -m "not soak and not long and not office and not process"

soak: $(READY)
	THAMDINH_PROFILE=soak $(PYTEST) -m soak

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	tools/typecheck $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/thamdinh rules doc --lang vi --check
	$(BIN)/python tools/house.py --check
	$(BIN)/python tools/reference.py --check

# Write anew what the program says of itself: the reference pages, the page for man, the picture of the house.
pages: $(READY)
	$(BIN)/thamdinh rules doc --lang vi
	$(BIN)/python tools/house.py
	$(BIN)/python tools/reference.py

$(READY): requirements.txt tools/build-requirements.txt pyproject.toml setup.py tools/find-python
	@for tool in gcc git; do command -v $$tool > /dev/null || { \
	  echo "Thiếu $$tool: cài gcc, make và git rồi chạy lại. ($$tool is missing: install gcc, make and git, then run again.)" >&2; exit 2; }; done
	$$(tools/find-python) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/build-requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# A desk to try in the browser, with made-up offices, people and cases; Ctrl-C ends it, and nothing of it stays.
desk: $(READY)
	$(BIN)/python tools/desk.py

# Take the pictures in the documents anew, of the program as it is; needs Chromium and LibreOffice.
pictures: $(READY)
	$(BIN)/python tools/pictures.py

# The documents as a site in site/, that needs no network, and the two guides as DOCX and PDF (with LibreOffice).
docs: $(READY)
	$(BIN)/python -m mkdocs build --quiet --strict
	$(BIN)/python tools/guide.py

# What pip installs: one file, for every system.
wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-build-isolation --no-deps -w dist .
	@ls dist/thamdinh-$$($(BIN)/python -c 'from thamdinh.version import __version__ as v; print(v)')-py3-none-any.whl

# One archive that installs without a network, on systems like this one.
bundle: wheel
	$(BIN)/python tools/bundle.py dist/thamdinh-$$($(BIN)/python -c 'from thamdinh.version import __version__ as v; print(v)')-py3-none-any.whl dist

# Renew the pinned versions; needs uv on the PATH.
requirements:
	uv pip compile --universal --python-version 3.11 --all-extras --upgrade --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet tools/build-requirements.in -o tools/build-requirements.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
