# The release archive and its krew manifest, validated and installed by krew itself.
# shellcheck shell=bash disable=SC2103,SC2164 # set -e is on

release() {
  RELEASE_URL=${1:-https://example.com/download} "$ROOT/plugin-manifest/release" "$BINARY" dist
}

# Behind `kubectl krew` stands an executable kubectl-krew. It must ask nobody for newer versions.
prepare_krew() {
  export KREW_ROOT=$PWD/krew KREW_NO_UPGRADE_CHECK=1
  mkdir -p bin
  ln -sf "$(command -v krew)" bin/kubectl-krew
  export PATH=$PWD/bin:$PATH
}

test_release_gives_the_same_bytes_twice() {
  release
  mv dist first
  release
  diff -r first dist
}

test_archive_holds_what_krew_wants() {
  release
  tar --numeric-owner -tvf dist/kubectl-sts_v*_linux_*.tar.gz | awk '{ print $1, $2, $NF }' >listing
  diff listing - <<'TEXT'
-rw-r--r-- 0/0 LICENSE
-rwxr-xr-x 0/0 kubectl-sts
TEXT
  (cd dist && sha256sum --check --quiet checksums.txt)
}

test_manifest_is_valid() {
  release
  validate-krew-manifest -manifest dist/sts.yaml -skip-install
}

test_installed_through_kubectl() {
  prepare_krew
  release
  kubectl krew install --manifest=dist/sts.yaml --archive="$(echo dist/*.tar.gz)"
  export PATH=$KREW_ROOT/bin:$PATH
  [[ $(command -v kubectl-sts) == "$KREW_ROOT/bin/kubectl-sts" ]]
  expect 0 kubectl sts --version
  [[ -f $KREW_ROOT/receipts/sts.yaml ]]
}

test_changed_archive_is_refused() {
  prepare_krew
  release
  echo more >>"$(echo dist/*.tar.gz)"
  expect 1 kubectl krew install --manifest=dist/sts.yaml --archive="$(echo dist/*.tar.gz)"
  says 'checksum does not match'
}

# krew-index's own check downloads and installs every platform.
test_validated_with_downloads() {
  prepare_krew
  mkdir served
  python3 -u -m http.server --bind 127.0.0.1 -d served 0 >server.log 2>&1 &
  server=$!
  trap 'kill "$server"' EXIT
  for _ in $(seq 100); do
    grep -q 'port [0-9]' server.log && break
    sleep 0.1
  done
  port=$(sed -n 's/.*port \([0-9]*\).*/\1/p' server.log)
  release "http://127.0.0.1:$port"
  cp dist/*.tar.gz served/
  NO_PROXY=127.0.0.1 validate-krew-manifest -manifest dist/sts.yaml
}

test_dynamic_binary_is_refused() {
  cat >program.cc <<'CC'
#include <iostream>
int main() { std::cout << "kubectl-sts 0.1.0\n"; }
CC
  g++ -o program program.cc
  expect 1 "$ROOT/plugin-manifest/release" ./program dist
  says 'needs shared libraries'
}
