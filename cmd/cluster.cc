#include "cmd/cluster.h"

#include "cmd/exit_code.h"
#include "cmd/lint_values.h"
#include "cmd/output.h"
#include "kube/api/config/target.h"
#include "kube/api/session.h"
#include "kube/semantics/names.h"
#include "kube/text/printable.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace sts::cmd {
namespace {

kube::CurlOptions curl_options() {
  kube::CurlOptions options;
  options.user_agent = "kubectl-sts/" STS_VERSION;
  // client-go's switch (k8s.io/apimachinery/pkg/util/net/http.go).
  const char* const disabled = std::getenv("DISABLE_HTTP2");
  options.http1_only = disabled != nullptr && *disabled != '\0';
  return options;
}

}  // namespace

struct Cluster::Parts {
  kube::Signals signals;
  std::unique_ptr<kube::Session> session;
  std::string name_space;
};

Result<std::unique_ptr<Cluster>> Cluster::open(const kube::Overrides& overrides) {
  auto parts = std::make_unique<Parts>();
  auto target = kube::find_target(overrides, kube::real_surroundings({{}, parts->signals.fd()}));
  if (!target) return tl::unexpected<Error>(target.error());
  for (const std::string& note : target->notes) {
    write_stderr("note: " + kube::printable(note) + "\n");
  }
  kube::ClientOptions options;
  options.request_timeout = target->request_timeout;
  auto session = kube::Session::open(target->connection, curl_options(), options, parts->signals);
  if (!session) return tl::unexpected<Error>(session.error());
  parts->session = std::move(*session);
  parts->name_space = target->name_space;
  return std::unique_ptr<Cluster>(new Cluster(std::move(parts)));
}

Cluster::Cluster(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Cluster::~Cluster() = default;

kube::Client& Cluster::client() { return parts_->session->client(); }
const std::string& Cluster::name_space() const { return parts_->name_space; }

int report_api_error(Cluster& cluster, const kube::ApiError& error) {
  if (error.kind == kube::ApiErrorKind::kInterrupted) {
    const int signal = cluster.client().loop().interrupted();
    return 128 + (signal == 0 ? 2 : signal);
  }
  const std::string text = error.to_error().message;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    write_stderr(kube::printable(text.substr(at, end - at)) + "\n");
    at = end + 1;
  }
  return kApiError;
}

Result<std::string> set_name(std::string_view argument) {
  static constexpr std::array<std::string_view, 5> kKinds = {
      "sts", "statefulset", "statefulsets", "statefulset.apps", "statefulsets.apps"};
  std::string_view name = argument;
  if (const std::size_t slash = argument.find('/'); slash != std::string_view::npos) {
    const std::string_view kind = argument.substr(0, slash);
    if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end()) {
      return fail(in_quotes(std::string(argument)) + " is no StatefulSet");
    }
    name.remove_prefix(slash + 1);
  }
  if (!kube::dns1123_subdomain_problem(name).empty()) {
    return fail(in_quotes(std::string(argument)) + " is no name of a StatefulSet");
  }
  return std::string(name);
}

}  // namespace sts::cmd
