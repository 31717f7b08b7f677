#include "lint/model/text.h"
#include "lint/rules/storage/claim_reference.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctRwx{411, "vct-rwx", Severity::kInfo, "a claim template with ReadWriteMany",
                          check};

namespace {

bool names_a_share(std::string_view text) {
  constexpr std::array<std::string_view, 8> kShares = {"nfs",       "efs", "cephfs",    "gluster",
                                                       "azurefile", "smb", "filestore", "rwx"};
  return std::any_of(kShares.begin(), kShares.end(), [&](std::string_view share) {
    return text.find(share) != std::string_view::npos;
  });
}

/// A volume made by hand on a file server.
bool is_share(const Object& volume) {
  const kube::Value spec = volume.root.get("spec");
  return spec.get("nfs") || spec.get("cephfs") || spec.get("glusterfs") || spec.get("azureFile") ||
         names_a_share(spec.get("csi", "driver").text());
}

/// The class, by its name, its provisioner or its volumes, is a file share: ReadWriteMany costs
/// nothing there.
bool is_file_share(const Object& object, const RuleContext& context, kube::Value class_name) {
  const std::string_view name = class_name.text();
  if (names_a_share(name)) return true;
  for (const Object* volume : context.index.of_kind(Kind::kPersistentVolume)) {
    if (volume->root.get("spec", "storageClassName").text() == name && is_share(*volume)) {
      return true;
    }
  }
  const Reference found = context.index.find(object, Kind::kStorageClass, name);
  return std::any_of(found.nearest.begin(), found.nearest.end(), [&](const Object* storage_class) {
    return names_a_share(storage_class->root.get("provisioner").text());
  });
}

/// Every claim that some pod template mounts by its name, sorted.
struct MountedClaims {
  explicit MountedClaims(const Index& index) {
    for (const Object& object : index.objects()) {
      const PodTemplate pods = pod_template(object);
      if (!pods) continue;
      for (const storage::ClaimVolume& volume : storage::claim_volumes_of(object, pods)) {
        all.emplace_back(volume.name, &object);
      }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first, a.second->ordinal) < std::tie(b.first, b.second->ordinal);
    });
  }
  std::vector<std::pair<std::string, const Object*>> all;
};

/// A pod of another workload mounts a claim of this set's: a backup, a reader.
bool read_by_others(const Object& object, const RuleContext& context, std::string_view name) {
  const std::string prefix = std::string(name) + "-" + std::string(object.name) + "-";
  const auto& claims = context.index.derived<MountedClaims>().all;
  auto claim = std::lower_bound(
      claims.begin(), claims.end(), prefix,
      [](const auto& each, const std::string& wanted) { return each.first < wanted; });
  for (; claim != claims.end() && claim->first.starts_with(prefix); ++claim) {
    if (claim->second != &object &&
        context.index.same_namespace(object, *claim->second) != SameNamespace::kNo) {
      return true;
    }
  }
  return false;
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    if (claim.ephemeral) continue;
    for (const kube::Value mode : claim.spec.get("accessModes").items()) {
      if (mode.text() != "ReadWriteMany") continue;
      if (is_file_share(object, context, claim.spec.get("storageClassName")) ||
          read_by_others(object, context, claim.name.text())) {
        break;
      }
      findings
          .at(kVctRwx, Severity::kInfo, object, mode,
              claim.what + " of " + title(object) +
                  " asks for ReadWriteMany, but every pod has a claim of its own: it only narrows "
                  "the choice of drivers")
          .fix("ReadWriteOnce");
      break;
    }
  }
}

}  // namespace sts::lint
