#!/usr/bin/env bash
# First step of action.yml: the kubectl-sts on PATH, or one built from the action's own checkout.
# Writes the output `path`.
set -euo pipefail

if binary=$(command -v kubectl-sts); then
  echo "using $binary from PATH"
else
  checkout=$(cd "$(dirname "$0")/../.." && pwd)
  echo '::group::Building kubectl-sts'
  make -C "$checkout" build
  echo '::endgroup::'
  binary=$checkout/build/kubectl-sts
fi
"$binary" --version
echo "path=$binary" >>"$GITHUB_OUTPUT"
