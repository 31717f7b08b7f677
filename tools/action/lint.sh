#!/usr/bin/env bash
# Second step of action.yml: lints once for the report and its outputs, and once more, if there is
# something to say, for annotations and the job summary. Exits as kubectl-sts lint does.
set -euo pipefail

if ! command -v jq >/dev/null; then
  echo '::error::kubectl-sts: the action needs jq, which is not on PATH: install it in a step before this one'
  exit 2
fi

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
# The second pass says the same on stderr; of this one only what keeps the second from running is shown.
said=$(mktemp "${RUNNER_TEMP:-/tmp}/kubectl-sts-said.XXXXXX")
trap 'rm -f "$said"' EXIT
code=0
"$STS_BINARY" lint -o json "${arguments[@]}" >"$report" 2>"$said" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
case $code in
0 | 1 | 3) ;;
*)
  cat "$said" >&2
  exit "$code"
  ;;
esac

{
  echo "report=$report"
  jq -r '.summary | "errors=\(.errors)", "warnings=\(.warnings)"' "$report"
  jq -r '"findings=\(.findings | length)"' "$report"
} >>"$GITHUB_OUTPUT"
"$STS_BINARY" lint -o github "${arguments[@]}" || code=$?
exit "$code"
