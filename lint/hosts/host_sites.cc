#include "lint/hosts/host_sites.h"

#include "kube/semantics/pod_names.h"
#include "lint/model/workload.h"

#include <algorithm>
#include <utility>

namespace sts::lint {
namespace {

// Of one value the first hosts tell what is wrong with it; a list of thousands would only repeat
// it, and every finding in a text is looked up in that text anew.
constexpr std::size_t kMaxHosts = 512;

// README.md tells people what not to write.
bool is_prose(std::string_view file_name) {
  return file_name.ends_with(".md") || file_name.ends_with(".txt") ||
         file_name.ends_with(".adoc") || file_name.ends_with(".rst") ||
         file_name.ends_with(".html");
}

class Collector {
 public:
  Collector(const Object& object, std::vector<HostSite>& sites) : object_(object), sites_(sites) {}

  void config_map() {
    for (const kube::Entry& entry : object_.root.get("data").entries()) {
      if (!is_prose(entry.key.text())) add(entry.value, entry.key.text());
    }
  }

  void container(kube::Value container) {
    words(container.get("command"));
    words(container.get("args"));
    for (kube::Value variable : container.get("env").items()) {
      add(variable.get("value"), variable.get("name").text());
    }
    for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
      handler(container.get(probe));
    }
    handler(container.get("lifecycle", "postStart"));
    handler(container.get("lifecycle", "preStop"));
  }

 private:
  void handler(kube::Value handler) {
    words(handler.get("exec", "command"));
    add(handler.get("httpGet", "host"), "host");
    add(handler.get("tcpSocket", "host"), "host");
  }

  // An option's value is often a word of its own: --host, db-0.db.
  void words(kube::Value list) {
    std::string_view option;
    for (kube::Value word : list.items()) {
      add(word, option);
      const std::string_view text = word.text();
      option = text.starts_with('-') && text.find('=') == std::string_view::npos
                   ? (text == "-h" ? std::string_view("host") : text)
                   : std::string_view();
    }
  }

  void add(kube::Value scalar, std::string_view key) {
    if (!scalar.is_scalar()) return;
    std::vector<HostText> hosts = find_hosts(scalar.text(), key);
    const std::size_t count = hosts.size();
    if (count > kMaxHosts) hosts.resize(kMaxHosts);
    for (HostText& host : hosts) sites_.push_back({&object_, scalar, std::move(host), key, count});
  }

  const Object& object_;
  std::vector<HostSite>& sites_;
};

// The set that every one of the candidates would be judged as.
const Object* agreed_set(const Reference& found) {
  if (found.answer != Answer::kFound) return nullptr;
  const StatefulSetView first(*found.first());
  for (const Object* other : found.nearest) {
    const StatefulSetView view(*other);
    if (view.service_name != first.service_name || view.replicas != first.replicas ||
        view.start != first.start || view.service_name_unknown != first.service_name_unknown ||
        other->name_space.name != first.object.name_space.name) {
      return nullptr;
    }
  }
  return found.first();
}

// The set of a name as `reader` means it: its own, the one in the namespace that is written, the
// nearest in its own namespace, or the only one that the project has.
const Object* set_named(const Object& reader, std::string_view name, std::string_view name_space,
                        const Index& index) {
  if (!name_space.empty()) {
    const Reference there = index.find_in(reader, Kind::kStatefulSet, name, name_space);
    if (there.answer == Answer::kFound) return agreed_set(there);
  }
  if (reader.kind == Kind::kStatefulSet && reader.name == name) return &reader;
  const Reference near = index.find(reader, Kind::kStatefulSet, name);
  if (near.answer == Answer::kFound) return agreed_set(near);
  const std::vector<const Object*> all = index.named(Kind::kStatefulSet, name);
  return all.size() == 1 && near.answer == Answer::kAbsent ? all.front() : nullptr;
}

}  // namespace

HostSites::HostSites(const Index& index) {
  for (const Object& object : index.objects()) {
    std::vector<HostSite> sites;
    Collector collector(object, sites);
    if (object.kind == Kind::kConfigMap) {
      collector.config_map();
    } else {
      for (const Container& container : pod_template(object).containers()) {
        collector.container(container.value);
      }
    }
    if (!sites.empty()) sites_.emplace(&object, std::move(sites));
  }
}

const std::vector<HostSite>& HostSites::of(const Object& object) const {
  static const std::vector<HostSite> none;
  const auto found = sites_.find(&object);
  return found == sites_.end() ? none : found->second;
}

std::vector<PodHost> pod_hosts(const Object& object, const RuleContext& context) {
  std::vector<PodHost> hosts;
  for (const HostSite& site : context.index.derived<HostSites>().of(object)) {
    const auto& labels = site.host.labels;
    if (site.host.address) continue;
    PodHost host;
    host.site = &site;
    host.pod = labels[0];
    const auto set_name = kube::parent_of_pod(host.pod);
    if (!set_name) continue;
    const auto ordinal = kube::pod_ordinal(*set_name, host.pod);
    if (!ordinal) continue;
    host.ordinal = *ordinal;
    if (labels.size() >= 2) host.service = labels[1];
    if (labels.size() >= 3) {
      if (labels[2] == "svc") {
        host.cluster = true;  // db-0.prod.svc: judged below
      } else {
        host.name_space = labels[2];
        host.cluster = labels.size() >= 4 && labels[3] == "svc";
      }
    }
    // db-0.example.com and the like: some other zone's name.
    if (labels.size() >= 3 && !host.cluster && labels.size() != 3) continue;

    host.set = set_named(object, *set_name, host.name_space, context.index);
    if (host.set == nullptr) continue;
    const std::string& own = host.set->name_space.name;
    const bool pod_svc = labels.size() >= 3 && labels[2] == "svc";
    host.service_left_out = pod_svc && !own.empty() && host.service == own;
    hosts.push_back(host);
  }
  return hosts;
}

Findings::Builder report_host(Findings& findings, const Rule& rule, Severity severity,
                              const HostSite& site, std::string message) {
  return findings.in_text(rule, severity, *site.object, site.scalar, site.host.begin, site.host.end,
                          std::move(message));
}

}  // namespace sts::lint
