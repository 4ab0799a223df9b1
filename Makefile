# make demo — the sample company in a browser; make test — every test that needs no server or browser of its own.
SHELL := /bin/bash
BIN := .venv/bin
PINS := requirements/install requirements/build.txt pyproject.toml
PYTEST = $(BIN)/pytest
# pytest says 5 when a selection holds no test.
OR_NONE = || [ $$? -eq 5 ]

.DEFAULT_GOAL := help
.PHONY: help demo test lint format browser postgres bench mutation lock clean

help:
	@echo 'make demo      try the sample company at http://127.0.0.1:8000 — 试用示例公司'
	@echo 'make test      style, types and tests — 代码检查与测试'
	@echo 'make lint      style, formatting and types only — 仅代码检查'
	@echo 'make browser   tests in Chromium — 浏览器测试'
	@echo 'make postgres  tests on PostgreSQL — PostgreSQL 测试'
	@echo 'make bench     measurements — 性能测量'
	@echo 'make mutation  planted faults in the arithmetic of pay — 变异测试'

demo: .venv/.run
	$(BIN)/dealwright demo

test: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -m 'not browser and not postgres and not bench'

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: .venv/.dev
	$(PYTEST) -m browser $(OR_NONE)

# On the server that TEST_DATABASE_URL names, else on one started for the purpose.
postgres: .venv/.dev
	if [ -n "$$TEST_DATABASE_URL" ]; then $(PYTEST) -m postgres; else .ci/with-postgres $(PYTEST) -m postgres; fi $(OR_NONE)

bench: .venv/.dev
	$(PYTEST) -m bench -s $(OR_NONE)

mutation: .venv/.dev
	$(BIN)/python -m tests.mutation.run

lock:
	requirements/relock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov

.venv/.run: $(PINS) requirements/run.txt
	requirements/install run

.venv/.dev: $(PINS) requirements/dev.txt
	requirements/install dev
