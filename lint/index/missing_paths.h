#pragma once

#include "lint/index/index.h"
#include "lint/index/kustomize.h"
#include "lint/index/kustomize_links.h"

#include <deque>
#include <vector>

namespace sts::lint {

/// Local paths of `resources`, `bases` and `components` at which the project has nothing, though it
/// has the folder around them: kustomize build stops at each ("accumulating resources: … no such
/// file or directory", api/internal/target/kusttarget.go). Paths that leave the project are not
/// looked at, nor files of other kinds than the project's file list holds.
std::vector<MissingPath> missing_paths_of(const std::deque<Kustomization>& kustomizations,
                                          const Paths& paths);

}  // namespace sts::lint
