.DEFAULT_GOAL := help
.PHONY: help run test check gen lint bench fuzz golden migration web e2e graphiql

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## Start the server with the demo company
	go run ./cmd/foyer

test: ## Run all tests
	go test ./...

gen: ## Generate ent/, graph/gen, graph/model from schema/ and graph/*.graphql
	go generate ./...

check: ## All that a change must pass: generated code, lint, breaking changes, tests
	.ci/generated
	.ci/lint
	go run ./graph/breaking
	go test ./...

lint: ## Run the linter, installing it when it is missing
	.ci/lint

golden: ## Write the golden files anew: look at the difference, it is what clients see
	UPDATE_GOLDEN=1 go test ./schema ./portal/access
	UPDATE_GOLDEN=1 go test ./graph -update

migration: ## Write the migrations that the model needs: make migration name=add_returns
	@test -n "$(name)" || { echo 'usage: make migration name=add_returns' >&2; exit 2; }
	@test -n "$(FOYER_DEV_POSTGRES)" || { echo 'Set FOYER_DEV_POSTGRES to the URL of a PostgreSQL server on which to plan.' >&2; exit 2; }
	go run ./portal/store/diff $(name)

bench: ## Run the benchmarks
	go test -run '^$$' -bench . -benchmem $$(grep -rl --include='*_test.go' '^func Benchmark' auth graph portal schema | xargs -n1 dirname | sort -u | sed 's,^,./,')

fuzz: ## Run each fuzz test for a while: make fuzz time=1m
	@grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' auth graph portal schema | sort | while IFS=: read -r file fn; do \
		go test ./$$(dirname $$file) -run '^$$' -fuzz "^$${fn#func }\$$" -fuzztime $(or $(time),10s) || exit 1; done

web: ## Build the portal and the console anew, and run their own tests
	cd web && npm ci && npm run build && npm test

e2e: ## Test the pages in Chromium against the real program: make e2e files=order.test.mjs
	FOYER_E2E=1 FOYER_E2E_FILES='$(files)' go test -count=1 -timeout 60m -v ./web/e2e

graphiql: ## Build the query page anew
	cd web/graphiql && npm ci && npm run build
