# Two commands are enough: make run, make test.
.PHONY: help setup run train chat test lint types check unit browser servers audit bench bench-scale eval widget pictures schema state lock clean walk conversations
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## install everything into .venv (FULL=1: with TensorFlow)
	@FULL="$(FULL)" sh tools/setup.sh

run: setup  ## train if data changed, then serve the chat page (and Telegram)
	@exec $(PYTHON) -m bot run

train: setup  ## train the model if data changed
	@$(PYTHON) -m bot train

chat: setup  ## talk to the assistant in the terminal
	@$(PYTHON) -m bot chat

test: lint types check unit  ## everything: lint, types, import rules, catalogue, all tests

lint: setup  ## style and import rules
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) .venv/bin/lint-imports --no-cache

types: setup
	$(PYTHON) -m mypy yamlsource eligibility language actions bot bench

check: setup
	$(PYTHON) -m eligibility check

unit: browser servers train
	$(PYTHON) -m pytest

browser: setup  # Chromium, for the tests of the page; installed where that is allowed
	@sh tools/browser.sh

audit: setup  ## look the locked packages up among the known advisories
	@sh tools/audit.sh

servers: setup  # PostgreSQL and Redis, for the tests of several processes and of faults
	@sh tools/servers.sh

bench: train  ## speed and memory, ours and others, side by side (some 10 minutes)
	$(PYTHON) -m bench.fresh
	$(PYTHON) -m bench.turns
	$(PYTHON) -m bench.telegram
	$(PYTHON) -m bench.fair
	$(PYTHON) -m bench.engine
	$(PYTHON) -m bench.interview
	$(PYTHON) -m bench.widget

bench-scale: servers train  ## turns a second of 1, 2 and 4 server processes on PostgreSQL and Redis
	$(PYTHON) -m bench.scale

eval: train  ## how well messages are understood that training never saw
	$(PYTHON) -m bench.intents
	$(PYTHON) -m bench.readers

widget: setup  ## put the website widget together anew, after a change in bot/widget/source/
	$(PYTHON) -m tools.widget

pictures: train  ## take the pictures of docs/images anew
	$(PYTHON) -m tools.screenshots
	$(PYTHON) -m tools.sheet_pictures
walk: train  ## five hundred conversations at random (some 10 minutes)
	$(PYTHON) -m tests.walk

conversations: train  ## write docs/conversations.md anew: ten conversations as they really run
	$(PYTHON) -m tools.conversations

schema: setup  ## write catalogue/schema/ anew, which editors complete the catalogue from
	$(PYTHON) -m tools.catalogue_schema

state: setup  ## write docs/catalogue-state.md anew: how old each scheme is, what is missing
	$(PYTHON) -m tools.catalogue_state

lock: setup  ## write requirements.lock anew from requirements.in
	.tools/bin/uv pip compile requirements.in --quiet --python-version 3.10 --universal \
	    --override tools/without-tensorflow.txt --generate-hashes --no-emit-index-url \
	    --no-annotate --custom-compile-command "make lock" -o requirements.lock
	.tools/bin/uv pip compile tools/audit.in --quiet --python-version 3.10 --universal \
	    --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" -o tools/audit.lock

clean:  ## remove what can be made again (not var/, the conversations)
	rm -rf .venv .tools models .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis
