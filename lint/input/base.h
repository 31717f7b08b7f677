#pragma once

#include "lint/input/selection.h"

namespace sts::lint {

/// --base: gives every project the files that it is compared with. An existing path is taken as it
/// is; anything else is a git revision, taken where it and HEAD have parted. Files of a revision
/// are shown as git names them, `main:db/sts.yaml`. Fails (exit 2) for what is neither.
Result<void> add_base(Selections& selections, const SelectionRequest& request);

}  // namespace sts::lint
