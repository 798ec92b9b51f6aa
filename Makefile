# The only entry point. `make` prints what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV_VERSION := 0.13.9
UV := .uv/bin/uv
PYTHON := .venv/bin/python
KAERU := .venv/bin/kaeru
SHOP ?= demo
LINES ?= 20000
SEED ?= 20261031

# No library phones home, and no interpreter is downloaded.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DAGSTER_DISABLE_TELEMETRY := yes
export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false
export UV_PYTHON_DOWNLOADS := never
# Compiled once here: where Python may not write beside its sources, every start would do it anew.
export UV_COMPILE_BYTECODE := 1

.PHONY: help setup system-packages check test demo run dash bench faults proof model reasons-bench fit-bench address-bench serve-bench shops pictures metrics clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-13s %s\n", $$1, $$2}'

$(UV):
	python3 -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed: pyproject.toml uv.lock | $(UV)
	$(UV) sync --locked --quiet
	@touch $@

setup: .venv/.installed  ## install everything that Kaeru needs, into .venv

system-packages:
	@bash .ci/system_packages

check: setup  ## lint, types, architecture: no data, under a minute
	@$(MAKE) --no-print-directory -j 2 --output-sync=target \
		check-sql check-types check-rules check-imports check-style

.PHONY: check-sql check-types check-rules check-imports check-style
check-sql:
	.venv/bin/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests
check-types:
	.venv/bin/mypy
check-rules:
	$(PYTHON) -m pytest -q tests/architecture
check-imports:
	.venv/bin/lint-imports
check-style:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

test: check system-packages  ## everything; what CI runs
	$(PYTHON) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/architecture

demo: setup  ## a synthetic shop, end to end, and its dashboards
	@test -e $(SHOP)/kaeru.toml || $(KAERU) demo $(SHOP) --lines $(LINES) --seed $(SEED)
	$(KAERU) run --shop $(SHOP)
	$(KAERU) dashboard --shop $(SHOP)

run: setup  ## land, model and publish the shop in SHOP
	$(KAERU) run --shop $(SHOP)

dash: setup  ## open the dashboards of the shop in SHOP
	$(KAERU) dashboard --shop $(SHOP)

bench: setup  ## the figures of the README, as ratios; takes long
	$(PYTHON) -m benchmarks.bench --write

faults: setup  ## kill, cut, fill, flip, and plant bugs; takes long
	$(PYTHON) -m benchmarks.faults

proof: setup  ## docs/PROOF.md, against planted truth; takes hours
	$(PYTHON) -m benchmarks.proof

model: setup  ## the shipped model of reasons, made anew from generated notes
	OMP_NUM_THREADS=1 $(PYTHON) -m orchestration.shipped_model

reasons-bench: setup  ## the figures of models_ml/reasons/CARD.md, where the data are; takes minutes
	OMP_NUM_THREADS=1 $(PYTHON) -m benchmarks.reasons_bench
	OMP_NUM_THREADS=1 $(PYTHON) -m benchmarks.reasons_mart

fit-bench: setup  ## the figures of the cards of models_ml/fit and models_ml/actions; takes minutes
	OMP_NUM_THREADS=2 $(PYTHON) -m benchmarks.fit_verdicts --seeds 6 --lines 200000
	OMP_NUM_THREADS=2 $(PYTHON) -m benchmarks.fit_outcome
	OMP_NUM_THREADS=2 $(PYTHON) -m benchmarks.fit_actions --seeds 400 --catalogues 4 --lines 10000000

address-bench: setup  ## the figures of models_ml/addresses/CARD.md, where the data are; a minute
	$(PYTHON) -m benchmarks.addresses

serve-bench: setup  ## how fast kaeru serve answers for the shop in SHOP; two minutes
	$(PYTHON) -m benchmarks.endpoint_speed --shop $(SHOP)

shops: setup  ## every mart against its oracle on 200 random small shops; takes minutes
	$(PYTHON) -m pytest -q -s tests/warehouse/test_random_shops.py --hypothesis-profile proof \
		--hypothesis-show-statistics

pictures: setup  ## the pictures in docs/images, from the shop in SHOP
	$(PYTHON) -m dashboards.pictures --shop $(SHOP) --out docs/images

metrics: setup  ## docs/METRICS.md, from the catalogue
	$(PYTHON) -m orchestration.metric_document

clean:  ## remove what setup and demo made
	rm -rf .venv .uv demo
