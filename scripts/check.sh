#!/usr/bin/env bash
# Looks at the code without running it: form, vet, staticcheck, known vulnerabilities, dependencies. Everything is
# looked at before it fails, so that one run tells all. The tools' versions stand in tools/go.mod.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0

# look runs one check and remembers that it failed.
look() {
	local name=$1
	shift
	printf 'check: %s\n' "$name"
	"$@" || { printf 'check: %s FAILED\n' "$name"; failed=1; }
}

formatted() {
	local files
	files=$(gofmt -l cmd internal)
	[ -z "$files" ] || { printf '%s\n' "$files"; return 1; }
}

# 3 is govulncheck's code for "something was found"; anything else that is not 0 means that it could not look,
# which a machine without the vulnerability database cannot help.
vulnerable() {
	local code=0
	go tool -modfile=tools/go.mod govulncheck ./... || code=$?
	case $code in
	0) ;;
	3) return 1 ;;
	*) echo "check: govulncheck could not look (is its database in reach?): vulnerabilities were NOT checked" ;;
	esac
}

shells() {
	if command -v shellcheck >/dev/null; then
		shellcheck scripts/*.sh .ci/run
	else
		bash -n scripts/test.sh && bash -n scripts/check.sh && bash -n scripts/fuzz.sh && bash -n .ci/run
	fi
}

look gofmt formatted
look 'go vet' go vet ./...
look staticcheck go tool -modfile=tools/go.mod staticcheck ./...
look govulncheck vulnerable
look 'go mod verify' go mod verify
look 'go mod tidy' go mod tidy -diff
look 'shell scripts' shells
exit "$failed"
