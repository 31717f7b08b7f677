# Building Go programs from pinned modules of ours (a folder with go.mod, go.sum and perhaps main.go),
# for scripts to source. Nothing of kubectl-sts itself is Go; its tests run programs that are.
# shellcheck shell=bash

# need_go WHO: says what is missing, and fails, where there is no Go.
need_go() {
  command -v go >/dev/null && return
  echo "$1: these tests need Go 1.26 or newer (https://go.dev/dl)" >&2
  return 1
}

# module_key FOLDER: what a build of the module depends on, as one hash.
module_key() {
  (
    cd "$1"
    { go version; cat go.mod go.sum; cat ./*.go 2>/dev/null || true; } | sha256sum | cut -d' ' -f1
  )
}

# build_module FOLDER OUT [LDFLAGS]: builds its main.go, or else every tool that its go.mod names.
build_module() {
  local folder=$1 out=$2 ldflags="-s -w ${3:-}"
  (
    cd "$folder"
    if [[ -f main.go ]]; then
      packages=(.)
    else
      mapfile -t packages < <(go mod edit -json | jq -r '.Tool[].Path')
    fi
    # A cold build of Kubernetes takes minutes: a log should show that it lives.
    CGO_ENABLED=0 GOFLAGS=-mod=readonly go build -v -trimpath -buildvcs=false -ldflags "$ldflags" -o "$out/" \
      "${packages[@]}" 2> >(awk -v name="$(basename "$folder")" '
        /^[A-Za-z0-9._~\/-]+$/ { if (++count % 200 == 0) { printf "  %s: %d packages compiled\n", name, count; fflush() }; next }
        /^go: downloading / { if (++fetched % 100 == 0) { printf "  %s: %d modules downloaded\n", name, fetched; fflush() }; next }
        { print; fflush() }' >&2)
  )
}
