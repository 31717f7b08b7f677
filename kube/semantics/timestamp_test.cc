#include "kube/semantics/timestamp.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using std::chrono::seconds;

TEST(Time, ReadsWhatTheApiWrites) {
  for (const char* text :
       {"2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000000Z", "2026-03-01T12:00:00.9Z",
        "2026-03-01T14:30:00+02:30", "2026-03-01T04:00:00-08:00"}) {
    const auto time = parse_time(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(to_string(*time), "2026-03-01T12:00:00Z") << text;
  }
  EXPECT_EQ(parse_time("1970-01-01T00:01:01Z"), Time(seconds(61)));
}

TEST(Time, RefusesWhatIsNone) {
  for (const char* text :
       {"", "2026-03-01", "2026-03-01T12:00:00", "2026-13-01T12:00:00Z", "2026-02-29T12:00:00Z",
        "2026-03-01T24:00:00Z", "2026-03-01T12:00:00.Z", "2026-03-01T12:00:00Zx",
        "2026-03-01T12:00:00+0200", "2026-03-01 12:00:00Z", "null"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

// The rows of apimachinery's duration_test.go, TestHumanDuration and TestHumanDurationBoundaries.
TEST(HumanDuration, IsKubectls) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 3600;
  constexpr std::int64_t kDay = 24 * kHour;
  constexpr std::int64_t kYear = 365 * kDay;
  const struct {
    std::int64_t duration;
    const char* text;
  } rows[] = {{-2, "<invalid>"},
              {-1, "0s"},
              {0, "0s"},
              {1, "1s"},
              {70, "70s"},
              {119, "119s"},
              {2 * kMinute, "2m"},
              {190, "3m10s"},
              {10 * kMinute - 1, "9m59s"},
              {10 * kMinute, "10m"},
              {70 * kMinute, "70m"},
              {3 * kHour - 1, "179m"},
              {3 * kHour, "3h"},
              {4 * kHour + 12 * kMinute, "4h12m"},
              {8 * kHour - 1, "7h59m"},
              {8 * kHour, "8h"},
              {47 * kHour, "47h"},
              {2 * kDay, "2d"},
              {49 * kHour, "2d1h"},
              {8 * kDay - kHour, "7d23h"},
              {8 * kDay, "8d"},
              {367 * kDay, "367d"},
              {2 * kYear - 1, "729d"},
              {2 * kYear, "2y"},
              {2 * kYear + 2 * kDay, "2y2d"},
              {8 * kYear - kDay, "7y364d"},
              {9 * kYear, "9y"}};
  for (const auto& row : rows) EXPECT_EQ(human_duration(seconds(row.duration)), row.text);
}

}  // namespace
}  // namespace sts::kube
