#include "lint/model/pod_name_uses.h"

#include "kube/semantics/pod_names.h"
#include "lint/hosts/host_words.h"
#include "lint/model/comment_lines.h"
#include "lint/model/workload.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sts::lint {
namespace {

bool is_label(std::string_view label) {
  return !label.empty() && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_name(std::string_view label) {
  return is_label(label) && label.front() >= 'a' && label.front() <= 'z';
}

// What follows a dot in a file's name more often than in a host's.
bool is_file_suffix(std::string_view word) {
  constexpr std::array<std::string_view, 38> kSuffixes{
      "log", "txt",  "conf", "cfg",  "cnf", "yaml", "yml", "json",      "toml", "ini",
      "sh",  "bash", "py",   "js",   "lua", "sql",  "pem", "crt",       "cer",  "key",
      "csr", "p12",  "jks",  "sock", "pid", "lock", "dat", "bin",       "tar",  "gz",
      "tgz", "zip",  "bak",  "tmp",  "out", "err",  "xml", "properties"};
  return std::find(kSuffixes.begin(), kSuffixes.end(), word) != kSuffixes.end();
}

class ByForm : public KnownLabels {
 public:
  bool service(std::string_view) const override { return false; }
  bool pod(std::string_view label) const override { return kube::parent_of_pod(label).has_value(); }
  bool name_space(std::string_view) const override { return false; }
};

// A variable before the first dot is taken for the pod's own name, any other for a namespace.
std::optional<FoundUse> use_in(std::string_view text, const HostWord& word) {
  FoundUse found;
  found.begin = word.begin;
  found.end = word.end - (text[word.end - 1] == '.' ? 1 : 0);
  const std::string_view name = text.substr(found.begin, found.end - found.begin);
  if (name.find('.') == std::string_view::npos) return std::nullopt;
  const auto written = kube::dns_labels(name);
  std::string resolved;
  auto labels = written;
  if (!word.variables.empty()) {
    resolved = word.resolved(text.substr(0, found.end), [&](const HostVariable& variable) {
      const bool first = variable.end == word.begin + written[0].size();
      return std::string(first ? kOwnPod : kOwnNamespace);
    });
    labels = kube::dns_labels(resolved);
    if (labels.size() != written.size()) return std::nullopt;
  }
  const HostMeaning meaning = meaning_by_form(labels);
  const bool pod = meaning.kind == HostMeaning::Kind::kPod;
  if (!pod && (meaning.kind != HostMeaning::Kind::kService || !meaning.svc)) return std::nullopt;
  if (!meaning.name.port.empty() || !is_name(meaning.name.service)) return std::nullopt;
  if (pod && labels[0] != kOwnPod) {
    const auto set = kube::parent_of_pod(labels[0]);
    if (!set || !is_label(labels[0])) return std::nullopt;
    found.use.set = written[0].substr(0, set->size());
  }
  found.use.service = written[pod ? 1 : 0];
  found.use.service_itself = !pod;
  found.use.svc = meaning.svc;
  found.use.one_label_after = !meaning.svc && !meaning.name.name_space.empty();
  if (labels.size() == 2 && is_file_suffix(found.use.service)) return std::nullopt;
  return found;
}

}  // namespace

HostMeaning meaning_by_form(std::span<const std::string_view> labels) {
  return meaning_of(labels, false, ByForm());
}

std::vector<FoundUse> find_pod_names(std::string_view text) {
  std::vector<FoundUse> found;
  if (text.find('.') == std::string_view::npos) return found;
  CommentLines comments(text);
  HostWords words(text);
  for (HostWord word; words.next(word);) {
    if (auto use = use_in(text, word); use && !comments.holds(word.begin)) found.push_back(*use);
  }
  return found;
}

Place PodNameSite::place() const {
  return {scalar.tree().source_ptr(), {scalar.source_offset(begin), scalar.source_offset(end)}};
}

kube::Value configuration_of(const Object& object) {
  if (object.kind == Kind::kConfigMap) return object.root.get("data");
  return pod_template(object).spec;
}

PodNameUses::PodNameUses(const Index& index) {
  for (const Object& object : index.objects()) {
    each_scalar(configuration_of(object), [&](kube::Value scalar) {
      for (const FoundUse& found : find_pod_names(scalar.text())) {
        sites_.push_back({found.use, &object, scalar, found.begin, found.end});
      }
    });
  }
  for (std::size_t i = 0; i < sites_.size(); ++i) {
    by_service_[sites_[i].use.service].push_back(i);
    if (!sites_[i].use.set.empty()) by_set_[sites_[i].use.set].push_back(i);
  }
}

const PodNameSite* PodNameUses::under_service(const Object& set, std::string_view service,
                                              const Index& index) const {
  const auto found = by_service_.find(service);
  if (found == by_service_.end()) return nullptr;
  const PodNameSite* nearest = nullptr;
  for (const std::size_t i : found->second) {
    const PodNameSite& site = sites_[i];
    if (!site.use.set.empty() && site.use.set != set.name) continue;
    // A variable is the name of the pod that reads it.
    if (site.use.set.empty() && !site.use.service_itself && site.object != &set &&
        site.object->kind != Kind::kConfigMap) {
      continue;
    }
    if (index.same_namespace(set, *site.object) == SameNamespace::kNo) continue;
    if (nearest == nullptr ||
        Index::distance(set, *site.object) < Index::distance(set, *nearest->object)) {
      nearest = &site;
    }
  }
  return nearest;
}

const PodNameSite* PodNameUses::of_set(const Object& set, const Index& index) const {
  const auto found = by_set_.find(set.name);
  if (set.name.empty() || found == by_set_.end()) return nullptr;
  const PodNameSite* nearest = nullptr;
  for (const std::size_t i : found->second) {
    const PodNameSite& site = sites_[i];
    if (site.object != &set && !index.together(set, *site.object)) continue;
    if (nearest == nullptr || site.object == &set) nearest = &site;
    if (site.object == &set) break;
  }
  return nearest;
}

}  // namespace sts::lint
