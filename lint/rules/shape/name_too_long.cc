#include "kube/semantics/names.h"
#include "lint/index/index.h"
#include "lint/index/kustomize.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kNameTooLong;

namespace {

// controller-revision-hash on every pod is `<set>-<hash>`, where the hash is a uint32 in decimal:
// up to 10 digits (pkg/controller/history/controller_history.go, ControllerRevisionName). A label
// value ends at 63, so 52 is the longest name that always fits.
constexpr std::size_t kSafe = 52;

struct FinalName {
  std::string name;
  const Kustomization* by = nullptr;
};

/// The longest that any one kustomization makes of the name.
FinalName longest_name(const Object& object) {
  FinalName longest{std::string(object.name), nullptr};
  for (const Kustomization* kustomization : object.kustomizations) {
    std::string name =
        kustomization->name_prefix + std::string(object.name) + kustomization->name_suffix;
    if (name.size() > longest.name.size()) longest = {std::move(name), kustomization};
  }
  return longest;
}

std::string consequence(std::size_t length) {
  if (length > kube::kMaxLabelLength) return "the API server takes at most 63";
  const std::string label =
      "the label controller-revision-hash of its pods (name, dash, hash of up to 10 digits) ends "
      "at 63";
  // The shares of uint32 values that have 10 digits, and 9 or more.
  if (length <= kSafe + 2) {
    return label + "; about " + (length == kSafe + 1 ? "77" : "98") +
           " % of all revisions do not fit, and then no pod can be made, so a set that runs today "
           "can fail at its next template change";
  }
  return label + ", so its pods cannot be made";
}

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (object.kind != Kind::kStatefulSet || object.name.empty()) return;
  const FinalName final_name = longest_name(object);
  const std::size_t length = final_name.name.size();
  if (length <= kSafe) return;
  std::string message = title(object) + " has a name of " + std::to_string(length) + " characters";
  if (final_name.by != nullptr) {
    message += " with what the kustomization in " +
               quoted(final_name.by->folder.empty() ? "." : final_name.by->folder) + " adds to it";
  }
  message += ": " + consequence(length);
  findings
      .at(kNameTooLong, length == kSafe + 1 ? Severity::kWarning : Severity::kError, object,
          object.metadata.get("name"), std::move(message))
      .fix("a name of at most 52 characters");
}

}  // namespace

extern const Rule kNameTooLong{302, "name-too-long", Severity::kError,
                               "a StatefulSet name that leaves no room for the revision label",
                               check};

}  // namespace sts::lint
