#pragma once

#include "lint/model/pod_name_uses.h"

#include <string_view>
#include <vector>

namespace sts::lint::service {

/// `_client._tcp.db.prod.svc` in a text.
struct SrvName {
  std::string_view port;        // "client"; "" where a variable stands there
  std::string_view protocol;    // "TCP" or "UDP"
  std::string_view service;     // "db"
  std::string_view name_space;  // "prod"; "" where it is not written
  bool svc = false;             // `.svc` follows
  std::size_t begin = 0;        // bytes of the text, up to the Service's name
  std::size_t end = 0;
};

/// Names of other DNS zones than the cluster's are left out, and comment lines.
std::vector<SrvName> find_srv_names(std::string_view text);

}  // namespace sts::lint::service
