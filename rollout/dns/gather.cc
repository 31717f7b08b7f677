#include "rollout/dns/gather.h"

#include "rollout/read.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace sts::rollout {
namespace {

using kube::ApiErrorKind;
using kube::ApiResult;

tl::unexpected<kube::ApiError> failed(const kube::ApiError& error) {
  return tl::unexpected<kube::ApiError>(error);
}

// Not being there, or not being readable, is an answer; anything else is a failure.
bool is_answer(const kube::ApiError& error) {
  return error.kind == ApiErrorKind::kNotFound || error.kind == ApiErrorKind::kForbidden;
}

class DnsGather {
 public:
  DnsGather(kube::Client& client, std::string_view name_space) : client_(client), ns_(name_space) {}

  ApiResult<DnsSnapshot> run(std::string_view name, const std::optional<std::string>& domain) {
    if (auto read = set_and_domain(name, domain); !read) return failed(read.error());
    if (auto read = pods_and_services(); !read) return failed(read.error());
    snapshot_.references = find_references(snapshot_.set, config_maps_, snapshot_.services);
    if (auto read = slices(); !read) return failed(read.error());
    for (const auto& [other, services] : elsewhere()) {
      if (auto read = services_of(other, services); !read) return failed(read.error());
    }
    return std::move(snapshot_);
  }

 private:
  ApiResult<void> set_and_domain(std::string_view name, const std::optional<std::string>& domain) {
    auto set_call = client_.get(kube::kStatefulSets, ns_, name);
    std::optional<kube::ConfigMap> coredns;
    if (!domain) {
      auto coredns_call = client_.get(kube::kConfigMaps, "kube-system", "coredns");
      client_.wait(set_call, coredns_call);
      auto map = as<kube::ConfigMap>(coredns_call.result(), kube::kConfigMaps);
      if (map) {
        coredns = std::move(*map);
      } else if (!is_answer(map.error())) {
        return failed(map.error());
      }
    } else {
      client_.wait(set_call);
    }
    snapshot_.domain = cluster_domain(domain, coredns);
    auto set = as<kube::StatefulSet>(set_call.result(), kube::kStatefulSets);
    if (!set) return failed(set.error());
    snapshot_.set = std::move(*set);
    return {};
  }

  ApiResult<void> pods_and_services() {
    Collection<kube::Pod> pods;
    Collection<kube::Service> services;
    kube::ListOptions of_set;
    of_set.label_selector = to_query(snapshot_.set.selector);
    auto pods_call = client_.list(kube::kPods, ns_, of_set, pods.sink());
    auto services_call = client_.list(kube::kServices, ns_, {}, services.sink());
    std::vector<kube::Pending<kube::Fetched>> maps;
    for (const std::string& map : mounted_config_maps(snapshot_.set)) {
      maps.push_back(client_.get(kube::kConfigMaps, ns_, map));
    }
    client_.wait(pods_call, services_call);
    for (auto& map : maps) {
      client_.wait(map);
      if (auto read = take_config_map(map.result()); !read) return failed(read.error());
    }
    auto found_pods = pods.take(pods_call.result(), kube::kPods);
    if (!found_pods) return failed(found_pods.error());
    auto found_services = services.take(services_call.result(), kube::kServices);
    if (!found_services) return failed(found_services.error());
    snapshot_.pods = std::move(*found_pods);
    snapshot_.services = std::move(*found_services);
    return {};
  }

  ApiResult<void> take_config_map(const ApiResult<kube::Fetched>& fetched) {
    auto map = as<kube::ConfigMap>(fetched, kube::kConfigMaps);
    if (map) {
      config_maps_.push_back(std::move(*map));
    } else if (map.error().kind == ApiErrorKind::kForbidden) {
      snapshot_.notes.push_back("a ConfigMap could not be read, so names in it are not checked: " +
                                map.error().message);
    } else if (map.error().kind != ApiErrorKind::kNotFound) {
      return failed(map.error());
    }
    return {};
  }

  // Of the Services that names are under: a namespace may have thousands of others.
  ApiResult<void> slices() {
    std::set<std::string> services;
    if (!snapshot_.set.service_name.empty()) services.insert(snapshot_.set.service_name);
    for (const ServiceKey& key : referenced_services(snapshot_.set, snapshot_.references)) {
      if (key.name_space == ns_) services.insert(key.name);
    }
    if (services.empty()) return {};
    return slices_of(ns_, services);
  }

  ApiResult<void> slices_of(const std::string& name_space, const std::set<std::string>& services) {
    kube::LabelSelector selector;
    selector.expressions.push_back(
        {std::string(kube::kServiceNameLabel), "In", {services.begin(), services.end()}});
    kube::ListOptions options;
    options.label_selector = to_query(selector);
    Collection<kube::EndpointSlice> slices;
    auto call = client_.list(kube::kEndpointSlices, name_space, options, slices.sink());
    client_.wait(call);
    auto found = slices.take(call.result(), kube::kEndpointSlices);
    if (!found) return failed(found.error());
    std::move(found->begin(), found->end(), std::back_inserter(snapshot_.slices));
    return {};
  }

  std::map<std::string, std::set<std::string>> elsewhere() const {
    std::map<std::string, std::set<std::string>> services;
    for (const ServiceKey& key : referenced_services(snapshot_.set, snapshot_.references)) {
      if (key.name_space != ns_) services[key.name_space].insert(key.name);
    }
    return services;
  }

  ApiResult<void> services_of(const std::string& name_space, const std::set<std::string>& names) {
    for (const std::string& name : names) {
      auto service = as<kube::Service>(
          client_.await(client_.get(kube::kServices, name_space, name)), kube::kServices);
      if (service) {
        snapshot_.services.push_back(std::move(*service));
      } else if (service.error().kind == ApiErrorKind::kForbidden) {
        snapshot_.unreadable[name_space] = service.error().message;
        return {};
      } else if (service.error().kind != ApiErrorKind::kNotFound) {
        return failed(service.error());
      }
    }
    auto read = slices_of(name_space, names);
    if (!read && read.error().kind == ApiErrorKind::kForbidden) {
      snapshot_.unreadable[name_space] = read.error().message;
      return {};
    }
    return read;
  }

  kube::Client& client_;
  std::string ns_;
  DnsSnapshot snapshot_;
  std::vector<kube::ConfigMap> config_maps_;
};

}  // namespace

ApiResult<DnsSnapshot> gather_dns(kube::Client& client, std::string_view name_space,
                                  std::string_view name,
                                  const std::optional<std::string>& domain_flag) {
  return DnsGather(client, name_space).run(name, domain_flag);
}

ApiResult<std::vector<std::string>> set_names(kube::Client& client, std::string_view name_space) {
  std::vector<std::string> names;
  kube::ListOptions options;
  options.metadata_only = true;
  kube::ListSink sink{[&](const kube::ApiObject& object) { names.push_back(object.meta.name); },
                      [&] { names.clear(); }};
  auto listed = client.await(client.list(kube::kStatefulSets, name_space, options, sink));
  if (!listed) return failed(listed.error());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace sts::rollout
