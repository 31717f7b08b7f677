#pragma once

#include "kube/semantics/known_labels.h"

namespace sts::lint {

using kube::Labels;
using kube::Match;

}  // namespace sts::lint
