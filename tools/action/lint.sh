#!/usr/bin/env bash
# Second step of action.yml: lints once for the report and its outputs, and once more, if there is
# something to say, for annotations and the job summary. Exits as kubectl-sts lint does.
set -euo pipefail

arguments=(--fail-on "$STS_FAIL_ON")
option() {
  if [[ -n $2 ]]; then arguments+=("$1" "$2"); fi
}
option --project "$STS_PROJECT"
option --assume "$STS_ASSUME"
option --kubernetes-version "$STS_KUBERNETES_VERSION"
option --cluster-domain "$STS_CLUSTER_DOMAIN"
option --namespace "$STS_NAMESPACE"

# A line is an argument, spaces and all; the blanks around it are the YAML's.
add_lines() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    if [[ -n $line ]]; then arguments+=("$line"); fi
  done <<<"$1"
}
add_lines "$STS_ARGS"
arguments+=(--)
add_lines "$STS_PATHS"

report=$(mktemp "${RUNNER_TEMP:-/tmp}/kubectl-sts-report.XXXXXX.json")
code=0
"$STS_BINARY" lint -o json "${arguments[@]}" >"$report" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [[ $code -eq 2 ]]; then
  exit 2
fi

{
  echo "report=$report"
  jq -r '.summary | "errors=\(.errors)", "warnings=\(.warnings)"' "$report"
  jq -r '"findings=\(.findings | length)"' "$report"
} >>"$GITHUB_OUTPUT"
"$STS_BINARY" lint -o github "${arguments[@]}"  || code=$?
exit "$code"
