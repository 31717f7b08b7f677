#include "kube/api/resource.h"

#include "kube/api/percent.h"

namespace sts::kube {

std::string api_version(const Resource& resource) {
  std::string text(resource.group);
  if (!text.empty()) text += '/';
  return text.append(resource.version);
}

std::string group_resource(const Resource& resource) {
  std::string text(resource.plural);
  if (!resource.group.empty()) text.append(".").append(resource.group);
  return text;
}

std::string path_of(const Resource& resource, std::string_view ns, std::string_view name,
                    std::string_view subresource) {
  std::string path = resource.group.empty() ? "/api" : "/apis";
  const auto add = [&](std::string_view segment) { path.append("/").append(segment); };
  if (!resource.group.empty()) add(resource.group);
  add(resource.version);
  if (resource.namespaced && !ns.empty()) {
    add("namespaces");
    add(percent_encoded(ns));
  }
  add(resource.plural);
  if (!name.empty()) add(percent_encoded(name));
  if (!subresource.empty()) add(subresource);
  return path;
}

}  // namespace sts::kube
