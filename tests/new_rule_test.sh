#!/usr/bin/env bash
# tools/new-rule in a copy of what it touches: stamps compile, used codes are refused.
set -euo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir -p "$copy/docs" "$copy/testdata"
cp -r .clang-format tools lint kube "$copy/"
cd "$copy"
cp lint/rules/list.inc before

refused() {
  local words=$1
  shift
  if tools/new-rule "$@" 2>said; then
    echo "accepted: $*"
    exit 1
  fi
  grep -qF "$words" said || { cat said; exit 1; }
  cmp -s before lint/rules/list.inc
}
refused "STS001 is yaml-syntax's" 1 brand-new shape error 'a title'
refused 'yaml-syntax exists' 999 yaml-syntax shape error 'a title'
refused 'is no id' 999 BrandNew shape error 'a title'
refused 'is no code' STSX brand-new shape error 'a title'
refused 'is no severity' 999 brand-new shape fatal 'a title'
refused 'is no family: lint/rules has the folders availability, change,' 999 brand-new form error 'a title'
echo '// retired: 998 old-hat' >>lint/rules/list.inc
cp lint/rules/list.inc before
refused 'is retired' 998 brand-new shape error 'a title'
refused 'is retired' 997 old-hat shape error 'a title'

# Without clang-format nothing is written.
python=$(python3 -c 'import sys; print(sys.executable)')
if PATH='' "$python" tools/new-rule 130 brand-new shape warning 'a title' 2>said; then
  echo 'accepted without clang-format'
  exit 1
fi
grep -qF 'run make deps-test first' said || { cat said; exit 1; }
cmp -s before lint/rules/list.inc
test ! -e lint/rules/shape/brand_new.cc -a ! -e docs/rules -a ! -e testdata/rules

tools/new-rule STS130 brand-new shape warning 'something that is not there yet' >said
for file in lint/rules/shape/brand_new.cc docs/rules/brand-new.md testdata/rules/brand-new/{bad,ok,trap}-example.yaml; do
  grep -qxF "$file" said && test -s "$file"
done
grep -qF 'tools/check-docs --update' said
test "$(sed -n '/STS101-130/,/STS131/p' lint/rules/list.inc | grep RULE | tail -n 1)" = 'RULE(kBrandNew)'
g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -I. lint/rules/shape/brand_new.cc
clang-format --dry-run -Werror lint/rules/shape/brand_new.cc
echo 'new-rule stamps and refuses as it should'
