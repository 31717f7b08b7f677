#pragma once

#include "lint/input/selection.h"

namespace sts::lint {

/// --staged: targets and projects as they stand in the git index, so that a half-staged file is
/// seen as it will be committed and an untracked one not at all. No path means the whole index.
Result<Selections> select_staged(const SelectionRequest& request);

}  // namespace sts::lint
