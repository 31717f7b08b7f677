#pragma once

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
/// what is not there.
void link_kustomizations(std::deque<Kustomization>& all, const Paths& paths);

}  // namespace sts::lint
