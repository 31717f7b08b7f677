# client-go itself says what each row of testdata/kubeconfig/cases.json comes to; the unit tests
# compare that with what we make of it.
# shellcheck shell=bash

test_expected_outcomes_are_client_gos() {
  clientconfig "$ROOT/testdata/kubeconfig" >outcomes.json
  diff -u "$ROOT/testdata/kubeconfig/expected.json" outcomes.json ||
    fail "write it anew: clientconfig testdata/kubeconfig >testdata/kubeconfig/expected.json"
}
