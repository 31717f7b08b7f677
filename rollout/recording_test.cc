#include "rollout/recording.h"

#include "rollout/dns/report/format.h"
#include "rollout/status/report/format.h"
#include "rollout/status/status.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sts::rollout {
namespace testing {
namespace {

std::string path_of(const std::string& file) {
  return std::string(STS_SOURCE_DIR) + "/testdata/recordings/" + file;
}

std::string read(const std::string& file) {
  std::ifstream in(path_of(file));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void take(const nlohmann::json& item, Recording& out) {
  const std::string kind = item.at("kind");
  if (kind == "StatefulSet") {
    out.status.set = out.dns.set = kube::StatefulSet::from_json(item).value();
  } else if (kind == "Pod") {
    out.status.pods.push_back(kube::Pod::from_json(item).value());
  } else if (kind == "PersistentVolumeClaim") {
    out.status.claims.items.push_back(kube::Claim::from_json(item).value());
  } else if (kind == "ControllerRevision") {
    out.status.revisions.items.push_back(kube::ControllerRevision::from_json(item).value());
  } else if (kind == "Event") {
    out.status.events.items.push_back(kube::Event::from_json(item).value());
  } else if (kind == "Service") {
    out.dns.services.push_back(kube::Service::from_json(item).value());
  } else if (kind == "EndpointSlice") {
    out.dns.slices.push_back(kube::EndpointSlice::from_json(item).value());
  }
}

}  // namespace

kube::Time noon() { return kube::parse_time("2026-03-01T12:00:00Z").value(); }

Recording recording(const std::string& name) {
  const auto list = nlohmann::json::parse(read(name + ".json"));
  Recording out;
  std::vector<kube::ConfigMap> maps;
  for (const auto& item : list.at("items")) {
    take(item, out);
    if (item.at("kind") == "ConfigMap") maps.push_back(kube::ConfigMap::from_json(item).value());
  }
  out.dns.pods = out.status.pods;
  out.dns.references = find_references(out.dns.set, maps, out.dns.services);
  return out;
}

std::string compared(const std::string& file, const std::string& text) {
  if (std::getenv("STS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path_of(file)) << text;
    return "";
  }
  const std::string expected = read(file);
  return expected == text ? "" : file + " holds:\n" + expected + "\nbut it is:\n" + text;
}

}  // namespace testing

namespace {

using testing::compared;
using testing::noon;
using testing::recording;

class Recordings : public ::testing::TestWithParam<std::string> {};

TEST_P(Recordings, StatusInEveryFormat) {
  const StatusOutput output{{status(recording(GetParam()).status, noon())}};
  for (const StatusFormat& format : status_formats()) {
    const std::string name(format.name.empty() ? "text" : format.name);
    EXPECT_EQ(compared(GetParam() + ".status." + name, format.render(output, false)), "");
  }
}

TEST_P(Recordings, DnsInEveryFormat) {
  const std::vector<DnsReport> reports{dns_report(recording(GetParam()).dns)};
  for (const DnsFormat& format : dns_formats()) {
    const std::string name(format.name.empty() ? "text" : format.name);
    EXPECT_EQ(compared(GetParam() + ".dns." + name, format.render(reports, false)), "");
  }
}

INSTANTIATE_TEST_SUITE_P(All, Recordings, ::testing::Values("partition", "forced-rollback"),
                         [](const auto& test) {
                           std::string name = test.param;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

TEST(StatusReports, AListIsALineEach) {
  StatusOutput output{{status(recording("partition").status, noon()),
                       status(recording("forced-rollback").status, noon())},
                      true,
                      true};
  output.reports[1].name = "queue";
  EXPECT_EQ(compared("list.status.text", render_status_text(output, false)), "");
  EXPECT_EQ(compared("list.status.wide", render_status_wide(output, false)), "");
}

TEST(StatusReports, ColourIsAddedToTheSameWords) {
  const StatusOutput output{{status(recording("forced-rollback").status, noon())}};
  std::string coloured = render_status_text(output, true);
  EXPECT_NE(coloured.find("\x1b[1;31mblocked\x1b[0m"), std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos;
       at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  EXPECT_EQ(coloured, render_status_text(output, false));
}

TEST(StatusReports, NothingOfTheClusterReachesATerminalAsItIs) {
  testing::Recording snapshot = recording("forced-rollback");
  snapshot.status.pods[3].node = "node\x1b[2J\nx";
  snapshot.status.pods[3].containers[0].waiting_message = "a\rb\x07";
  snapshot.status.pods[3].containers[0].waiting_reason = "ErrImagePull";
  const StatusOutput output{{status(snapshot.status, noon())}};
  for (const StatusFormat& format : status_formats()) {
    for (const char c : format.render(output, false)) {
      ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << format.name << ": " << int{c};
    }
  }
}

TEST(YamlReports, StringsStayStrings) {
  StatusOutput output{{status(recording("partition").status, noon())}};
  output.reports[0].pods[0].node = "true";
  output.reports[0].pods[1].node = "012";
  const std::string text = render_status_yaml(output, false);
  EXPECT_NE(text.find("node: \"true\"\n"), std::string::npos);
  EXPECT_NE(text.find("node: \"012\"\n"), std::string::npos);
}

}  // namespace
}  // namespace sts::rollout
