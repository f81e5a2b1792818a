# Two commands matter: `make run` and `make test`. Each target calls a script of tools/, which installs what is
# missing, says what it does and how long that takes.

.DEFAULT_GOAL := help
.PHONY: help run test dev test-domain test-postgres test-backend test-server e2e bench kill-test lint seed clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build the release and serve it on http://127.0.0.1:3000 (HOST, PORT, ARGS="--port 4000")
	@tools/run $(ARGS)

test: ## every test there is
	@tools/test

dev: ## serve a development build; open pages reload after each change (HOST, PORT)
	@tools/build watch

test-domain: ## rules and laws, in seconds
	@tools/cargo-test domain $(ARGS)

test-backend: ## use cases and storage on SQLite, then on PostgreSQL
	@env -u TEST_DATABASE_URL tools/cargo-test backend $(ARGS)
	@tools/postgres -- tools/cargo-test backend $(ARGS)

test-postgres: ## use cases, storage and every page and deed, on a PostgreSQL of its own
	@tools/postgres -- tools/cargo-test backend $(ARGS)
	@tools/postgres -- tools/cargo-test server $(ARGS)

test-server: ## router, headers, command line, every page and deed
	@env -u TEST_DATABASE_URL tools/cargo-test server $(ARGS)

e2e: ## the browser tests, with and without script (ARGS="--project=plain search")
	@tools/e2e $(ARGS)

bench: ## measure sizes, browser and server, and print one table
	@tools/bench $(ARGS)

kill-test: ## kill the server 100 times under writes and count what is lost (ARGS="--postgres --kill postgres")
	@tools/kill-test $(ARGS)

lint: ## format, clippy on both sides, licences, types
	@tools/lint

seed: ## load the shipped catalogue into the database again
	@tools/seed $(ARGS)

clean: ## remove what was built here (tools in the user's cache stay)
	@tools/clean
