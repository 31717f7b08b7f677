#include "lint/index/outside_names.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

using testing::object;
using testing::project;
using testing::set;

// "" where the absence of Service "db-headless" is proven beside this program, else why it is not.
std::string beside_program(const std::string& path, const std::string& text) {
  IndexBuilder builder({}, {});
  const auto add = [&](const std::string& of, const std::string& bytes) {
    auto file = std::make_shared<ProjectFile>();
    file->source = std::make_shared<kube::SourceFile>(of, bytes);
    file->path = of;
    file->folder = folder_of(of);
    return file;
  };
  builder.add_program(*add(path, text));
  const auto manifest = add("k8s/sts.yaml", set("db", "prod"));
  builder.add(manifest, kube::read_documents(manifest->source));
  const Index index = std::move(builder).build();
  const Reference service =
      index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db-headless");
  return service.answer == Answer::kAbsent ? "" : service.reason;
}

// The same beside another manifest.
std::string beside(const std::string& text, Options options = {}) {
  const Index index =
      project({{"crs/a.yaml", text}, {"k8s/sts.yaml", set("db", "prod")}}, std::move(options));
  const Reference service =
      index.find(object(index, Kind::kStatefulSet, "db"), Kind::kService, "db-headless");
  return service.answer == Answer::kAbsent ? "" : service.reason;
}

std::string resource(const std::string& api_version, const std::string& kind,
                     const std::string& name, const std::string& rest = "") {
  return "apiVersion: " + api_version + "\nkind: " + kind +
         "\nmetadata:\n  labels:\n    name: x\n" + "  name: " + name + "\n" + rest;
}

TEST(OutsideNames, AProgramThatHasTheNameInItsTextMayBringIt) {
  const std::string reason = "infra/main.tf has this name in its text";
  EXPECT_EQ(beside_program("infra/main.tf", "name = \"db-headless\"\n"), reason);
  EXPECT_EQ(beside_program("infra/main.tf", "host = \"db-headless.prod.svc:5432\"\n"), reason);
  EXPECT_EQ(beside_program("infra/main.tf", "name = \"db-headless-2\"\n"), "");
  EXPECT_EQ(beside_program("infra/main.tf", "name = \"my-db-headless\"\n"), "");
  EXPECT_EQ(beside_program("infra/main.tf", ""), "");
}

TEST(OutsideNames, APutTogetherNameCountsWhereServicesAreMade) {
  const std::string reason = "infra/main.tf may bring it";
  const std::string make = "resource \"kubernetes_service\" \"x\" {\n";
  for (const std::string name :
       {"\"${var.app}-headless\"", "\"db-${var.role}\"", "var.name", "'%s-headless' % app",
        "\"\\(app)-headless\"", "f\"{app}-headless\"", "'db-' + role", "`${app}-headless`"}) {
    EXPECT_EQ(beside_program("infra/main.tf", make + "  name = " + name + "\n"), reason) << name;
    EXPECT_EQ(beside_program("infra/main.tf", "  name = " + name + "\n"), "") << name;
  }
  for (const std::string line :
       {"name = \"${var.app}-client\"", "name = \"web-${var.role}\"", "name = \"web\"",
        "namespace = var.namespace", "hostname = var.host", "x = var.name == 1",
        "\"app.kubernetes.io/name\" = var.app"}) {
    EXPECT_EQ(beside_program("infra/main.tf", make + "  " + line + "\n"), "") << line;
  }
}

TEST(OutsideNames, AChartThatAProgramInstallsNamesItsServicesAfterItself) {
  const std::string release = "resource \"helm_release\" \"x\" {\n  name = ";
  EXPECT_EQ(beside_program("infra/main.tf", release + "\"db\"\n"), "infra/main.tf may bring it");
  EXPECT_EQ(beside_program("infra/main.tf", release + "\"web\"\n"), "");
}

