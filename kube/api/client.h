#pragma once

#include "kube/api/errors.h"
#include "kube/api/loop.h"
#include "kube/api/object.h"
#include "kube/api/pending.h"
#include "kube/api/resource.h"
#include "kube/api/transport.h"
#include "kube/semantics/version.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

struct ListOptions {
  std::string label_selector;
  std::string field_selector;
  /// Objects in one response; 0: all. kubectl's --chunk-size.
  int page_size = 500;
  /// Only what ObjectMeta holds is asked of the server (PartialObjectMetadataList): labels,
  /// annotations, owners, but neither spec nor status.
  bool metadata_only = false;
};

/// Where the objects of a list go, one at a time, as they come in. Nothing of them is kept.
struct ListSink {
  std::function<void(const ApiObject&)> item;
  /// The list begins again (its continue token expired): forget what item() was called with.
  std::function<void()> restart;
};

struct Listed {
  std::string resource_version;  // to watch from
  std::size_t count = 0;
};

/// One object, whole.
struct Fetched {
  std::string json;
  ObjectMeta meta;
};

/// The write happens only if the object is still this one; empty fields are not checked.
struct Preconditions {
  std::string uid;
  std::string resource_version;
};

struct WriteOptions {
  bool dry_run = false;  // dryRun=All: everything is checked on the server, nothing is kept
  std::string field_manager = "kubectl-sts";
};

enum class PatchType : std::uint8_t { kMerge, kJson, kStrategic, kApply };

struct PatchOptions {
  WriteOptions write;
  /// Put into the patch: metadata.uid and resourceVersion (a difference is kConflict), or `test`
  /// operations of a JSON patch (a difference is kInvalid).
  Preconditions only_if;
  bool force = false;  // kApply: take fields over from other managers
  std::string subresource;
};

enum class Propagation : std::uint8_t { kDefault, kBackground, kForeground, kOrphan };

struct DeleteOptions {
  WriteOptions write;
  Preconditions only_if;
  Propagation propagation = Propagation::kDefault;
  std::optional<std::chrono::seconds> grace_period;
};

/// What a SelfSubjectAccessReview asks.
struct Access {
  std::string verb;
  const Resource* resource = nullptr;
  std::string subresource;
  std::string ns;    // empty: in all namespaces, or the resource has none
  std::string name;  // empty: any
};

struct AccessAnswer {
  bool allowed = false;
  std::string reason;  // the authorizer's words, may be empty
};

struct LogOptions {
  std::string container;
  int tail_lines = 20;
  bool previous = false;            // of the container's last life
  std::size_t most_bytes = 65'536;  // the server cuts beyond
};

struct ServerVersion {
  Version version;
  std::string git_version;  // "v1.34.4-gke.100"
};

struct ClientOptions {
  /// Each call, its retries included; --request-timeout. 0: only the limits below.
  Milliseconds request_timeout{0};
  /// No response, or no more of it, for so long: the server's own limit for a request is 60 s
  /// (kube-apiserver --request-timeout), after which it answers.
  Milliseconds silence{65'000};
  /// A try failed with this, the next is in `pause`; may be empty.
  std::function<void(const ApiError&, Milliseconds pause)> retrying;
};

/// The typed client of one API server. Every call starts at once and is driven by the loop.
///
/// Tried again by itself (client-go v0.34, rest/with_retry.go): a read that is answered 429 or 5xx
/// with Retry-After, or whose connection breaks before anything of the answer came; a write only on
/// 429 and 503 with Retry-After, which say that it was not carried out. At most 10 times, with the
/// server's pauses; after a lost connection 3 times, a second apart.
class Client {
 public:
  Client(Transport& transport, Loop& loop, ClientOptions options = {});

  /// `name` must not be empty: the whole collection is list()'s.
  Pending<Fetched> get(const Resource& resource, std::string_view ns, std::string_view name,
                       std::string_view subresource = {});
  /// Empty `ns`: all namespaces. The sink is called while the loop runs.
  Pending<Listed> list(const Resource& resource, std::string_view ns, const ListOptions& options,
                       ListSink sink);

  /// Answers the object as it is after the write.
  Pending<Fetched> create(const Resource& resource, std::string_view ns, std::string json,
                          const WriteOptions& options = {}, std::string_view name = {},
                          std::string_view subresource = {});
  /// PUT: metadata.resourceVersion in `json` is the precondition.
  Pending<Fetched> replace(const Resource& resource, std::string_view ns, std::string_view name,
                           std::string json, const WriteOptions& options = {},
                           std::string_view subresource = {});
  Pending<Fetched> patch(const Resource& resource, std::string_view ns, std::string_view name,
                         PatchType type, std::string patch, const PatchOptions& options = {});
  /// Answers the object, or a Status.
  Pending<Fetched> remove(const Resource& resource, std::string_view ns, std::string_view name,
                          const DeleteOptions& options = {});

  Pending<AccessAnswer> can_i(const Access& access);
  Pending<ServerVersion> server_version();
  Pending<std::string> logs(std::string_view ns, std::string_view pod, const LogOptions& options);
  /// Any other path of the API, as text: "/readyz".
  Pending<std::string> raw(std::string path);

  /// Runs the loop until all are done. Where the user interrupts, those that are not done are
  /// abandoned, with kInterrupted for a result, and it returns false.
  template <typename... T>
  bool wait(Pending<T>&... pending) {
    if (loop_.run_until([&] { return (pending.done() && ...); })) return true;
    (pending.abandon(), ...);
    return false;
  }
  /// One call, start to end: `client.await(client.get(…))`.
  template <typename T>
  ApiResult<T> await(Pending<T> pending) {
    wait(pending);
    return std::move(pending.result());
  }

  Transport& transport() { return transport_; }
  Loop& loop() { return loop_; }
  const ClientOptions& options() const { return options_; }

 private:
  Transport& transport_;
  Loop& loop_;
  ClientOptions options_;
};

}  // namespace sts::kube
