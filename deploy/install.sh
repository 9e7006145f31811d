#!/usr/bin/env bash
# Installs what the product needs: a virtual environment with the locked packages, and Debian's libraries for PDF.
# Usage: install.sh REQUIREMENTS [browser]
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin" # where ldconfig is, for people who are not root

debian=()
python3 -c 'import ensurepip, venv' 2>/dev/null || debian+=(python3-venv)
# WeasyPrint draws text with Pango and cuts fonts down with HarfBuzz's subsetter: without it Chinese takes ten times longer.
for library in libpango-1.0-0:libpango-1.0.so.0 libpangoft2-1.0-0:libpangoft2-1.0.so.0 libharfbuzz-subset0:libharfbuzz-subset.so.0; do
    ldconfig -p | grep -q "${library#*:}" || debian+=("${library%%:*}")
done
if [ "${2:-}" = browser ]; then
    command -v chromium >/dev/null || debian+=(chromium)
    # Runs the script of the pages in the tests, and nothing else.
    command -v node >/dev/null || debian+=(nodejs)
    command -v pdftoppm >/dev/null || debian+=(poppler-utils)
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || debian+=(postgresql)
fi
if [ ${#debian[@]} -gt 0 ]; then
    line="apt-get install --no-install-recommends -y ${debian[*]}"
    if [ "$(id -u)" = 0 ]; then
        echo "Installing from Debian: ${debian[*]}"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
    else
        echo "Some Debian packages are missing. Please run this line, then start again:" >&2
        echo "    sudo $line" >&2
        exit 1
    fi
fi

# For one attack of the tests, which says so where it is missing: never worth failing for, nor asking for rights.
if [ "${2:-}" = browser ] && [ "$(id -u)" = 0 ] && [ ! -x /usr/sbin/nginx ]; then
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install --no-install-recommends -y -qq nginx-light >/dev/null 2>&1 || true
fi

if [ ! -x .venv/bin/python ]; then
    echo "Making a virtual environment in .venv"
    python3 -m venv .venv
fi
# uv checks every hash and installs in seconds what takes pip most of a minute.
.venv/bin/python -c 'import importlib.util as u, sys; sys.exit(u.find_spec("uv") is None)' ||
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
echo "Installing the locked packages of $1"
.venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode -r "$1"