TEST(OutsideNames, ACustomResourcesOperatorMayBringWhatIsCalledAfterIt) {
  EXPECT_EQ(beside(resource("db.example.com/v1", "Cluster", "db")),
            "the operator of Cluster \"db\" (crs/a.yaml) may bring it");
  EXPECT_EQ(beside(resource("db.example.com/v1", "DB", "x")),
            "the operator of DB \"x\" (crs/a.yaml) may bring it");
  EXPECT_EQ(beside(resource("db.example.com/v1", "Cluster", "x", "spec: {to: db-headless}\n")),
            "Cluster \"x\" (crs/a.yaml) has this name in its text");
  EXPECT_EQ(beside(resource("db.example.com/v1", "Cluster", "d")), "");
  EXPECT_EQ(beside(resource("db.example.com/v1", "Cluster", "web")), "");
}

TEST(OutsideNames, ACustomResourceOfAnotherNamespaceDoesNot) {
  const std::string cluster = resource("db.example.com/v1", "Cluster", "db");
  EXPECT_EQ(beside(cluster + "  namespace: dev\n"), "");
  EXPECT_NE(beside(cluster + "  namespace: prod\n"), "");
}

TEST(OutsideNames, WhatOnlyRefersToServicesBringsNone) {
  const std::string rest = "spec: {to: db-headless}\n";
  EXPECT_EQ(beside(resource("monitoring.coreos.com/v1", "ServiceMonitor", "db", rest)), "");
  EXPECT_EQ(beside(resource("networking.istio.io/v1", "VirtualService", "db", rest)), "");
  EXPECT_EQ(beside(resource("gateway.networking.k8s.io/v1", "HTTPRoute", "db", rest)), "");
  EXPECT_EQ(beside(resource("rbac.authorization.k8s.io/v1", "Role", "db", rest)), "");
  EXPECT_EQ(beside(resource("v1", "Secret", "db", rest)), "");
}

TEST(OutsideNames, JsonIsReadToo) {
  EXPECT_EQ(
      beside(
          R"({"apiVersion": "db.example.com/v1", "kind": "Cluster", "metadata": {"name": "db"}})"),
      "the operator of Cluster \"db\" (crs/a.yaml) may bring it");
}

TEST(OutsideNames, ATemplateElsewhereCountsWhereItsPartsFit) {
  const auto made = [](const std::string& name) {
    return beside("{{ if .x }}\napiVersion: v1\nkind: Service\nmetadata:\n  name: " + name +
                  "\n{{ end }}\n");
  };
  EXPECT_EQ(made("{{ .Release.Name }}-headless"), "the template crs/a.yaml may bring it");
  EXPECT_EQ(made("\"db-{{ .role }}\""), "the template crs/a.yaml may bring it");
  EXPECT_EQ(made("db-headless"), "the template crs/a.yaml may bring it");
  EXPECT_EQ(made("{{ .Release.Name }}-client"), "");
  EXPECT_EQ(made("{{ .Release.Name }}"), "");
}

TEST(OutsideNames, TheUserOverrules) {
  Options complete;
  complete.assume = Completeness::kComplete;
  EXPECT_EQ(beside(resource("db.example.com/v1", "Cluster", "db"), complete), "");
}

TEST(NameParts, StandAroundThePlaceholders) {
  const auto parts = [](const std::string& text) {
    const NameParts found = name_parts(text);
    return found.open ? found.head + "|" + found.tail : found.head;
  };
  EXPECT_EQ(parts("db"), "db");
  EXPECT_EQ(parts("{{ .a }}-x"), "|-x");
  EXPECT_EQ(parts("a-{{ .a }}"), "a-|");
  EXPECT_EQ(parts("a-${b}-c-${d}-e"), "a-|-e");
  EXPECT_EQ(parts("%s-x"), "|-x");
  EXPECT_EQ(parts("%(app)s-x"), "|-x");
  EXPECT_EQ(parts("\\(app)-x"), "|-x");
  EXPECT_EQ(parts("a-%d"), "a-|");
}

}  // namespace
}  // namespace sts::lint
