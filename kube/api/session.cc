#include "kube/api/session.h"

#include "kube/api/authenticated_transport.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <utility>

namespace sts::kube {

void keep_secrets_out_of_cores() {
  // The limit alone does not hold where the kernel pipes cores to a program.
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

struct Session::Parts {
  SystemClock clock;
  std::unique_ptr<CurlTransport> curl;
  Loop loop;
  AuthenticatedTransport transport;
  Client client;

  Parts(std::unique_ptr<CurlTransport> made, const Connection& connection, ClientOptions options,
        Signals& signals)
      : curl(std::move(made)),
        loop(*curl, clock, signals),
        transport(*curl, loop, connection.credentials, connection.impersonate),
        client(transport, loop, std::move(options)) {}
};

Result<std::unique_ptr<Session>> Session::open(const Connection& connection, CurlOptions curl,
                                               ClientOptions options, Signals& signals) {
  keep_secrets_out_of_cores();
  auto made = CurlTransport::make(connection, std::move(curl));
  if (!made) return tl::unexpected<Error>(made.error());
  return std::unique_ptr<Session>(new Session(
      std::make_unique<Parts>(std::move(*made), connection, std::move(options), signals)));
}

Session::Session(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Session::~Session() = default;

Client& Session::client() { return parts_->client; }
Loop& Session::loop() { return parts_->loop; }
const Clock& Session::clock() const { return parts_->clock; }

}  // namespace sts::kube
