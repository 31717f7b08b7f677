#include "kube/semantics/gates.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(Gates, MaxUnavailableWentOffAgainInsideAMinor) {
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 23, 17}), Support::kUnknownField);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 24, 0}), Support::kDropped);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 34, 4}), Support::kDropped);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 35, 0}), Support::kServed);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 35, 3}), Support::kServed);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 35, 4}), Support::kDropped);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 36, 4}), Support::kDropped);
  EXPECT_EQ(support(GatedField::kMaxUnavailable, {1, 37, 0}), Support::kServed);
}

TEST(Gates, OthersArrivedDroppedAndStayed) {
  EXPECT_EQ(support(GatedField::kMinReadySeconds, {1, 21, 14}), Support::kUnknownField);
  EXPECT_EQ(support(GatedField::kMinReadySeconds, {1, 22, 0}), Support::kDropped);
  EXPECT_EQ(support(GatedField::kMinReadySeconds, {1, 23, 0}), Support::kServed);
  EXPECT_EQ(support(GatedField::kRetentionPolicy, {1, 26, 9}), Support::kDropped);
  EXPECT_EQ(support(GatedField::kRetentionPolicy, {1, 27, 0}), Support::kServed);
  EXPECT_EQ(support(GatedField::kOrdinals, {1, 25, 0}), Support::kUnknownField);
  EXPECT_EQ(support(GatedField::kOrdinals, {1, 27, 0}), Support::kServed);
}

TEST(Gates, RecreateIsRefusedUpToTheNewestKnownAndUnknownAfter) {
  EXPECT_EQ(support(GatedField::kRecreateStrategy, {1, 30, 0}), Support::kRejected);
  EXPECT_EQ(support(GatedField::kRecreateStrategy, kNewestKnown), Support::kRejected);
  EXPECT_EQ(support(GatedField::kRecreateStrategy, {1, 38, 0}), Support::kServed);
}

TEST(Gates, RemovedVersions) {
  ASSERT_NE(removal_of("apps/v1beta1", "StatefulSet"), nullptr);
  EXPECT_EQ(removal_of("apps/v1beta1", "StatefulSet")->removed, (Version{1, 16, 0}));
  EXPECT_EQ(removal_of("autoscaling/v2beta2", "HorizontalPodAutoscaler")->removed,
            (Version{1, 26, 0}));
  EXPECT_EQ(removal_of("apps/v1", "StatefulSet"), nullptr);
  EXPECT_EQ(removal_of("apps/v1beta1", "Deployment"), nullptr);
}

}  // namespace
}  // namespace sts::kube
