#include "kube/semantics/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sts::kube {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The types from the root down to the struct at the end of these fields.
std::vector<TypeId> chain(std::string_view kind, std::initializer_list<std::string_view> fields) {
  std::vector<TypeId> out{root_type(kind).value()};
  for (std::string_view name : fields) {
    const Field* field = find_field(out.back(), name);
    if (field == nullptr || field->kind != FieldKind::kStruct) {
      ADD_FAILURE() << name << " is no struct of " << type_name(out.back());
      return out;
    }
    out.push_back(field->index);
  }
  return out;
}

std::vector<std::string> homes(const std::vector<TypeId>& at, std::string_view name) {
  std::vector<std::string> out;
  for (const Home& home : find_homes(at, name)) {
    std::string text = std::to_string(home.up);
    for (const Field* field : home.down) text += " " + std::string(field->name);
    out.push_back(text);
  }
  return out;
}

TEST(Fields, KnowsTheTypesOfTheKindsItHolds) {
  const auto set = root_type("StatefulSet");
  ASSERT_TRUE(set);
  EXPECT_EQ(type_name(chain("StatefulSet", {"spec"}).back()), "StatefulSetSpec");
  EXPECT_EQ(
      type_name(
          chain("DaemonSet", {"spec", "template", "spec", "containers", "livenessProbe"}).back()),
      "Probe");
  EXPECT_EQ(root_type("Deployment"), std::nullopt);
  EXPECT_EQ(root_type("ServiceSpec"), std::nullopt);
}

TEST(Fields, FieldsHaveTheirJsonShape) {
  const TypeId spec = chain("StatefulSet", {"spec"}).back();
  ASSERT_NE(find_field(spec, "replicas"), nullptr);
  EXPECT_EQ(find_field(spec, "replicas")->kind, FieldKind::kInt32);
  EXPECT_EQ(find_field(spec, "volumeClaimTemplates")->shape, Shape::kList);
  EXPECT_EQ(find_field(spec, "Replicas"), nullptr);
  const TypeId meta = chain("Service", {"metadata"}).back();
  EXPECT_EQ(find_field(meta, "labels")->shape, Shape::kMap);
  EXPECT_EQ(find_field(meta, "labels")->kind, FieldKind::kString);
  const TypeId container = chain("StatefulSet", {"spec", "template", "spec", "containers"}).back();
  EXPECT_EQ(
      find_field(
          chain("StatefulSet", {"spec", "template", "spec", "containers", "resources"}).back(),
          "limits")
          ->kind,
      FieldKind::kQuantity);
  // Probes inline their handler; the table must show its fields as the probe's own.
  EXPECT_NE(find_field(find_field(container, "readinessProbe")->index, "httpGet"), nullptr);
}

TEST(Fields, EveryTypeIsSorted) {
  for (const std::string_view kind : {"StatefulSet", "DaemonSet", "Service"}) {
    for (const Field& field : fields_of(root_type(kind).value())) {
      EXPECT_EQ(find_field(root_type(kind).value(), field.name), &field);
    }
  }
}

TEST(Fields, EnumsListTheirValues) {
  const TypeId spec = chain("StatefulSet", {"spec"}).back();
  EXPECT_THAT(enum_values(*find_field(spec, "podManagementPolicy")),
              ElementsAre("OrderedReady", "Parallel"));
  EXPECT_THAT(enum_values(*find_field(spec, "replicas")), IsEmpty());
}

TEST(Fields, NearestFieldMendsTypos) {
  const TypeId spec = chain("StatefulSet", {"spec"}).back();
  EXPECT_EQ(nearest_field(spec, "volumeClaimTemplate"), "volumeClaimTemplates");
  EXPECT_EQ(nearest_field(spec, "servicename"), "serviceName");
  EXPECT_EQ(nearest_field(spec, "replica"), "replicas");
  EXPECT_EQ(nearest_field(spec, "repilcas"), "replicas");
  EXPECT_EQ(nearest_field(spec, "minReady"), "minReadySeconds");
  EXPECT_EQ(nearest_field(spec, "minReady"), "minReadySeconds");
  EXPECT_EQ(nearest_field(spec, "strategy"), "");
  EXPECT_EQ(nearest_field(spec, "foo"), "");
  const TypeId service = chain("Service", {"spec"}).back();
  EXPECT_EQ(nearest_field(service, "publishNotReadyAddress"), "publishNotReadyAddresses");
  EXPECT_EQ(nearest_field(service, "clusterIp"), "clusterIP");
}

TEST(Fields, FindsWhereAFieldBelongs) {
  const auto container = chain("StatefulSet", {"spec", "template", "spec", "containers"});
  EXPECT_THAT(homes(container, "volumes"), ElementsAre("1 volumes"));
  EXPECT_THAT(homes(container, "replicas"), ElementsAre("3 replicas"));
  const auto pod = chain("StatefulSet", {"spec", "template", "spec"});
  EXPECT_THAT(homes(pod, "imagePullPolicy"), ElementsAre("0 containers imagePullPolicy"));
  EXPECT_THAT(homes(pod, "volumeClaimTemplates"), ElementsAre("2 volumeClaimTemplates"));
  const auto spec = chain("StatefulSet", {"spec"});
  EXPECT_THAT(homes(spec, "containers"), ElementsAre("0 template spec containers"));
  EXPECT_THAT(homes(spec, "matchLabels"), ElementsAre("0 selector matchLabels"));
  const auto meta = chain("StatefulSet", {"metadata"});
  EXPECT_THAT(homes(meta, "serviceName"), ElementsAre("1 spec serviceName"));
  const auto service = chain("Service", {});
  EXPECT_THAT(homes(service, "clusterIP"), ElementsAre("0 spec clusterIP"));
}

TEST(Fields, ASidewaysHomeOfACommonNameIsNoHome) {
  const auto meta = chain("StatefulSet", {"metadata"});
  EXPECT_THAT(homes(meta, "path"), IsEmpty());
  EXPECT_THAT(homes(meta, "nonsense"), IsEmpty());
}

}  // namespace
}  // namespace sts::kube
