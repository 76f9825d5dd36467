# make pack   from a fresh machine to the default pack, in build/
# make test   every check that a change must pass
# On Debian and Ubuntu both install what is missing, or print the line to run.

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
endif
CONSTRAINTS := $(wildcard constraints.txt)
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check $(CONSTRAINTS:%=--constraint %)

LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# The tests print on a CUPS server of their own.
CUPS := cups-daemon cups-client cups-ipp-utils
# They make slides of plain text on the kit's PowerPoint template.
PANDOC := pandoc
HAS_VENV := import ensurepip, venv
HAS_LIBRARIES := import ctypes; [ctypes.CDLL(name) for name in \
	("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")]

.PHONY: pack test

pack: .venv/pack.stamp
	.venv/bin/kit build

test: .venv/test.stamp
	@$(test_packages)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest -n auto --dist loadgroup --no-loadscope-reorder

.venv/pack.stamp: .venv/bin/python pyproject.toml $(CONSTRAINTS)
	$(PIP) --editable .
	@touch $@

.venv/test.stamp: .venv/bin/python pyproject.toml $(CONSTRAINTS)
	$(PIP) --editable ".[dev]"
	@touch $@ .venv/pack.stamp

.venv/bin/python:
	@$(system_packages)
	$(PYTHON) -m venv .venv

define system_packages
if [ -z "$(PYTHON)" ]; then \
	echo "kit needs Python 3.11 or newer. It looked for python3.13, python3.12, python3.11 and python3." >&2; exit 1; \
fi; \
missing=""; \
$(PYTHON) -c '$(HAS_VENV)' 2>/dev/null \
	|| missing=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
if [ "$$(uname -s)" = Linux ]; then \
	$(PYTHON) -c '$(HAS_LIBRARIES)' 2>/dev/null || missing="$$missing $(LIBRARIES)"; \
fi; \
$(install_missing)
endef

define test_packages
missing=""; \
for command in cupsd lp ipptool; do \
	PATH="$$PATH:/usr/sbin" command -v $$command >/dev/null || missing="$(CUPS)"; \
done; \
command -v pandoc >/dev/null || missing="$$missing $(PANDOC)"; \
$(install_missing)
endef

define install_missing
if [ -n "$$missing" ]; then \
	if [ "$$(id -u)" = 0 ]; then root=""; \
	elif sudo -n true 2>/dev/null; then root="sudo -n"; \
	else \
		echo "Something is missing on this machine. Please run this line, then make again:" >&2; \
		echo "  sudo apt-get install --yes --no-install-recommends $$missing" >&2; exit 1; \
	fi; \
	$$root apt-get update --quiet && $$root apt-get install --yes --quiet --no-install-recommends $$missing; \
fi
endef
