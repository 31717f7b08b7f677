#!/usr/bin/env bash
# Linting must not pay for the network: the binary loads neither libcurl nor what libcurl needs
# (docs/decisions/0002-one-static-libcurl.md).  no_libcurl_test.sh KUBECTL-STS
set -euo pipefail
binary=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

printf 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: prod\n' >"$work/namespace.yaml"
# The loader's own words, one line for each object it looks for; none where the binary is static.
LD_DEBUG=libs LD_DEBUG_OUTPUT=$work/loader "$binary" lint "$work/namespace.yaml"
if cat "$work"/loader.* 2>/dev/null | grep -E 'find library=lib(curl|ssl|crypto|nghttp2)'; then
  echo "no-libcurl: FAILED: linting loads what only the network needs" >&2
  exit 1
fi
echo "no-libcurl: lint loads nothing of the network"
