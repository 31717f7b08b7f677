#include "lint/model/near_miss.h"
#include "lint/model/text.h"
#include "lint/rules/storage/claim_reference.h"
#include "lint/rules/storage/data_path.h"

#include <algorithm>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kSubpathOrdinal{420, "subpath-ordinal", Severity::kError,
                                  "a subPath that does not keep the replicas' data apart", check};

namespace {

/// The `<set>-N` in a subPath; empty where there is none.
std::string_view pod_name_in(std::string_view path, std::string_view set) {
  if (set.empty()) return {};
  const std::string prefix = std::string(set) + "-";
  for (std::size_t at = path.find(prefix); at != std::string_view::npos;
       at = path.find(prefix, at + 1)) {
    std::size_t end = at + prefix.size();
    while (end < path.size() && path[end] >= '0' && path[end] <= '9') ++end;
    const auto inside_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    if (end > at + prefix.size() && (end == path.size() || !inside_name(path[end])) &&
        (at == 0 || !inside_name(path[at - 1]))) {
      return path.substr(at, end - at);
    }
  }
  return {};
}

/// The names in `$(NAME)`; `$$(NAME)` is an escape (third_party/forked/golang/expansion).
std::vector<std::string_view> variables_in(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != '$') continue;
    if (text[at + 1] == '$') {
      ++at;
      continue;
    }
    const std::size_t end = text.find(')', at);
    if (text[at + 1] != '(' || end == std::string_view::npos) continue;
    names.push_back(text.substr(at + 2, end - at - 2));
    at = end;
  }
  return names;
}

kube::Value variable(const Container& container, std::string_view name) {
  for (const kube::Value item : container.value.get("env").items()) {
    if (item.get("name").text() == name) return item;
  }
  return {};
}

std::vector<std::string_view> variables_of(const Container& container) {
  std::vector<std::string_view> names;
  for (const kube::Value item : container.value.get("env").items()) {
    names.push_back(item.get("name").text());
  }
  return names;
}

/// The kubelet knows more than `env` says: envFrom, and the variables of Services.
bool may_be_known(const Container& container, std::string_view name) {
  if (container.value.get("envFrom") || name.empty()) return true;
  for (const kube::Value item : container.value.get("env").items()) {
    if (!item.is_mapping() || !item.get("name").string()) return true;
  }
  return name.find("_SERVICE_") != std::string_view::npos ||
         name.find("_PORT") != std::string_view::npos;
}

/// All pods of the set see one and the same directory tree.
bool shared_source(const storage::Named& volume) {
  const std::string_view source = storage::source_of(volume.value);
  for (const std::string_view shared : {"persistentVolumeClaim", "nfs", "cephfs", "glusterfs",
                                        "azureFile", "hostPath", "quobyte"}) {
    if (source == shared) return true;
  }
  return false;
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const PodTemplate pods = pod_template(object);
  const storage::NamedList volumes = storage::effective_volumes_of(object, pods);
  const storage::NamedList templates = storage::claim_templates_of(object);
  if (volumes.open || templates.open) return;
  const auto replicas = storage::replicas_of(object, context);
  const bool alone = replicas && *replicas < 2;
  for (const storage::Mount& mount : storage::mounts_of(object, pods).all) {
    const std::string mounts = storage::named(mount.container) + " of " + title(object) +
                               " mounts " + quoted(mount.volume);
    const kube::Value expression = mount.value.get("subPathExpr");
    for (const std::string_view name : variables_in(expression.text())) {
      if (variable(mount.container, name).exists() || may_be_known(mount.container, name)) continue;
      // kubelet_pods.go, makeMounts: "missing value for", CreateContainerConfigError.
      auto finding = findings.at(kSubpathOrdinal, Severity::kError, object, expression,
                                 mounts + " at subPathExpr " + quoted(expression.text()) +
                                     ", but has no environment variable " + std::string(name) +
                                     ": the container never starts");
      const std::vector<std::string_view> variables = variables_of(mount.container);
      if (const auto near = nearest(name, variables)) {
        finding.related(variable(mount.container, variables[*near]).get("name"),
                        "the variable " + std::string(variables[*near]));
        finding.fix("$(" + std::string(variables[*near]) + ")");
      } else {
        finding.fix("add to env: {name: " + std::string(name) +
                    ", valueFrom: {fieldRef: {fieldPath: metadata.name}}}");
      }
    }
    const kube::Value sub_path = mount.value.get("subPath");
    const std::string_view path = sub_path.text();
    for (const std::string_view name : variables_in(path)) {
      if (!variable(mount.container, name).exists()) continue;
      findings
          .at(kSubpathOrdinal, Severity::kWarning, object, sub_path,
              mounts + " at subPath " + quoted(path) + ", in which $(" + std::string(name) +
                  ") is not expanded: every replica uses the folder of that very name")
          .fix("subPathExpr: " + std::string(path));
    }
    const storage::Named* volume = volumes.find(mount.volume);
    const std::string_view pod = pod_name_in(path, object.name);
    if (!pod.empty() && !alone) {
      const bool shared = volume != nullptr && shared_source(*volume);
      if (!shared && templates.find(mount.volume) == nullptr) continue;
      findings
          .at(kSubpathOrdinal, shared ? Severity::kWarning : Severity::kInfo, object, sub_path,
              mounts + " at subPath " + quoted(path) + " in every replica" +
                  (shared
                       ? ": they all write to the folder of pod " + std::string(pod)
                       : ": each has its own claim, but the folder there bears the name of pod " +
                             std::string(pod)))
          .fix(shared ? "subPathExpr: $(POD_NAME), with POD_NAME from metadata.name"
                      : "a subPath without the pod's name");
    }
  }
  if (!replicas || alone) return;
  const storage::Mounts mounts = storage::mounts_of(object, pods);
  for (const storage::ClaimVolume& volume : storage::claim_volumes_of(object, pods)) {
    const auto data = storage::data_mount_of(mounts, volume.volume.name);
    if (!data || data->kind != storage::DataPath::kKnown || volume.read_only ||
        data->mount.value.get("subPathExpr") || data->mount.value.get("subPath")) {
      continue;
    }
    // One node or one pod only: shared-rwo-claim has said that.
    const storage::ClaimReference claim = storage::find_claim(object, context, volume.name);
    bool many = !claim.nearest.empty();
    for (const storage::ClaimSource& source : claim.nearest) {
      const auto modes = storage::access_modes(source.spec);
      many =
          many && modes && std::find(modes->begin(), modes->end(), "ReadWriteMany") != modes->end();
    }
    if (!many) continue;
    findings
        .at(kSubpathOrdinal, Severity::kWarning, object, data->path,
            "all " + std::to_string(*replicas) + " replicas of " + title(object) +
                " keep their data (" + std::string(data->path.text()) +
                ") in the same folder of "
                "claim " +
                quoted(volume.name) + " and overwrite each other")
        .related(volume.claim_name, "one claim for all replicas")
        .fix("use spec.volumeClaimTemplates, or subPathExpr: $(POD_NAME)");
  }
}

}  // namespace sts::lint
