# What a newcomer types is `make demo` and `make test`; `make help` tells the rest.
# Each step leaves a mark (.made) beside what it made, so it is done again only when something changed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
PORT ?= 8000
export PORT

FRONTEND := $(wildcard frontend/package.json)
LOOK := $(if $(FRONTEND),$(shell find frontend -type f -not -path '*/node_modules/*'))
CATALOGS := $(wildcard socialewifi/*/locale/*/LC_MESSAGES/*.po)
LOCALES := $(wildcard socialewifi/*/locale)
STATIC := $(shell find socialewifi -path '*/static/*' -type f -not -path '*/static/build/*')
BUILT := socialewifi/core/static/build/.made

.PHONY: help
help: ## Tell what can be asked
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: setup ## Fill Zuid-Limburg with a year of sample work and serve it on http://localhost:8000 (PORT=...)
	@$(PY) -m socialewifi.config.serve demo

.PHONY: test
test: setup .venv/.made-dev ## Run every test
	@bin/run-tests $(ARGS)

.PHONY: check
check: setup .venv/.made-dev ## Run the static checks: style, types, layers, migrations
	@bin/quietly "Style" .venv/bin/ruff check .
	@bin/quietly "Layout" .venv/bin/ruff format --check .
	@bin/quietly "Types" .venv/bin/mypy
	@bin/quietly "Layers" .venv/bin/lint-imports
	@DEMO=1 bin/quietly "Migrations" $(PY) manage.py makemigrations --check --dry-run

.PHONY: bench
bench: setup ## Measure speed, memory and growth with 20,000 initiatives (docs/performance.md)
	@$(PY) -m bench

.PHONY: run
run: setup ## Run web and worker for real (docs/operations.md)
	@$(PY) -m socialewifi.config.serve all

.PHONY: room
room:
	@bin/has-room

.PHONY: setup
setup: room .venv/.made-base $(if $(FRONTEND),$(BUILT)) $(if $(CATALOGS),var/messages.made) var/static/.made ## Install and build, without running

.PHONY: screenshots
screenshots: .venv/.made-dev ## Take the pictures in docs/screenshots of the fresh demo that runs on PORT
	@$(PY) bin/take-screenshots http://localhost:$(PORT)

.PHONY: stop
stop: ## Stop the platform's own PostgreSQL
	@$(PY) -m socialewifi.config.embedded stop

.PHONY: forget
forget: ## Throw away what is in the platform's own PostgreSQL; the next demo is filled afresh
	@$(PY) -m socialewifi.config.embedded run dropdb --if-exists --force sociale_wifi

.PHONY: lock
lock: .venv/.made-lock ## Write the exact versions in requirements/; ARGS=--upgrade takes newer ones
	@bin/lock $(ARGS)

.PHONY: messages
messages: setup ## Gather the texts to translate (needs gettext); English and German are complete for residents
	@for locale in $(LOCALES); do (cd $$locale/.. && DEMO=1 ../../$(PY) ../../manage.py makemessages \
		--locale en --locale de --no-wrap --no-obsolete --add-location file --extension html,txt,py --ignore "tests/*") || exit; done
	@# What is only like an earlier text is no translation.
	@for file in $(CATALOGS); do msgattrib --clear-fuzzy --empty --no-wrap --output-file $$file $$file; done

.PHONY: clean
clean: ## Remove what was built; the data in var/postgres stay
	rm -rf .venv frontend/node_modules socialewifi/core/static/build socialewifi/core/fonts/build var/static var/messages.made

.venv/pyvenv.cfg:
	@python=$$(bin/find-python) && bin/quietly "Python environment" "$$python" -m venv .venv

# The pip that came with Python installs one thing: the pip that installs the rest.
.venv/.made-pip: requirements/pip.txt | .venv/pyvenv.cfg
	@bin/quietly "pip" bin/install-packages pip
	@touch $@

.venv/.made-base: requirements/base.txt requirements/build.txt requirements/node.txt | .venv/.made-pip
	@bin/quietly "Python packages" bin/install-packages base build $$(bin/has-node || echo node)
	@touch $@

.venv/.made-dev: requirements/dev.txt | .venv/.made-base
	@bin/quietly "Python packages of the tests" bin/install-packages dev
	@touch $@

.venv/.made-lock: requirements/lock.txt | .venv/.made-pip
	@bin/quietly "What locks" bin/install-packages lock
	@touch $@

frontend/node_modules/.made: frontend/package-lock.json | .venv/.made-base
	@cd frontend && ../bin/quietly "Packages of the look" ../bin/with-node npm ci --no-audit --no-fund
	@touch $@

$(BUILT): $(LOOK) frontend/node_modules/.made
	@cd frontend && ../bin/quietly "Look" ../bin/with-node npm run build
	@touch $@

var/messages.made: $(CATALOGS) | .venv/.made-base
	@mkdir -p var
	@for locale in $(LOCALES); do bin/quietly "Translations of $$locale" .venv/bin/pybabel compile -d $$locale -D django || exit; done
	@touch $@

var/static/.made: $(STATIC) requirements/base.txt $(if $(FRONTEND),$(BUILT)) | .venv/.made-base
	@DEMO=1 bin/quietly "Static files" $(PY) manage.py collectstatic --noinput --clear
	@touch $@
