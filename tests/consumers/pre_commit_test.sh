# The hooks of .pre-commit-hooks.yaml, run by pre-commit itself in scratch repositories.
# shellcheck shell=bash disable=SC2103,SC2164 # set -e is on

# A repository "work" that holds one good set, committed, and "hooks", which offers ours.
repositories() {
  git_repository hooks
  cp "$ROOT/.pre-commit-hooks.yaml" hooks/
  git -C hooks add .
  git -C hooks commit -qm hooks
  git_repository work
  mkdir work/db
  stateful_set db db-headless >work/db/sts.yaml
  headless_service db-headless db >work/db/svc.yaml
  git -C work add .
  git -C work commit -qm 'a set and its Service'
}

# hook CODE ID [OPTION...]
hook() {
  local code=$1 id=$2
  shift 2
  cd work
  expect "$code" pre-commit try-repo ../hooks "$id" --verbose "$@"
  cat out
  mv out ../out
  cd ..
}

test_manifest_is_valid() {
  pre-commit validate-manifest "$ROOT/.pre-commit-hooks.yaml"
}

test_good_change_passes() {
  repositories
  sed -i 's/replicas: 3/replicas: 5/' work/db/sts.yaml
  git -C work add .
  hook 0 kubectl-sts-lint
  says Passed
}

test_fault_in_a_staged_file() {
  repositories
  sed -i 's/serviceName: db-headless/serviceName: db-headles/' work/db/sts.yaml
  git -C work add .
  hook 1 kubectl-sts-lint
  says 'exit code: 1'
  says 'db/sts.yaml:6:16'
  says '[service-not-found]'
}

# The index is what will be committed: the fault in the work tree is not.
test_half_staged_good() {
  repositories
  sed -i 's/replicas: 3/replicas: 5/' work/db/sts.yaml
  git -C work add .
  sed -i 's/serviceName: .*/serviceName: nothing/' work/db/sts.yaml
  hook 0 kubectl-sts-lint
  grep -q 'serviceName: nothing' work/db/sts.yaml || fail 'the unstaged change was lost'
}

# … and a mend that is not staged does not help.
test_half_staged_bad() {
  repositories
  sed -i 's/serviceName: .*/serviceName: nothing/' work/db/sts.yaml
  git -C work add .
  sed -i 's/serviceName: .*/serviceName: db-headless/' work/db/sts.yaml
  hook 1 kubectl-sts-lint
  says '"nothing"'
}

# pre-commit leaves untracked files in the work tree; they are not part of the commit.
test_untracked_service_does_not_count() {
  repositories
  stateful_set cache cache-headless >work/cache.yaml
  git -C work add .
  headless_service cache-headless cache >work/cache-svc.yaml
  hook 1 kubectl-sts-lint
  says 'cache.yaml:6:16'
  says '"cache-headless"'
  git -C work add .
  hook 0 kubectl-sts-lint
}

# A deleted file is passed to no hook; only the hook over the whole repository sees what it breaks.
test_deleted_service() {
  repositories
  git -C work rm -q db/svc.yaml
  hook 0 kubectl-sts-lint
  hook 1 kubectl-sts-lint-all
  says 'db/sts.yaml:6:16'
  says '[service-not-found]'
}

test_deleted_service_beside_its_set() {
  repositories
  git -C work rm -q db/svc.yaml
  sed -i 's/replicas: 3/replicas: 5/' work/db/sts.yaml
  git -C work add .
  hook 1 kubectl-sts-lint
  says '[service-not-found]'
}

# A change of the Service alone is reported, although the place is in a file that did not change.
test_renamed_service() {
  repositories
  sed -i 's/name: db-headless/name: db-internal/' work/db/svc.yaml
  git -C work add .
  hook 1 kubectl-sts-lint
  says 'db/sts.yaml:6:16'
}

test_two_hundred_files() {
  repositories
  mkdir work/many
  for i in $(seq 100); do
    stateful_set "set-$i" "set-$i-pods" >"work/many/$i-sts.yaml"
    headless_service "set-$i-pods" "set-$i" >"work/many/$i-svc.yaml"
  done
  git -C work add .
  hook 0 kubectl-sts-lint
  git -C work commit -qm many
  hook 0 kubectl-sts-lint --all-files
  sed -i 's/serviceName: .*/serviceName: gone/' work/many/77-sts.yaml
  git -C work add .
  hook 1 kubectl-sts-lint --all-files
  says 'many/77-sts.yaml:6:16'
  [[ $(grep -c '\[service-not-found\]' out) -eq 1 ]] || fail 'one finding was expected'
}

test_names_with_spaces() {
  repositories
  mkdir 'work/my sets'
  stateful_set ünder nowhere >'work/my sets/näme with spaces.yaml'
  sed -i 's/ünder/under/' 'work/my sets/näme with spaces.yaml'
  git -C work add .
  hook 1 kubectl-sts-lint
  says 'my sets/näme with spaces.yaml:6:16'
}

test_committed_for_real() {
  repositories
  cd work
  cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $(realpath ../hooks)
    rev: $(git -C ../hooks rev-parse HEAD)
    hooks:
      - id: kubectl-sts-lint
YAML
  pre-commit install
  git add .
  expect 0 git commit -m 'the hook'
  sed -i 's/serviceName: .*/serviceName: nothing/' db/sts.yaml
  expect 1 git commit -am 'a fault'
  says '[service-not-found]'
  git checkout -q -- db
  sed -i 's/replicas: 3/replicas: 5/' db/sts.yaml
  expect 0 git commit -am 'more of them'
}

test_other_yaml_is_no_business_of_ours() {
  repositories
  mkdir -p work/.github/workflows work/chart/templates
  printf 'on: push\njobs: {}\n' >work/.github/workflows/ci.yaml
  printf 'a: 1\nb: [1, 2]\n' >work/values.yaml
  cat >work/chart/templates/sts.yaml <<'YAML'
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Release.Name }}
  {{- with .Values.labels }}
  labels: {{ toYaml . | nindent 4 }}
  {{- end }}
YAML
  git -C work add .
  hook 0 kubectl-sts-lint
}
