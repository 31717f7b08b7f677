# kubectl-sts as kubectl's plugin: found, given its arguments, and its exit code kept.
# shellcheck shell=bash disable=SC2103,SC2164 # set -e is on

test_kubectl_lists_it_without_warning() {
  expect 0 env PATH="$(dirname "$(command -v kubectl-sts)"):$(dirname "$(command -v kubectl)")" kubectl plugin list
  says kubectl-sts
  says_not warning
}

test_exit_codes_and_arguments_pass_through() {
  mkdir 'some dir'
  headless_service db-headless db >'some dir/svc.yaml'
  stateful_set db db-headless >'some dir/sts.yaml'
  expect 0 kubectl sts lint 'some dir'
  stateful_set db db-headles >'some dir/sts.yaml'
  expect 1 kubectl sts lint 'some dir'
  says 'some dir/sts.yaml:6:16'
  expect 2 kubectl sts lint
  says 'lint .'
  expect 3 kubectl sts lint nothing-here.yaml
}

test_stdin_passes_through() {
  {
    stateful_set db db-headless
    echo ---
    headless_service db-headless db
  } >both.yaml
  kubectl sts lint - <both.yaml >out 2>&1
  stateful_set db nowhere | { kubectl sts lint - >out 2>&1 || [[ $? -eq 1 ]]; }
  says '<stdin>:6:16'
}

test_help_and_explain() {
  expect 0 kubectl sts --help
  says 'kubectl sts lint'
  expect 0 kubectl sts lint --help
  says 'kubectl kustomize'
  expect 0 kubectl sts explain service-not-found
  says 'STS103'
}

test_kustomize_output_is_linted() {
  stateful_set db db-headless >sts.yaml
  headless_service db-headless db >svc.yaml
  printf 'namePrefix: eu-\nresources: [sts.yaml, svc.yaml]\n' >kustomization.yaml
  kubectl kustomize . | kubectl sts lint - >out 2>&1
}
