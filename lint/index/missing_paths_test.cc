#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::project;
using testing::service;
using testing::set;

// "path -> like name" for what a kustomization of overlays/prod names and nobody has.
std::vector<std::string> missing(const std::string& resource, ProjectScope scope = {}) {
  const Index index =
      project({{"base/kustomization.yaml", "resources: [svc.yaml]\n"},
               {"base/svc.yaml", service("db")},
               {"overlays/prod/kustomization.yaml", "resources: [\"" + resource + "\"]\n"},
               {"overlays/prod/set.yaml", set("db")},
               {"overlays/plain/svc.yaml", service("x")}},
              {}, scope);
  std::vector<std::string> all;
  for (const MissingPath& each : index.missing_paths()) {
    EXPECT_EQ(each.place.text(), resource);
    all.push_back(each.path + " -> " + each.nearest);
  }
  return all;
}

using Missing = std::vector<std::string>;

TEST(MissingPaths, AreNamedWithALikeOneThatIsThere) {
  EXPECT_EQ(missing("../../bse"), Missing{"../../bse -> ../../base"});
  EXPECT_EQ(missing("../../bse/"), Missing{"../../bse/ -> ../../base"});
  EXPECT_EQ(missing("sett.yaml"), Missing{"sett.yaml -> set.yaml"});
  EXPECT_EQ(missing("entirely.yaml"), Missing{"entirely.yaml -> "});
}

TEST(MissingPaths, WhatIsThereIsNone) {
  for (const std::string there : {"../../base", "../../base/", "../../base/svc.yaml", "set.yaml"}) {
    EXPECT_EQ(missing(there), Missing{}) << there;
  }
}

TEST(MissingPaths, WhatCannotBeToldIsNone) {
  for (const std::string path : {"../../../elsewhere", "https://example.com/a", "${BASE}",
                                 "vendored/deep/base", "notes.txt", "../plain"}) {
    EXPECT_EQ(missing(path), Missing{}) << path;
  }
  ProjectScope lone;
  lone.lone_files = true;
  EXPECT_EQ(missing("sett.yaml", lone), Missing{});
}

}  // namespace
}  // namespace sts::lint
