#include "lint/linter.h"

#include "lint/input/selection.h"
#include "lint/report/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace sts::lint {
namespace {

// Everything under testdata: good and broken, of every kind that a rule looks at.
std::string report_on_testdata(std::uint64_t parallel_bytes, std::size_t parallel_objects) {
  SelectionRequest request;
  request.working_directory = STS_SOURCE_DIR;
  request.paths = {"testdata"};
  request.project = "testdata";
  const Result<Selections> selections =
      select_inputs(request, [] { return Result<std::string>(""); });
  if (!selections) return selections.error().message;
  LintOptions options;
  options.parallel_bytes = parallel_bytes;
  options.parallel_objects = parallel_objects;
  std::vector<LintReport> reports;
  for (const Selection& selection : selections->projects) {
    reports.push_back(lint(selection, options));
  }
  return render_json(merge(std::move(reports), *selections), {});
}

TEST(Lint, SeveralThreadsFindWhatOneFinds) {
  const std::string one = report_on_testdata(std::numeric_limits<std::uint64_t>::max(),
                                             std::numeric_limits<std::size_t>::max());
  EXPECT_THAT(one, testing::HasSubstr("\"rule\": \"service-not-found\""));
  EXPECT_EQ(report_on_testdata(0, 0), one);
}

}  // namespace
}  // namespace sts::lint
