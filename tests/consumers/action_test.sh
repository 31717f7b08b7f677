# action.yml and the workflows: checked by actionlint, run by act on this machine.
# shellcheck shell=bash disable=SC2103,SC2164 # set -e is on

# What a checkout would hold, without what was built, as a repository of its own.
checkout() {
  mkdir checkout
  tar -C "$ROOT" --exclude=./build --exclude='./build-*' --exclude=./dist --exclude=./.git -cf - . | tar -C checkout -xf -
  git_repository checkout
  git -C checkout add .
  git -C checkout commit -qm checkout
}

test_actionlint() {
  checkout
  (cd checkout && actionlint)
}

# act without Docker: "-self-hosted" runs the steps on this machine.
test_workflow_runs() {
  checkout
  cd checkout
  expect 0 timeout 300 act push -W .github/workflows/action.yml -P ubuntu-latest=-self-hosted --no-cache-server
  says '::error file=testdata/action/two sets.yaml,line='
  [[ $(grep -c 'Job succeeded' out) -eq 3 ]] || { cat out; fail 'three jobs were expected'; }
}

run_lint_script() {
  export GITHUB_OUTPUT=$PWD/outputs GITHUB_STEP_SUMMARY=$PWD/summary.md GITHUB_ACTIONS=true RUNNER_TEMP=$PWD
  export STS_BINARY=$BINARY STS_PATHS=$1 STS_FAIL_ON=${2:-error} STS_ARGS=${3:-}
  export STS_PROJECT='' STS_ASSUME='' STS_KUBERNETES_VERSION='' STS_CLUSTER_DOMAIN='' STS_NAMESPACE=''
  "$ROOT/tools/action/lint.sh"
}

test_summary_and_outputs() {
  stateful_set db nowhere >'a b.yaml'
  expect 1 run_lint_script $'  a b.yaml\n\n' error '--assume=complete'
  says '::error file=a b.yaml,line=6,'
  grep -q 'service-not-found' summary.md
  grep -qx 'errors=1' outputs
  grep -qx 'exit-code=1' outputs
  jq -e '.findings | length == 1' "$(sed -n 's/^report=//p' outputs)"
}

test_unreadable_input_still_reports() {
  expect 3 run_lint_script missing.yaml
  grep -qx 'exit-code=3' outputs
  grep -qx 'errors=1' outputs
}

test_usage_error() {
  expect 2 run_lint_script . sometimes
  grep -qx 'exit-code=2' outputs
  says '"sometimes"'
}

# Linted twice, said once.
test_notes_appear_once() {
  mkdir empty
  expect 0 run_lint_script empty
  [[ $(grep -c 'no StatefulSet or DaemonSet' out) -eq 1 ]] || { cat out; fail 'the note was expected once'; }
}

test_without_jq() {
  stateful_set db db >sts.yaml
  mkdir tools
  ln -s "$(command -v bash)" "$(command -v env)" tools/
  export PATH=$PWD/tools
  local code=0 said
  said=$(run_lint_script sts.yaml) || code=$?
  [[ $code -eq 2 && $said == *'the action needs jq'* ]] || fail "exit code $code: $said"
}

test_built_from_the_checkout() {
  checkout
  export GITHUB_OUTPUT=$PWD/outputs CCACHE_BASEDIR=$PWD
  # shellcheck disable=SC2123 # without the kubectl-sts that the other tests use
  PATH=${PATH#"$(dirname "$(command -v kubectl-sts)"):"}
  if command -v kubectl-sts; then fail 'there is another kubectl-sts on PATH'; fi
  checkout/tools/action/find-binary.sh
  grep -qx "path=$PWD/checkout/build/kubectl-sts" outputs
  "$PWD/checkout/build/kubectl-sts" --version
}
