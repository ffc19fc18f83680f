.PHONY: help run test check fuzz figures

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

run: ## the demo: pages with invented people and one-click logins
	go run ./cmd/mynumber demo

test: ## every test, against an own PostgreSQL, OpenSC, openssl and Chromium (installs what is missing on Debian)
	@scripts/test.sh

check: ## gofmt, vet, staticcheck, govulncheck, go.mod
	@scripts/check.sh

fuzz: ## every fuzz target for FUZZTIME (20s)
	@scripts/fuzz.sh

figures: ## the figures of certificates and chips with their limits, into docs/performance.md (FIGURES=-big takes the goals' sizes)
	@go run ./bench/figures $(FIGURES) -write docs/performance.md
