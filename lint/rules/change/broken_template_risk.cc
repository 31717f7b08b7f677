#include "lint/change/set_change.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/script/image_reference.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kBrokenTemplateRisk{
    512,
    "broken-template-risk",
    Severity::kInfo,
    "a new pod template that may never become Ready, and would not heal when reverted",
    nullptr,
    false,
    check};

namespace {

const char* const kConsequence =
    ": a pod that never becomes Ready is not replaced when the template is reverted "
    "(kubernetes#67250), it has to be deleted by hand";

kube::Value probe_of(const Object& set, std::string_view container) {
  for (const kube::Value each : set.root.get("spec", "template", "spec", "containers").items()) {
    if (each.get("name").text() == container) return each.get("readinessProbe");
  }
  return {};
}

}  // namespace

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  const Object& set = *change.after;
  if (!field_known(change, "/spec/template") ||
      value_at(set, "/spec/podManagementPolicy").string() == "Parallel" ||
      value_at(set, "/spec/updateStrategy/type").string() == "OnDelete") {
    return;
  }
  if (compare(value_at(*change.before, "/spec/template"), value_at(set, "/spec/template"))
          .differences.empty()) {
    return;
  }
  for (const Container& container : pod_template(set).containers()) {
    if (container.role != ContainerRole::kMain || container.name.empty()) continue;
    const std::string who = "container " + quoted(container.name) + " of " + title(set);
    const kube::Value image = container.value.get("image");
    const ImageReference reference = parse_image(container.image);
    if (image.string() && !reference.placeholder && reference.digest.empty() &&
        (reference.tag.empty() || reference.tag == "latest")) {
      findings.at(kBrokenTemplateRisk, Severity::kInfo, set, image,
                  who + " gets a new template with an image that can be another one tomorrow" +
                      kConsequence);
    }
    const kube::Value was = probe_of(*change.before, container.name);
    if (was && !container.value.get("readinessProbe")) {
      findings
          .at(kBrokenTemplateRisk, Severity::kInfo, set, container.value.get("name"),
              who + " loses its readinessProbe: the rollout goes on over pods that do not work yet")
          .related_key(was, "what it was");
    }
  }
}

}  // namespace sts::lint
