#!/usr/bin/env bash
# Runs every test against real neighbours: an own PostgreSQL that lives as long as the run, OpenSC over an own
# pcscd, openssl, GnuTLS, SoftHSM and Chromium. On Debian it first installs what is missing (as root or through sudo). Its exit
# code is go test's, and go test's lines are its last.
#
#   scripts/test.sh [arguments for go test; ./... if there are none]
#
# MYNUMBER_TEST_POSTGRES=postgres://user@host/database takes that server instead of starting one; tests make
# and drop databases of their own on it.
set -euo pipefail
cd "$(dirname "$0")/.."

dir=
bin=
tests=

say() { printf 'test: %s\n' "$*" >&2; }

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		say "neither root nor sudo, so this cannot be done: $*"
		return 1
	fi
}

# PostgreSQL refuses to run as root; Debian's package brings the account postgres.
unprivileged() {
	if [ "$(id -u)" -eq 0 ]; then
		(cd "$dir" && runuser -u postgres -- "$@")
	else
		(cd "$dir" && "$@")
	fi
}

# postgres_bin prints the folder of the newest installed server's programs, or nothing.
postgres_bin() {
	local found=
	found=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1) || true
	[ -z "$found" ] || dirname "$found"
}

installed() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_missing() {
	local package missing=()
	if ! command -v apt-get >/dev/null; then
		say "this is not Debian: a test whose program is missing says so and is skipped"
		return 0
	fi
	for package in chromium fonts-noto-cjk openssl pcscd vsmartcard-vpcd opensc opensc-pkcs11 libengine-pkcs11-openssl openssh-client openssh-server curl \
		qpdf poppler-utils libnss3-tools zbar-tools fonts-ipamj-mincho softhsm2 gnutls-bin libopenjp2-tools ffmpeg gcc libc6-dev; do
		installed "$package" || missing+=("$package")
	done
	if ! command -v npm >/dev/null; then
		missing+=(nodejs npm)
	fi
	if [ -z "${MYNUMBER_TEST_POSTGRES:-}" ] && [ -z "$(postgres_bin)" ]; then
		missing+=(postgresql)
	fi
	if [ ${#missing[@]} -eq 0 ]; then
		return 0
	fi
	say "installing ${missing[*]}"
	as_root apt-get update -qq >&2
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# install_provider fetches the OpenID provider against which the login of the staff is tested, at the versions of its lock file.
install_provider() {
	local folder=internal/login/testdata/oidc-provider
	if ! command -v npm >/dev/null; then
		say "no npm: the test against an independent OpenID provider is skipped"
	elif [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
		say "installing oidc-provider"
		npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts >&2 || say "oidc-provider was not installed: its test is skipped"
	fi
}

stop() {
	local code=$?
	trap - EXIT INT TERM HUP
	if [ -n "$tests" ] && kill -0 "$tests" 2>/dev/null; then
		kill -TERM "$tests" 2>/dev/null || true
		wait "$tests" 2>/dev/null || true
	fi
	if [ -n "$dir" ]; then
		unprivileged "$bin/pg_ctl" stop --pgdata "$dir/data" --mode immediate --silent >/dev/null 2>&1 || true
		rm -rf "$dir"
	fi
	exit "$code"
}

# start_postgres starts an own server on a free port of the loopback interface. Its data are worth nothing, so it
# does not wait for the disk.
start_postgres() {
	local port attempt
	bin=$(postgres_bin)
	if [ -z "$bin" ]; then
		say "no PostgreSQL is installed: its tests are skipped"
		return 0
	fi
	dir=$(mktemp -d /tmp/mynumber-test.XXXXXX) # not TMPDIR: another account has to get there
	if [ "$(id -u)" -eq 0 ]; then
		chown postgres "$dir"
	fi
	unprivileged "$bin/initdb" --pgdata "$dir/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
		{ cat "$dir/initdb.log" >&2; return 1; }
	for attempt in 1 2 3 4 5 6 7 8; do
		port=$((20000 + RANDOM % 12000)) # below the range from which the system hands out ports
		if unprivileged "$bin/pg_ctl" start --pgdata "$dir/data" --log "$dir/data/log" --wait --silent \
			--options "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off" >/dev/null 2>&1; then
			export MYNUMBER_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
			say "PostgreSQL on port $port"
			return 0
		fi
		say "PostgreSQL did not start on port $port (attempt $attempt)"
	done
	cat "$dir/data/log" >&2
	return 1
}

trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

install_missing
install_provider
if [ -z "${MYNUMBER_TEST_POSTGRES:-}" ]; then
	start_postgres
fi
if [ "$(id -u)" -ne 0 ] && [ ! -d /run/pcscd ]; then
	as_root install -d -m 0755 -o "$(id -u)" /run/pcscd # where pcscd leaves its process number
fi

if [ $# -eq 0 ]; then
	set -- ./...
	# A minute of any bytes for the chip; the other targets are in scripts/fuzz.sh.
	go test -run='^$' -fuzz='^FuzzTransmit$' -fuzztime=60s -fuzzminimizetime=5s ./internal/iccard >&2
fi

# What is delivered takes no C compiler. The tests are run on the program that can use keys in a PKCS#11 token, where there is one.
CGO_ENABLED=0 go build -o /dev/null ./cmd/mynumber
if command -v gcc >/dev/null && [ -e /usr/lib/softhsm/libsofthsm2.so ]; then
	export CGO_ENABLED=1
	set -- -tags hsm "$@"
	if [ -e /usr/lib/x86_64-linux-gnu/libcrypto.so.3 ]; then
		go test -count=1 -tags openssl ./internal/token >&2 # apart: everything else is tested with Go's own arithmetic
	fi
else
	say "no C compiler or no SoftHSM: the tests of keys in a token are skipped"
fi
# In the background, so that a signal is heard at once.
go test -count=1 -timeout=15m "$@" &
tests=$!
wait "$tests"
