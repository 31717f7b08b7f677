#!/usr/bin/env bash
# projects_test.sh BINARY [--update]: the whole program on each project of testdata/projects, its
# output and exit code compared with PROJECT.out.
set -euo pipefail
binary=$(realpath "$1")
update=${2:-}
cd "$(dirname "$0")/../testdata/projects"

status=0
for project in */; do
  project=${project%/}
  said=$(
    code=0
    "$binary" lint "$project" 2>&1 || code=$?
    echo "exit code $code"
  )
  if [[ $update == --update ]]; then
    printf '%s\n' "$said" >"$project.out"
  elif ! diff -u --label "$project.out" --label 'said now' "$project.out" <(printf '%s\n' "$said"); then
    status=1
  fi
done
exit "$status"
