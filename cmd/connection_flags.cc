#include "cmd/connection_flags.h"

#include "cmd/flags.h"
#include "kube/api/config/timeout.h"

#include <algorithm>

namespace sts::cmd {

void ConnectionFlags::add_to(CommandFlags& flags) {
  flags.begin_group(kHeading);
  flags.text("-n,--namespace", "NAME", name_space_, "the namespace; by default the context's");
  flags.text("--context", "NAME", context_, "the kubeconfig context to use");
  flags.text("--kubeconfig", "FILE", kubeconfig_,
             "the kubeconfig; by default those in KUBECONFIG, else ~/.kube/config");
  flags.text("--cluster", "NAME", cluster_, "the kubeconfig cluster, instead of the context's");
  flags.text("--user", "NAME", user_, "the kubeconfig user, instead of the context's");
  flags.text("-s,--server", "URL", server_, "the API server, instead of the cluster's");
  flags.text("--token", "TOKEN", token_,
             "a bearer token; others on this machine can see it in the list of processes");
  flags.text("--username", "NAME", username_, "for basic authentication");
  flags.text("--password", "TEXT", password_, "for basic authentication");
  flags.text("--as", "USER", as_, "the user, or service account, to impersonate");
  flags.list("--as-group", "GROUP", as_groups_, "a group to impersonate; may be repeated");
  flags.text("--as-uid", "UID", as_uid_, "the UID to impersonate");
  flags.list("--as-user-extra", "KEY=VALUE", as_user_extra_,
             "an extra of the user to impersonate; may be repeated");
  flags.text("--certificate-authority", "FILE", certificate_authority_,
             "the certificate of the authority that signed the server's");
  flags.text("--client-certificate", "FILE", client_certificate_, "a client certificate");
  flags.text("--client-key", "FILE", client_key_, "its key");
  flags.flag("--insecure-skip-tls-verify", insecure_skip_tls_verify_,
             "do not check the server's certificate: anybody in between can read along");
  flags.text("--tls-server-name", "NAME", tls_server_name_,
             "the name in the server's certificate, where it is not the server's host");
  flags.text("--proxy-url", "URL", proxy_url_, "an http, https or socks5 proxy");
  flags.flag("--disable-compression", disable_compression_, "ask for responses as they are");
  flags.text("--request-timeout", "DURATION", request_timeout_,
             "how long one request may take, such as 30s; 0, the default, for no limit");
  flags.text("--cache-dir", "FOLDER", cache_dir_, "accepted as in kubectl; nothing is cached");
  flags.begin_group("");
}

Result<kube::Overrides> ConnectionFlags::overrides() const {
  kube::Overrides result;
  result.kubeconfig = kubeconfig_.value_or("");
  result.context = context_.value_or("");
  result.cluster = cluster_.value_or("");
  result.user = user_.value_or("");
  result.name_space = name_space_.value_or("");
  result.server = server_.value_or("");
  result.token = token_.value_or("");
  result.username = username_.value_or("");
  result.password = password_.value_or("");
  result.as = as_.value_or("");
  result.as_uid = as_uid_.value_or("");
  result.as_groups = as_groups_;
  result.certificate_authority = certificate_authority_.value_or("");
  result.client_certificate = client_certificate_.value_or("");
  result.client_key = client_key_.value_or("");
  result.insecure_skip_tls_verify = insecure_skip_tls_verify_;
  result.tls_server_name = tls_server_name_.value_or("");
  result.proxy_url = proxy_url_.value_or("");
  result.disable_compression = disable_compression_;
  result.request_timeout = request_timeout_.value_or("");
  if (const auto timeout = kube::parse_timeout(result.request_timeout); !timeout) {
    return fail(timeout.error().message);
  }
  for (const std::string& extra : as_user_extra_) {
    const std::size_t sign = extra.find('=');
    if (sign == std::string::npos || sign == 0) return fail("--as-user-extra is KEY=VALUE");
    const std::string key = extra.substr(0, sign);
    auto& list = result.as_user_extra;
    auto found = std::find_if(list.begin(), list.end(),
                              [&](const auto& known) { return known.first == key; });
    if (found == list.end()) found = list.insert(list.end(), {key, {}});
    found->second.push_back(extra.substr(sign + 1));
  }
  return result;
}

}  // namespace sts::cmd
