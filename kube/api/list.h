#pragma once

#include "kube/api/client.h"
#include "kube/api/pending.h"

#include <functional>
#include <memory>
#include <string_view>

namespace sts::kube {

/// Client::list for those who wait in the loop: `done` is the last call, and may destroy the
/// operation.
std::unique_ptr<Operation> start_list(Client& client, const Resource& resource, std::string_view ns,
                                      const ListOptions& options, ListSink sink,
                                      std::function<void(ApiResult<Listed>)> done);

}  // namespace sts::kube
