#pragma once

#include "lint/index/builder_state.h"
#include "lint/index/kustomize.h"

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// Project paths, as a set.
using Paths = std::set<std::string, std::less<>>;

/// Resolves what each kustomization takes in against the project: files, other kustomizations, and
/// what is not there. `raw[i]` is what `all[i]` takes in as written.
void link_kustomizations(std::deque<Kustomization>& all,
                         const std::vector<std::vector<std::string>>& raw, const Paths& paths);

}  // namespace sts::lint
