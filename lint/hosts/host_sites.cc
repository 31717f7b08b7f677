#include "lint/hosts/host_sites.h"

#include "kube/semantics/pod_names.h"
#include "lint/hosts/config_map_readers.h"
#include "lint/hosts/known_labels.h"
#include "lint/model/workload.h"
#include "lint/script/environment.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace sts::lint {
namespace {

// Of one value the first hosts tell what is wrong with it; a list of thousands would only repeat
// it, and every finding in a text is looked up in that text anew.
constexpr std::size_t kMaxHosts = 512;
constexpr std::size_t kMaxVariables = 64;  // of one value; those beyond are unknown

constexpr std::array<std::string_view, 7> kProseWords = {
    "DESCRIPTION", "MESSAGE", "MOTD", "COMMENT", "NOTES", "HELP", "DOC"};

// README.md tells people what not to write.
bool is_prose(std::string_view file_name) {
  return file_name.ends_with(".md") || file_name.ends_with(".txt") ||
         file_name.ends_with(".adoc") || file_name.ends_with(".rst") ||
         file_name.ends_with(".html");
}

// DESCRIPTION, WELCOME_MESSAGE: said to people.
bool is_prose_variable(std::string_view name) {
  return std::any_of(kProseWords.begin(), kProseWords.end(),
                     [&](std::string_view word) { return name.ends_with(word); });
}

class Collector {
 public:
  Collector(const Object& object, const Index& index, std::vector<HostSite>& sites)
      : object_(object), index_(index), sites_(sites) {}

  void config_map() {
    for (const kube::Entry& entry : object_.root.get("data").entries()) {
      if (!is_prose(entry.key.text())) add(entry.value, entry.key.text());
    }
  }

