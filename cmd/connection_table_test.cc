// The table in testdata/kubeconfig: what client-go makes of kubeconfigs, flags and environments is
// what we make of them. expected.json was written by client-go itself (tests/consumers).

#include "cmd/connection_flags.h"
#include "cmd/flags.h"
#include "kube/api/authenticated_transport.h"
#include "kube/api/config/target.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

namespace sts::cmd {
namespace {

using nlohmann::json;

const std::string kFolder = std::string(STS_SOURCE_DIR) + "/testdata/kubeconfig";

json read_json(const std::string& name) {
  std::ifstream file(kFolder + "/" + name);
  return json::parse(file);
}

std::string with_folder(std::string text) {
  const std::string variable = "$FOLDER";
  if (const auto at = text.find(variable); at != std::string::npos) {
    text.replace(at, variable.size(), kFolder);
  }
  return text;
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The certificates of the table by their subjects, as Go writes them.
std::string subject(const kube::Surroundings& world, const std::string& pem) {
  const std::pair<const char*, const char*> known[] = {
      {"ca.crt", "CN=test-ca"},
      {"other-ca.crt", "CN=other-ca"},
      {"client.crt", "CN=file-user,O=testers"},
      {"data.crt", "CN=data-user"},
  };
  for (const auto& [file, name] : known) {
    if (world.read_file(kFolder + "/pki/" + file) == pem) return name;
  }
  return "unknown";
}

class Recorder final : public kube::Transport {
 public:
  std::unique_ptr<kube::Exchange> start(kube::Request request, kube::ResponseHandler&) override {
    seen = std::move(request);
    return nullptr;
  }
  std::string host() const override { return ""; }
  kube::Request seen;
};

struct Ignore final : kube::ResponseHandler {
  void on_head(const kube::ResponseHead&) override {}
  void on_body(std::string_view) override {}
  void on_end(const std::optional<kube::Fault>&) override {}
};

json impersonation(const kube::Connection& connection) {
  Recorder recorder;
  Ignore ignore;
  kube::PollWaiter waiter;
  const kube::SystemClock clock;
  kube::Loop loop(waiter, clock);
  kube::AuthenticatedTransport transport(recorder, loop, connection.credentials,
                                         connection.impersonate);
  const auto exchange = transport.start({}, ignore);
  std::map<std::string, std::set<std::string>> headers;
  for (const kube::Header& header : recorder.seen.headers) {
    headers[lower_case(header.name)].insert(header.value);
  }
  return headers.empty() ? json() : json(headers);
}

Result<kube::Overrides> parse(const std::vector<std::string>& arguments) {
  CommandFlags flags;
  ConnectionFlags connection;
  connection.add_to(flags);
  if (auto wrong = flags.parse(arguments)) return fail(*wrong);
  return connection.overrides();
}

// The same shape as the outcomes in expected.json.
Result<json> outcome_of(const json& row, const kube::Surroundings& world) {
  const auto overrides = parse(row.at("args").get<std::vector<std::string>>());
  if (!overrides) return fail(overrides.error().message);
  const auto target = kube::find_target(*overrides, world);
  if (!target) return fail(target.error().message);
  const kube::Connection& connection = target->connection;
  const auto identity = connection.credentials->current();
  if (!identity) return fail(identity.error().message);
  json result = {
      {"name", row.at("name")}, {"server", connection.server}, {"namespace", target->name_space}};
  const auto put = [&](const char* key, const json& value, bool there) {
    if (there) result[key] = value;
  };
  put("authorization", identity->authorization, !identity->authorization.empty());
  put("certificate", subject(world, identity->certificate_pem), !identity->certificate_pem.empty());
  put("ca", {subject(world, connection.ca_pem)}, !connection.ca_pem.empty());
  put("insecure", true, connection.insecure_skip_tls_verify);
  put("tlsServerName", connection.tls_server_name, !connection.tls_server_name.empty());
  put("proxy", connection.proxy_url, !connection.proxy_url.empty());
  put("disableCompression", true, connection.disable_compression);
  put("timeoutMs", target->request_timeout.count(), target->request_timeout.count() != 0);
  const json headers = impersonation(connection);
  put("impersonate", headers, !headers.is_null());
  return result;
}

json expected_outcome(json expected) {
  if (expected.contains("impersonate")) {
    json headers = json::object();
    for (const auto& [name, values] : expected["impersonate"].items()) {
      headers[lower_case(name)] = values;
    }
    expected["impersonate"] = headers;
  }
  if (expected.contains("proxy")) {
    std::string proxy = expected["proxy"];
    if (proxy.starts_with("socks5:")) proxy.insert(6, "h");
    expected["proxy"] = proxy;
  }
  return expected;
}

TEST(ConnectionTable, AsClientGo) {
  const json rows = read_json("cases.json");
  const json expected = read_json("expected.json");
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json& row = rows[i];
    SCOPED_TRACE(row.at("name").get<std::string>());
    kube::Surroundings world = kube::real_surroundings({});
    world.working_directory = kFolder;
    world.stdin_is_terminal = false;
    world.environment = {{"HOME", kFolder + "/home"}, {"PATH", kFolder + "/bin:/usr/bin:/bin"}};
    for (const auto& [name, value] : row.at("env").items()) {
      world.environment[name] = with_folder(value);
    }
    const auto outcome = outcome_of(row, world);
    const json& wanted = expected[i];
    if (wanted.contains("error")) {
      EXPECT_FALSE(outcome) << outcome->dump() << "\nclient-go: " << wanted.at("error");
    } else if (!outcome) {
      ADD_FAILURE() << outcome.error().message << "\nclient-go: " << wanted.dump();
    } else {
      EXPECT_EQ(outcome->dump(1), expected_outcome(wanted).dump(1));
    }
  }
}

}  // namespace
}  // namespace sts::cmd
