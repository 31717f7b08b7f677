#pragma once

#include "kube/api/config/environment.h"
#include "kube/api/config/url.h"

#include <string>

namespace sts::kube {

/// The proxy that HTTPS_PROXY (HTTP_PROXY for http://) and NO_PROXY name for this server, or "".
/// Follows golang.org/x/net/http/httpproxy v0.57: upper case before lower case, never for
/// localhost and loopback addresses, no ALL_PROXY; a value that is no URL counts as none.
std::string proxy_of_environment(const Url& server, const Environment& environment);

/// As libcurl is to be given it: Go's socks5 lets the proxy resolve names, which libcurl calls
/// socks5h.
std::string proxy_for_libcurl(const std::string& proxy_url);

}  // namespace sts::kube