  void container(kube::Value container, bool host_network) {
    environment_.reset();
    container_ = container;
    host_network_ = host_network;
    words(container.get("command"));
    words(container.get("args"));
    for (kube::Value variable : container.get("env").items()) {
      const std::string_view name = variable.get("name").text();
      if (!is_prose_variable(name)) add(variable.get("value"), name);
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
    const std::string_view text = scalar.text();
    std::map<std::pair<HostVariable::Form, std::string_view>, std::string> known;
    const VariableReader read = [&](const HostVariable& variable) {
      const auto each = std::pair(variable.form, variable.inner);
      if (const auto found = known.find(each); found != known.end()) return found->second;
      if (known.size() >= kMaxVariables) return std::string(kAnything);
      return known.emplace(each, read_variable(variable, text, environment(), set_name()))
          .first->second;
    };
    std::vector<HostText> hosts = find_hosts(text, key, read);
    const std::size_t count = hosts.size();
    if (count > kMaxHosts) hosts.resize(kMaxHosts);
    for (HostText& host : hosts) {
      const Object* reader = &object_;
      if (object_.kind == Kind::kConfigMap) {
        reader = host.resolved ? config_reader().workload : nullptr;
      }
      sites_.push_back({&object_, scalar, std::move(host), key, count, reader});
    }
  }

  const PodScript::Environment* environment() {
    if (environment_) return &*environment_;
    if (object_.kind != Kind::kConfigMap) {
      environment_ = container_environment(container_, host_network_);
      return &*environment_;
    }
    const ConfigMapReader& reader = config_reader();
    if (reader.workload == nullptr) return nullptr;
    const kube::Value network = pod_template(*reader.workload).spec.get("hostNetwork");
    environment_.emplace();
    for (kube::Value container : reader.containers) {
      for (auto& [name, variable] : container_environment(container, network.boolean() == true)) {
        const auto [known, added] = environment_->try_emplace(name, variable);
        // Which of the containers reads the text is not known.
        if (!added && known->second.texts != variable.texts) known->second.texts.clear();
      }
    }
    return &*environment_;
  }

  std::string_view set_name() const {
    const Object* reader = object_.kind == Kind::kConfigMap ? config_reader().workload : &object_;
    return reader != nullptr && reader->kind == Kind::kStatefulSet ? reader->name
                                                                   : std::string_view();
  }

  const ConfigMapReader& config_reader() const {
    return index_.derived<ConfigMapReaders>().of(object_);
  }

  const Object& object_;
  const Index& index_;
  std::vector<HostSite>& sites_;
  kube::Value container_;
  bool host_network_ = false;
  std::optional<PodScript::Environment> environment_;  // of container_
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

// The set that a name was meant for, be it in another namespace than is written (which a rule then
// says): the one in the namespace that is written, the reader itself, the nearest in its own
// namespace, or the only one that the project has. Which set the name reaches is asked by
// lint/rules/waits/target.cc.
const Object* meant_set(const Object& reader, std::string_view name, std::string_view name_space,
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

// Where the namespace is a variable's that nobody can read, every set of the name has to be judged
// alike.
const Object* set_anywhere(const Object& reader, std::string_view name, const Index& index) {
  const std::vector<const Object*> all = index.named(Kind::kStatefulSet, name);
  const Object* near = meant_set(reader, name, "", index);
  if (near == nullptr) return nullptr;
  const StatefulSetView first(*near);
  return std::all_of(all.begin(), all.end(),
                     [&](const Object* each) {
                       const StatefulSetView view(*each);
                       return view.service_name == first.service_name &&
                              view.replicas == first.replicas && view.start == first.start;
                     })
             ? near
             : nullptr;
}

}  // namespace

Place HostSite::place() const {
  return {scalar.tree().source_ptr(),
          {scalar.source_offset(host.begin), scalar.source_offset(host.end)}};
}

HostSites::HostSites(const Index& index) {
  for (const Object& object : index.objects()) {
    std::vector<HostSite> sites;
    Collector collector(object, index, sites);
    if (object.kind == Kind::kConfigMap) {
      collector.config_map();
    } else if (const PodTemplate pods = pod_template(object)) {
      const bool host_network = pods.spec.get("hostNetwork").boolean() == true;
      for (const Container& container : pods.containers()) {
        collector.container(container.value, host_network);
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

namespace {

// What a relative name becomes with searches of the pod's own is not known here: they may name the
// Service or another namespace.
bool has_own_searches(const Object& from, const Index& index) {
  const Object* asking =
      from.kind == Kind::kConfigMap ? index.derived<ConfigMapReaders>().of(from).workload : &from;
  return asking != nullptr && pod_template(*asking).spec.get("dnsConfig", "searches").size() != 0;
}

}  // namespace

std::optional<PodHost> pod_host(const HostSite& site, const Object& from, const Index& index) {
  const auto& labels = site.host.labels;
  PodHost host;
  host.site = &site;
  const bool own = labels[0] == kOwnPod;
  const auto set_name = kube::parent_of_pod(labels[0]);
  if (!own && !set_name) return std::nullopt;
  if (!own) {
    const auto ordinal = kube::pod_ordinal(*set_name, labels[0]);
    if (!ordinal) return std::nullopt;
    host.pod = labels[0];
    host.ordinal = *ordinal;
  }
  const HostMeaning meaning = meaning_of(labels, site.host.final_dot, ProjectLabels(from, index));
  host.cluster = meaning.svc;
  host.name_space = meaning.name.name_space;
  if (meaning.kind == HostMeaning::Kind::kPod) {
    host.service = meaning.name.service;
  } else if (meaning.kind == HostMeaning::Kind::kService && labels.size() > 1 && !own) {
    host.service_left_out = true;
  } else if (labels.size() > 1 || own) {
    return std::nullopt;
  }
  if (host.service.find('<') != std::string_view::npos) return std::nullopt;
  host.name_space_unknown = host.name_space == kAnything;
  if (host.name_space_unknown || host.name_space == kOwnNamespace) host.name_space = {};
  if (own) {
    host.set =
        site.reader != nullptr && site.reader->kind == Kind::kStatefulSet ? site.reader : nullptr;
  } else {
    host.set = host.name_space_unknown ? set_anywhere(from, *set_name, index)
                                       : meant_set(from, *set_name, host.name_space, index);
  }
  if (host.set == nullptr || (!meaning.full && has_own_searches(from, index))) return std::nullopt;
  return host;
}

PodHosts::PodHosts(const Index& index) {
  const auto& sites = index.derived<HostSites>();
  for (const Object& object : index.objects()) {
    std::vector<PodHost> hosts;
    for (const HostSite& site : sites.of(object)) {
      if (site.host.address) continue;
      if (const auto host = pod_host(site, object, index)) hosts.push_back(*host);
    }
    if (!hosts.empty()) hosts_.emplace(&object, std::move(hosts));
  }
}

const std::vector<PodHost>& PodHosts::of(const Object& object) const {
  static const std::vector<PodHost> none;
  const auto found = hosts_.find(&object);
  return found == hosts_.end() ? none : found->second;
}

Findings::Builder report_host(Findings& findings, const Rule& rule, Severity severity,
                              const HostSite& site, std::string message) {
  return findings.in_text(rule, severity, *site.object, site.scalar, site.host.begin, site.host.end,
                          std::move(message));
}

}  // namespace sts::lint
