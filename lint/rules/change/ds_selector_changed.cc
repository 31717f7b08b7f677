#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kDsSelectorChanged{511,
                                     "ds-selector-changed",
                                     Severity::kError,
                                     "an edit to the selector of a DaemonSet",
                                     nullptr,
                                     false,
                                     check};

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kDaemonSet) || !field_known(change, "/spec/selector")) return;
  const kube::Value before = value_at(*change.before, "/spec/selector");
  const kube::Value after = value_at(*change.after, "/spec/selector");
  if (!before || !after) return;
  const Comparison compared = compare(before, after);
  if (compared.differences.empty()) return;
  const Difference& first = compared.differences.front();
  auto finding = findings.at(
      kDsSelectorChanged, Severity::kError, *change.after,
      first.after.exists() ? first.after : after,
      dotted("/spec/selector" + first.path) + " of " + title(*change.after) +
          " changes: the API server refuses it, a DaemonSet's selector can never change");
  if (first.before.exists()) finding.related(first.before, "what it was");
  finding.fix("keep the selector as it was, or make a DaemonSet of another name and delete " +
              quoted(change.after->name));
}

}  // namespace sts::lint
