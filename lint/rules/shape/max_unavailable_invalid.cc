#include "kube/semantics/gates.h"
#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kMaxUnavailableInvalid;

namespace {

/// Follows validateRollingUpdateStatefulSet (pkg/apis/apps/validation/validation.go).
std::string problem(kube::Value value) {
  if (const auto number = value.integer()) {
    if (*number < 0) return "must be greater than or equal to 0";
    return *number == 0 ? "cannot be 0" : "";
  }
  const auto text = value.string();
  if (!text) return {};
  // IsValidPercent: digits and a percent sign, nothing else.
  const std::string_view digits = text->substr(0, text->size() - (text->empty() ? 0 : 1));
  if (text->empty() || text->back() != '%' || digits.empty() ||
      !std::all_of(digits.begin(), digits.end(),
                   [](unsigned char c) { return std::isdigit(c) != 0; })) {
    return "must be a number, or a percentage such as \"25%\"";
  }
  const std::string_view significant =
      digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
  if (significant.empty()) return "cannot be 0";
  if (significant.size() > 3 || (significant.size() == 3 && significant != "100")) {
    return "must not be greater than 100%";
  }
  return {};
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const kube::Value strategy = object.root.get("spec", "updateStrategy");
  const kube::Value value = strategy.get("rollingUpdate", "maxUnavailable");
  if (!value || value.is_placeholder() || !shape::sent_as_written(object, value)) return;
  // With another type the block itself is refused (on-delete-with-rolling-block).
  const kube::Value type = strategy.get("type");
  if (type && type.string() != "RollingUpdate") return;
  // Where the gate is off the field is removed before it is validated (field-unsupported).
  if (kube::support(kube::GatedField::kMaxUnavailable, context.options.kubernetes_version) !=
      kube::Support::kServed) {
    return;
  }
  const std::string why = problem(value);
  if (why.empty()) return;
  findings
      .at(kMaxUnavailableInvalid, Severity::kError, object, value,
          title(object) + " sets maxUnavailable: " + std::string(value.text()) + ", but it " + why +
              ", so the API server rejects it")
      .fix("maxUnavailable: 1");
}

}  // namespace

extern const Rule kMaxUnavailableInvalid{319, "max-unavailable-invalid", Severity::kError,
                                         "a maxUnavailable that the API server refuses", check};

}  // namespace sts::lint
