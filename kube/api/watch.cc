#include "kube/api/watch.h"

#include "kube/api/buffered.h"
#include "kube/api/call.h"
#include "kube/api/json_text.h"
#include "kube/api/list.h"
#include "kube/api/object_stream.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace sts::kube {
namespace {

// client-go v0.34, tools/cache/reflector.go: pauses from 0.8 s, doubled up to 30 s, each up to
// twice as long by chance; a watch is asked for 5 to 10 minutes.
constexpr Milliseconds kFirstPause{800};
constexpr Milliseconds kLongestPause{30'000};
constexpr int kShortestWatch = 300;
// For a server that does not end the watch when it was asked to.
constexpr Milliseconds kGrace{30'000};
// An end that comes sooner, and without an event before it, is no ordinary one.
constexpr Milliseconds kTooShort{1000};

// Where another try would be answered the same.
bool is_final(const ApiError& error) {
  switch (error.kind) {
    case ApiErrorKind::kUnauthorized:
    case ApiErrorKind::kForbidden:
    case ApiErrorKind::kNotFound:
    case ApiErrorKind::kNoSuchResource:
    case ApiErrorKind::kBadRequest:
    case ApiErrorKind::kInvalid:
      return true;
    case ApiErrorKind::kFault:
      return error.fault == FaultKind::kCredentials || error.fault == FaultKind::kBadCertificate;
    default:
      return false;
  }
}

}  // namespace

/// Every function that calls the handler answers whether this still exists; where it does not,
/// nothing of it may be touched.
class Watch::Impl final : private Call::Consumer {
 public:
  Impl(Client& client, const Resource& resource, std::string_view ns, WatchOptions options,
       WatchHandler handler)
      : client_(client),
        resource_(resource),
        ns_(resource.namespaced ? ns : std::string_view()),
        options_(std::move(options)),
        handler_(std::move(handler)) {
    list();
  }
  ~Impl() override {
    *alive_ = false;
    client_.loop().cancel(timer_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  bool synced() const { return synced_; }

 private:
  struct Known {
    std::string uid;
    std::string resource_version;
    unsigned list = 0;  // the list that had it last
  };
  using Key = std::pair<std::string, std::string>;  // namespace and name

  Instant now() const { return client_.loop().clock().now(); }
  double random() const { return options_.random ? options_.random() : 0.5; }

  void list();
  void listed(const ApiResult<Listed>& result);
  void watch();
  void watch_again();

  void begin() override;
  void body(std::string_view bytes) override;
  void end() override { watch_again(); }
  void failed(const ApiError& error) override;

  bool event(std::string_view object);
  void present(const ApiObject& object);
  bool report(Change change, const ApiObject& object);
  bool report_recovered();
  void in_trouble(const ApiError& error, void (Impl::*next)());

  Client& client_;
  const Resource resource_;
  const std::string ns_;
  const WatchOptions options_;
  const WatchHandler handler_;
  std::map<Key, Known> known_;
  std::string resource_version_;
  unsigned list_ = 0;
  bool synced_ = false;
  bool troubled_ = false;
  int failures_ = 0;   // in a row
  bool quiet_ = true;  // this watch has had no event
  Instant begun_;
  std::string event_type_;
  std::optional<ObjectStream> stream_;
  std::unique_ptr<Operation> operation_;  // the list or the watch
  Call* call_ = nullptr;                  // the operation, where it is a watch
  Loop::TimerId timer_ = 0;               // the next try, or the end of a watch that does not end
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

void Watch::Impl::list() {
  ++list_;
  call_ = nullptr;
  ListOptions options;
  options.label_selector = options_.label_selector;
  options.field_selector = options_.field_selector;
  operation_ =
      start_list(client_, resource_, ns_, options,
                 {[this](const ApiObject& object) { present(object); }, [this] { ++list_; }},
                 [this](const ApiResult<Listed>& result) { listed(result); });
}

void Watch::Impl::listed(const ApiResult<Listed>& result) {
  if (!result) {
    failed(result.error());
    return;
  }
  resource_version_ = result->resource_version;
  if (!report_recovered()) return;
  std::vector<std::pair<Key, Known>> gone;
  for (auto known = known_.begin(); known != known_.end();) {
    const auto here = known++;
    if (here->second.list == list_) continue;
    gone.emplace_back(*here);
    known_.erase(here);
  }
  for (const auto& [key, known] : gone) {
    if (!report(Change::kDeleted, {{}, {key.first, key.second, known.uid, known.resource_version}}))
      return;
  }
  synced_ = true;
  const auto alive = alive_;
  if (handler_.synced) handler_.synced();
  if (*alive) watch();
}

void Watch::Impl::watch() {
  Attempt attempt;
  attempt.verb = "watch";
  attempt.resource = group_resource(resource_);
  attempt.ns = ns_;
  const int seconds = kShortestWatch + static_cast<int>(random() * kShortestWatch);
  Request request = json_request(Method::kGet, path_of(resource_, ns_));
  request.stream = true;
  request.query.emplace_back("watch", "true");
  request.query.emplace_back("allowWatchBookmarks", "true");
  request.query.emplace_back("resourceVersion", resource_version_);
  request.query.emplace_back("timeoutSeconds", std::to_string(seconds));
  if (!options_.label_selector.empty()) {
    request.query.emplace_back("labelSelector", options_.label_selector);
  }
  if (!options_.field_selector.empty()) {
    request.query.emplace_back("fieldSelector", options_.field_selector);
  }
  stream_.reset();
  quiet_ = true;
  begun_ = now();
  client_.loop().cancel(timer_);
  timer_ = client_.loop().after(std::chrono::seconds(seconds) + kGrace, [this] { watch_again(); });
  const Call::Limits limits{client_.options().silence, options_.silence, std::nullopt, false};
  auto call = std::make_unique<Call>(client_, std::move(attempt), std::move(request), limits,
                                     static_cast<Call::Consumer&>(*this));
  call_ = call.get();
  operation_ = std::move(call);
}

// The ordinary end of a watch: go on where it ended.
void Watch::Impl::watch_again() {
  if (stream_ && !stream_->complete()) {
    failed(malformed(call_->attempt(), "the watch ends in the middle of an event"));
  } else if (quiet_ && now() - begun_ < kTooShort) {
    failed(malformed(call_->attempt(), "the watch ends as soon as it begins"));
  } else {
    watch();
  }
}

void Watch::Impl::begin() {
  event_type_.clear();
  stream_.emplace(ObjectStream::Shape::kWatch,
                  ObjectStream::Sink{[this](std::string_view object) { return event(object); },
                                     [this](std::string_view text) {
                                       const auto envelope = read_envelope(text);
                                       event_type_ = envelope ? envelope->type : std::string();
                                       return true;
                                     }});
  report_recovered();
}

void Watch::Impl::body(std::string_view bytes) {
  if (stream_->feed(bytes) != ObjectStream::Fed::kBroken) return;
  failed(malformed(call_->attempt(), stream_->error()));
}

bool Watch::Impl::event(std::string_view text) {
  if (event_type_ == "ERROR") {
    // Nearly always 410: what came since resource_version_ is forgotten.
    const ApiError error = error_from_status(call_->attempt(), text);
    failed(error);
    return false;
  }
  auto meta = read_meta(text);
  if (!meta) {
    failed(malformed(call_->attempt(), meta.error().message));
    return false;
  }
  if (!meta->resource_version.empty()) resource_version_ = meta->resource_version;
  quiet_ = false;
  failures_ = 0;
  const auto alive = alive_;
  if (event_type_ == "ADDED" || event_type_ == "MODIFIED") {
    present({text, std::move(*meta)});
  } else if (event_type_ == "DELETED") {
    if (known_.erase(Key(meta->ns, meta->name)) != 0) {
      report(Change::kDeleted, {text, std::move(*meta)});
    }
  }
  return *alive;
}

void Watch::Impl::present(const ApiObject& object) {
  const ObjectMeta& meta = object.meta;
  Known& known = known_[Key(meta.ns, meta.name)];
  const Known before = std::exchange(known, {meta.uid, meta.resource_version, list_});
  if (before.uid == meta.uid) {
    if (before.resource_version != meta.resource_version) report(Change::kModified, object);
    return;
  }
  if (!before.uid.empty() &&
      !report(Change::kDeleted, {{}, {meta.ns, meta.name, before.uid, before.resource_version}})) {
    return;
  }
  report(Change::kAdded, object);
}

bool Watch::Impl::report(Change change, const ApiObject& object) {
  const auto alive = alive_;
  handler_.change(change, object);
  return *alive;
}

bool Watch::Impl::report_recovered() {
  if (!std::exchange(troubled_, false) || !handler_.recovered) return true;
  const auto alive = alive_;
  handler_.recovered();
  return *alive;
}

void Watch::Impl::failed(const ApiError& why) {
  const ApiError error = why;  // it may be the call's
  const bool was_list = call_ == nullptr;
  const bool silent = error.kind == ApiErrorKind::kTimedOut && stream_ && !was_list;
  operation_.reset();
  call_ = nullptr;
  stream_.reset();
  client_.loop().cancel(timer_);
  // What fails before anything worked is for the user to mend.
  if (!synced_ || is_final(error)) {
    if (handler_.failed) handler_.failed(error);
    return;
  }
  if (silent) {
    watch();
  } else if (error.kind == ApiErrorKind::kExpired && !was_list && failures_ == 0) {
    ++failures_;
    list();
  } else {
    const bool resume = !was_list && error.kind != ApiErrorKind::kExpired;
    in_trouble(error, resume ? &Impl::watch : &Impl::list);
  }
}

void Watch::Impl::in_trouble(const ApiError& error, void (Impl::*next)()) {
  Milliseconds pause = kFirstPause;
  for (int i = 0; i < failures_ && pause < kLongestPause; ++i) pause *= 2;
  pause = std::min(pause, kLongestPause);
  pause +=
      Milliseconds(static_cast<Milliseconds::rep>(random() * static_cast<double>(pause.count())));
  if (error.retry_after) pause = std::max<Milliseconds>(pause, *error.retry_after);
  ++failures_;
  troubled_ = true;
  timer_ = client_.loop().after(pause, [this, next] { (this->*next)(); });
  if (handler_.trouble) handler_.trouble(error, pause);
}

Watch::Watch(Client& client, const Resource& resource, std::string_view ns, WatchOptions options,
             WatchHandler handler)
    : impl_(std::make_unique<Impl>(client, resource, ns, std::move(options), std::move(handler))) {}

Watch::~Watch() = default;

bool Watch::synced() const { return impl_->synced(); }

}  // namespace sts::kube
