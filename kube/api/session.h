#pragma once

#include "kube/api/client.h"
#include "kube/api/connection.h"
#include "kube/api/curl_transport.h"
#include "kube/result.h"

#include <memory>

namespace sts::kube {

/// All that a command needs to talk to its API server, put together: signals, clock, transport,
/// loop and client. One at a time, on the main thread.
class Session {
 public:
  /// Also keeps the process out of core files, since keys and tokens are in its memory from now on.
  static Result<std::unique_ptr<Session>> open(const Connection& connection, CurlOptions curl,
                                               ClientOptions options, Signals& signals);
  ~Session();

  Client& client();
  Loop& loop();
  const Clock& clock() const;

 private:
  struct Parts;
  explicit Session(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// No core file and no ptrace for this process from here on.
void keep_secrets_out_of_cores();

}  // namespace sts::kube
