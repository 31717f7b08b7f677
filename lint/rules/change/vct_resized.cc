#include "kube/semantics/quantity.h"
#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kVctResized{503,
                              "vct-resized",
                              Severity::kError,
                              "a claim template that asks for more or less storage than before",
                              nullptr,
                              false,
                              check};

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  const ClaimTemplates before(*change.before);
  const ClaimTemplates after(*change.after);
  if (!before.known || !after.known) return;
  const Ordinals ordinals(*change.before, context.before);
  for (const auto& [name, item] : after.all) {
    const kube::Value is = item.get("spec", "resources", "requests", "storage");
    const kube::Value was = before.find(name).get("spec", "resources", "requests", "storage");
    if (!is || !was || is.is_placeholder() || was.is_placeholder()) continue;
    const auto now = kube::parse_quantity(is.text());
    const auto old = kube::parse_quantity(was.text());
    if (!now || !old || *now == *old) continue;
    const bool grows = *now > *old;
    const std::string what = "claim template " + quoted(name) + " of " + title(*change.after) +
                             (grows ? " grows" : " shrinks") + " from " + std::string(was.text()) +
                             " to " + std::string(is.text()) + ": the API server refuses it, ";
    auto finding = findings.at(
        kVctResized, Severity::kError, *change.after, is,
        what + (grows ? "claim templates can never change, and the claims that exist keep their "
                        "size"
                      : "and no claim can become smaller"));
    finding.related(was, "what it was");
    if (!grows) {
      finding.fix("storage: " + std::string(was.text()));
      continue;
    }
    const std::string flag = namespace_flag(*change.after);
    const std::int64_t start = ordinals.start.value_or(0);
    const std::string claims =
        ordinals.replicas && *ordinals.replicas > 0
            ? claim_names(name, *change.after, start, start + *ordinals.replicas - 1)
            : std::string(name) + "-" + std::string(change.after->name) + "-N";
    finding.fix("for each claim (" + claims + "): kubectl patch pvc CLAIM" + flag +
                " --type=merge -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"" +
                std::string(is.text()) + "\"}}}}', then " + replace_recipe(*change.after));
  }
}

}  // namespace sts::lint
