#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctShadowsVolume{402, "vct-shadows-volume", Severity::kWarning,
                                    "a claim template and a volume of one name", check};

static void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!storage::judges_claim_templates(object)) return;
  const PodTemplate pods = pod_template(object);
  if (object.patched_at(pods.pointer + "/spec/volumes")) return;
  const storage::NamedList templates = storage::claim_templates_of(object);
  for (const storage::Named& volume : storage::volumes_of(object, pods).all) {
    const storage::Named* claim_template = templates.find(volume.name);
    if (claim_template == nullptr) continue;
    const std::string_view source = storage::source_of(volume.value);
    // Placeholders for validators that know no claim templates: nothing was asked for, nothing is
    // lost. A volume without a source says nothing at all, an empty emptyDir next to nothing.
    if (source.empty()) continue;
    const bool placeholder = source == "emptyDir" && volume.value.get("emptyDir").size() == 0;
    findings
        .at(kVctShadowsVolume, placeholder ? Severity::kInfo : Severity::kWarning, object,
            volume.name_value,
            "volume " + quoted(volume.name) + " (" + std::string(source) + ") of " + title(object) +
                " is dropped: the claim template of that name takes its place in every pod")
        .related(claim_template->name_value, "claim template " + quoted(claim_template->name))
        .fix("remove the volume, or give one of the two another name");
  }
}

}  // namespace sts::lint
