# What the consumer tests share. A test is a function test_*; it runs in its own process under
# `set -euo pipefail`, in an empty scratch folder, with these helpers.
# shellcheck shell=bash

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# expect CODE COMMAND...: runs it, keeps what it says in the file `out`, and checks its exit code.
expect() {
  local want=$1 code=0
  shift
  "$@" >out 2>&1 </dev/null || code=$?
  if [[ $code -ne $want ]]; then
    cat out
    fail "exit code $code, expected $want: $*"
  fi
}

says() {
  grep -qF -- "$1" out || { cat out; fail "nothing says: $1"; }
}

says_not() {
  ! grep -qF -- "$1" out || { cat out; fail "this should not be said: $1"; }
}

# A StatefulSet without mistakes: stateful_set NAME SERVICE
stateful_set() {
  cat <<YAML
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: $1
spec:
  serviceName: $2
  replicas: 3
  selector:
    matchLabels:
      app: $1
  template:
    metadata:
      labels:
        app: $1
    spec:
      containers:
        - name: main
          image: docker.io/library/redis:7.2
          ports:
            - name: redis
              containerPort: 6379
YAML
}

# Its governing Service: headless_service NAME APP
headless_service() {
  cat <<YAML
apiVersion: v1
kind: Service
metadata:
  name: $1
spec:
  clusterIP: None
  selector:
    app: $2
  ports:
    - name: redis
      port: 6379
YAML
}

# A git repository in the folder named, with a committer of its own.
git_repository() {
  git init -q -b main "$1"
  git -C "$1" config user.name tests
  git -C "$1" config user.email tests@example.com
}
