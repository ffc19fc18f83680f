#!/usr/bin/env bash
# Fuzzes every parser of foreign bytes for FUZZTIME each (20 s by default), one after the other.
# What is found is made smaller in at most 100 tries: the default is a minute for each finding, in which nothing else is tried.
set -euo pipefail
cd "$(dirname "$0")/.."

for package in $(go list ./...); do
	for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		printf 'fuzz: %s %s\n' "$package" "$target"
		go test -run='^$' -fuzz="^$target\$" -fuzztime="${FUZZTIME:-20s}" -fuzzminimizetime=100x "$package"
	done
done
