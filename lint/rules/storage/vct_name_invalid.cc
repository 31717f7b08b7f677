#include "kube/semantics/names.h"
#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

#include <cctype>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctNameInvalid{407, "vct-name-invalid", Severity::kError,
                                  "a claim template without a name that volumes can bear", check};

namespace {

/// The name as a DNS label; empty where little of it would be left.
std::string as_label(std::string_view name) {
  std::string label;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      label += static_cast<char>(std::tolower(byte));
    } else if (!label.empty() && label.back() != '-') {
      label += '-';
    }
  }
  while (!label.empty() && label.back() == '-') label.pop_back();
  return kube::dns1123_label_problem(label).empty() ? label : std::string();
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!storage::judges_claim_templates(object)) return;
  const std::string outcome = ": " + storage::rejection(object, context.options);
  const storage::NamedList templates = storage::claim_templates_of(object);
  for (const storage::Named& item : templates.all) {
    const std::string subject = storage::named_claim_template(templates, item);
    if (item.name.empty()) {
      const kube::Value metadata = item.value.get("metadata");
      const bool empty = item.name_value && item.name_value.string();
      if (!item.value.is_mapping() || (metadata && !metadata.is_mapping()) ||
          (item.name_value && !empty)) {
        continue;
      }
      const std::string message = subject + " of " + title(object) + " has no name" + outcome;
      auto finding =
          metadata.exists()
              ? findings.at_key(kVctNameInvalid, Severity::kError, object, metadata, message)
              : findings.at_key(kVctNameInvalid, Severity::kError, object, item.value, message);
      finding.fix("metadata: {name: data}");
      continue;
    }
    // The name becomes the volume's, which is a DNS label (core validation, ValidateVolumes).
    const std::string problem = kube::dns1123_label_problem(item.name);
    if (problem.empty()) continue;
    const std::string label = as_label(item.name);
    findings
        .at(kVctNameInvalid, Severity::kError, object, item.name_value,
            subject + " of " + title(object) +
                " is not named with lowercase letters, digits and dashes only, as a volume must "
                "be" +
                outcome)
        .fix(label.empty() ? "name it with at most 63 lowercase letters, digits and dashes"
                           : "name: " + label);
  }
}

}  // namespace sts::lint
