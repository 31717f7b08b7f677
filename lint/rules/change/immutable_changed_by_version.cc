#include "kube/semantics/version.h"
#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kImmutableChangedByVersion{
    502,
    "immutable-changed-by-version",
    Severity::kError,
    "an edit to a field of a StatefulSet that this Kubernetes version cannot change",
    nullptr,
    false,
    check};

namespace {

// Since when ValidateStatefulSetUpdate lets a field change. revisionHistoryLimit: refused by
// 1.32.13's validation.go, taken by 1.33.13's.
struct Since {
  std::string_view field;
  kube::Version version;
};
constexpr Since kMutableSince[] = {
    {"minReadySeconds", {1, 22, 0}},
    {"persistentVolumeClaimRetentionPolicy", {1, 23, 0}},
    {"ordinals", {1, 26, 0}},
    {"revisionHistoryLimit", {1, 33, 0}},
};

FieldView defaults_of(std::string_view field, std::string_view path) {
  const auto standard = [](std::string_view text) {
    return FieldView{FieldView::As::kValue, text};
  };
  if (field == "minReadySeconds" && path.empty()) return standard("0");
  if (field == "revisionHistoryLimit" && path.empty()) return standard("10");
  if (path == "/start") return standard("0");
  if (path == "/whenDeleted" || path == "/whenScaled") return standard("Retain");
  return {};
}

}  // namespace

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  for (const Since& since : kMutableSince) {
    if (context.options.kubernetes_version >= since.version) continue;
    const std::string pointer = "/spec/" + std::string(since.field);
    if (!field_known(change, pointer)) continue;
    const kube::Value before = value_at(*change.before, pointer);
    const kube::Value after = value_at(*change.after, pointer);
    const Comparison compared = compare(
        before, after, [&](std::string_view path) { return defaults_of(since.field, path); });
    if (compared.differences.empty()) continue;
    const std::string message =
        "spec." + std::string(since.field) + " of " + title(*change.after) +
        " changes: Kubernetes " + kube::to_string(context.options.kubernetes_version) +
        " refuses it, the field can change since " + std::to_string(since.version.major) + "." +
        std::to_string(since.version.minor);
    auto finding = after.exists()
                       ? findings.at_key(kImmutableChangedByVersion, Severity::kError,
                                         *change.after, after, message)
                       : findings.at_key(kImmutableChangedByVersion, Severity::kError,
                                         *change.after, change.after->root.get("spec"), message);
    if (before.exists()) finding.related_key(before, "what it was");
    finding.fix(replace_recipe(*change.after));
  }
}

}  // namespace sts::lint
