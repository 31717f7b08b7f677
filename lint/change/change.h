#pragma once

#include "lint/index/index.h"
#include "lint/options.h"

#include <span>
#include <vector>

namespace sts::lint {

/// One object of the project and what it was in the base that it is compared with.
struct Change {
  const Object* before = nullptr;  // null: it is new
  const Object* after = nullptr;   // never null
};

/// What a base has and the project, compared (`lint --base`). Points into both indexes.
struct Changes {
  std::vector<Change> all;             // in the stable order of the project
  std::vector<const Object*> removed;  // in the base alone, in its stable order
};

/// What a check of the change linter may look at.
struct ChangeContext {
  const Index& before;
  const Index& after;
  const Options& options;
  const Changes& changes;
};

/// Pairs the objects of two projects by kind, name and namespace: those of one path first, for a
/// repository holds the same names many times; what has moved to another file pairs where it is the
/// only one of its name on both sides. What could be paired in two ways is left out altogether: it
/// is neither new nor removed nor changed. Objects without a known name are not compared.
Changes match(const Index& before, const Index& after);

}  // namespace sts::lint
