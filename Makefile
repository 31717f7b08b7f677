# The front door. `make help` lists what is behind it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc)
export STS_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kubectl-sts

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: deps
deps: ## Install what the build needs (Debian packages, only missing ones)
	@tools/install-deps build

.PHONY: deps-test
deps-test: ## Install what the tests need as well
	@tools/install-deps build test

.PHONY: deps-e2e
deps-e2e: ## Install what the test cluster needs (Go is left to you)
	@tools/install-deps e2e

.PHONY: build
build: deps ## Build build/kubectl-sts, optimised
	@[[ -f build/build.ninja ]] || cmake --preset release -DSTS_TESTS=OFF
	@cmake --build build -j $(JOBS) --target kubectl-sts

.PHONY: install
install: build ## Install to PREFIX (default /usr/local), so that `kubectl sts` works
	@install -Dm755 build/kubectl-sts "$(DESTDIR)$(PREFIX)/bin/kubectl-sts"
	@install -Dm644 LICENSE "$(DESTDIR)$(PREFIX)/share/doc/kubectl-sts/LICENSE"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/kubectl-sts"

.PHONY: demo
demo: build ## Lint the projects of testdata/projects and say what to try next
	@tools/demo build/kubectl-sts

.PHONY: test
test: deps-test ## Everything that needs no Go: the test runs, sanitizers, fuzzing, format, tidy, docs
	@tools/test

.PHONY: test-consumers
test-consumers: deps-test build ## pre-commit, the GitHub Action, krew and kubectl, run for real (needs Go)
	@tests/consumers/run build/kubectl-sts

# Which Kubernetes `make cluster` brings up, and under which name; several names run side by side.
K8S ?= 1.37.1
NAME ?= default

.PHONY: cluster
cluster: deps-e2e ## A real Kubernetes control plane on loopback, to try things on (K8S=1.33.13, NAME=...; needs Go)
	@e2e/cluster up $(NAME) --version $(K8S)

.PHONY: cluster-down
cluster-down: ## Take it down, and what killed test runs left behind
	@e2e/cluster down $(NAME)

.PHONY: e2e
e2e: deps-e2e build ## The tests against real control planes, of two versions of Kubernetes (needs Go)
	@e2e/run --version 1.37.1 --version 1.33.13

.PHONY: e2e-full
e2e-full: deps-e2e build ## The same on every version
	@e2e/run --version all

.PHONY: fuzz
fuzz: deps-test ## Run each fuzz target for FUZZ_SECONDS (default 10), starting from its corpus
	@tools/fuzz

.PHONY: format
format: ## Format the sources in place
	@git ls-files -co --exclude-standard -- '*.cc' '*.h' | xargs clang-format -i

.PHONY: tidy
tidy: ## clang-tidy over our sources; unchanged ones come from a cache
	@tools/tidy

.PHONY: bench
bench: build ## Measure speed and memory beside kube-score (needs Go)
	@bench/run build/kubectl-sts

.PHONY: release
release: build ## Make the release archive and the krew manifest that names it, in dist/ (RELEASE_URL: where it can be downloaded)
	@plugin-manifest/release build/kubectl-sts dist

.PHONY: clean
clean: ## Remove all that was built
	@rm -rf build build-dev build-asan build-tsan build-fuzz dist
