// A command for each call of kube/api, so that tests/api can hold it against a hostile server and
// e2e against a real one: probe [--server URL] [--ca FILE] … COMMAND [ARGUMENT]...

#include "kube/api/session.h"
#include "kube/api/watch.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace sts::kube;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// --token names a file; --next-token another that a refresh after 401 changes to.
class FileCredentials final : public Credentials {
 public:
  FileCredentials(std::string token, std::string next, std::string certificate, std::string key)
      : token_(std::move(token)),
        next_(std::move(next)),
        certificate_(std::move(certificate)),
        key_(std::move(key)) {}

  sts::Result<ClientIdentity> current() override {
    ClientIdentity identity;
    if (!token_.empty()) identity.authorization = "Bearer " + read_file(token_);
    if (!certificate_.empty()) {
      identity.certificate_pem = read_file(certificate_);
      identity.key_pem = read_file(key_);
    }
    return identity;
  }
  sts::Result<bool> refresh_after_unauthorized() override {
    if (next_.empty()) return false;
    token_ = std::exchange(next_, {});
    return true;
  }

 private:
  std::string token_;
  std::string next_;
  std::string certificate_;
  std::string key_;
};

int say(const ApiError& error) {
  std::cerr << error.to_error().message << "\n";
  return error.kind == ApiErrorKind::kInterrupted ? 130 : 1;
}

// getrusage() would count what the process was before exec, a copy of who started it.
void say_peak() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) std::cout << line << "\n";
  }
}

const Resource& resource_named(const std::string& name) {
  static const std::map<std::string, Resource> known{
      {"pods", kPods},       {"statefulsets", kStatefulSets}, {"configmaps", kConfigMaps},
      {"nodes", kNodes},     {"namespaces", kNamespaces},     {"leases", kLeases},
      {"secrets", kSecrets}, {"services", kServices},         {"events", kEvents}};
  return known.at(name);
}

int watch(Client& client, Loop& loop, const std::vector<std::string>& words, long silence) {
  WatchOptions options;
  if (silence > 0) options.silence = Milliseconds(silence);
  std::optional<ApiError> failed;
  WatchHandler handler;
  handler.change = [](Change change, const ApiObject& object) {
    const char* const name = change == Change::kAdded      ? "added"
                             : change == Change::kModified ? "modified"
                                                           : "deleted";
    std::cout << name << " " << object.meta.name << " " << object.meta.resource_version
              << std::endl;
  };
  handler.synced = [] { std::cout << "synced" << std::endl; };
  handler.trouble = [](const ApiError& error, Milliseconds) {
    std::cout << "trouble " << error.message << std::endl;
  };
  handler.recovered = [] { std::cout << "recovered" << std::endl; };
  handler.failed = [&](const ApiError& error) { failed = error; };
  const Watch watch(client, resource_named(words.at(1)), words.at(2), options, handler);
  if (!loop.run_until([&] { return failed.has_value(); })) return say(interrupted());
  return say(*failed);
}

template <typename T, typename Show>
int finish(ApiResult<T> result, const Show& show) {
  if (!result) return say(result.error());
  show(*result);
  std::cout << std::flush;
  return 0;
}

int run(Client& client, Loop& loop, const std::vector<std::string>& words, long silence,
        int page_size) {
  const auto show_object = [](const Fetched& object) { std::cout << object.json << "\n"; };
  const std::string& verb = words.at(0);
  if (verb == "version") {
    return finish(client.await(client.server_version()), [](const ServerVersion& version) {
      std::cout << to_string(version.version) << " " << version.git_version << "\n";
    });
  }
  if (verb == "get") {
    return finish(client.await(client.get(resource_named(words.at(1)), words.at(2), words.at(3))),
                  show_object);
  }
  if (verb == "list") {
    std::size_t items = 0;
    int restarts = 0;
    ListOptions options;
    options.page_size = page_size;
    ListSink sink{[&](const ApiObject&) { ++items; },
                  [&] {
                    ++restarts;
                    items = 0;
                  }};
    return finish(
        client.await(client.list(resource_named(words.at(1)), words.at(2), options, sink)),
        [&](const Listed& listed) {
          std::cout << items << " of " << listed.count << " at " << listed.resource_version << ", "
                    << restarts << " restarts\n";
          say_peak();
        });
  }
  if (verb == "watch") return watch(client, loop, words, silence);
  if (verb == "create") {
    return finish(
        client.await(client.create(resource_named(words.at(1)), words.at(2), words.at(3))),
        show_object);
  }
  // patch, json-patch or apply RESOURCE NAMESPACE NAME PATCH [UID [RESOURCE-VERSION]]
  if (verb == "patch" || verb == "json-patch" || verb == "apply") {
    const PatchType type = verb == "patch"   ? PatchType::kMerge
                           : verb == "apply" ? PatchType::kApply
                                             : PatchType::kJson;
    PatchOptions options;
    if (words.size() > 5) options.only_if.uid = words[5];
    if (words.size() > 6) options.only_if.resource_version = words[6];
    return finish(client.await(client.patch(resource_named(words.at(1)), words.at(2), words.at(3),
                                            type, words.at(4), options)),
                  show_object);
  }
  if (verb == "delete") {  // delete RESOURCE NAMESPACE NAME [UID]
    DeleteOptions options;
    if (words.size() > 4) options.only_if.uid = words[4];
    return finish(
        client.await(client.remove(resource_named(words.at(1)), words.at(2), words.at(3), options)),
        show_object);
  }
  if (verb == "can-i") {
    Access access;
    access.verb = words.at(1);
    access.resource = &resource_named(words.at(2));
    access.ns = words.at(3);
    return finish(client.await(client.can_i(access)), [](const AccessAnswer& answer) {
      std::cout << (answer.allowed ? "yes" : "no") << "\n";
    });
  }
  if (verb == "logs") {
    return finish(client.await(client.logs(words.at(1), words.at(2), {})),
                  [](const std::string& text) { std::cout << text; });
  }
  std::cerr << "probe: no such command: " << verb << "\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::map<std::string, std::string> flags;
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--") && i + 1 < argc) {
      flags[word.substr(2)] = argv[++i];
    } else {
      words.push_back(word);
    }
  }
  Connection connection;
  connection.server = flags["server"];
  if (!flags["ca"].empty()) connection.ca_pem = read_file(flags["ca"]);
  connection.tls_server_name = flags["tls-server-name"];
  connection.proxy_url = flags["proxy"];
  connection.impersonate.user = flags["as"];
  connection.credentials = std::make_shared<FileCredentials>(flags["token"], flags["next-token"],
                                                             flags["certificate"], flags["key"]);
  CurlOptions curl;
  curl.http1_only = !flags["http1"].empty();
  curl.user_agent = "probe";
  if (!flags["connect-timeout"].empty()) {
    curl.connect_timeout = Milliseconds(std::stol(flags["connect-timeout"]));
  }
  ClientOptions options;
  if (!flags["timeout"].empty())
    options.request_timeout = Milliseconds(std::stol(flags["timeout"]));
  const long silence = flags["silence"].empty() ? 0 : std::stol(flags["silence"]);
  if (!flags["patience"].empty()) options.silence = Milliseconds(std::stol(flags["patience"]));
  const int page_size = flags["page-size"].empty() ? 500 : std::stoi(flags["page-size"]);

  Signals signals;
  auto session = Session::open(connection, curl, options, signals);
  if (!session) {
    std::cerr << "error: " << session.error().message << "\n";
    return 1;
  }
  return run((*session)->client(), (*session)->loop(), words, silence, page_size);
}
