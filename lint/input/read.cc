#include "lint/input/read.h"

#include "kube/parallel.h"
#include "lint/index/builder.h"
#include "lint/input/paths.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace sts::lint {
namespace {

// How many files may be read ahead of the one that is taken.
constexpr std::size_t kAhead = 32;

// Its text is searched, not read as a manifest; what the user names is taken for one.
bool is_program(const SelectedFile& selected) {
  const std::string& path = selected.file->path;
  return !selected.explicitly_named &&
         interest_of(std::string_view(path).substr(path.rfind('/') + 1)) == FileInterest::kProgram;
}

ReadFile read_one(const SelectedFile& selected) {
  ReadFile result;
  result.selected = &selected;
  Result<std::string> bytes = selected.read();
  if (!bytes) {
    result.failure = bytes.error().message;
    return result;
  }
  result.program = is_program(selected);
  result.source = std::make_shared<kube::SourceFile>(selected.name, std::move(*bytes));
  if (result.program) return result;
  kube::ReadOptions options;
  if (!selected.explicitly_named) options.wanted = IndexBuilder::wanted_kind;
  result.documents = kube::read_documents(result.source, options);
  return result;
}

// Workers fill the slots of the next few files; the caller empties them in order.
class Pipeline {
 public:
  explicit Pipeline(const std::vector<SelectedFile>& files) : files_(files), slots_(files.size()) {}

  void run(unsigned threads, const std::function<void(ReadFile)>& take) {
    std::vector<std::thread> workers;
    try {
      for (unsigned i = 0; i < threads; ++i) workers.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      // The limit of processes is reached: one worker is enough, and without any nothing waits.
      if (workers.empty()) {
        for (const SelectedFile& file : files_) take(read_one(file));
        return;
      }
    }
    std::exception_ptr failure;
    try {
      for (std::size_t i = 0; i < files_.size(); ++i) take(wait_for(i));
    } catch (...) {
      failure = std::current_exception();
      stop(failure);
    }
    for (std::thread& worker : workers) worker.join();
    if (failure) std::rethrow_exception(failure);
  }

 private:
  void work() {
    try {
      while (const auto mine = claim()) put(*mine, read_one(files_[*mine]));
    } catch (...) {
      stop(std::current_exception());
    }
  }

  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return next_ >= files_.size() || next_ < taken_ + kAhead; });
    if (next_ >= files_.size()) return std::nullopt;
    return next_++;
  }

  void put(std::size_t index, ReadFile file) {
    {
      const std::lock_guard lock(mutex_);
      slots_[index] = std::move(file);
    }
    changed_.notify_all();
  }

  ReadFile wait_for(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failure_ || slots_[index].has_value(); });
    if (failure_) std::rethrow_exception(failure_);
    ReadFile file = std::move(*slots_[index]);
    slots_[index].reset();
    taken_ = index + 1;
    lock.unlock();
    changed_.notify_all();
    return file;
  }

  // Out of memory, most likely: nobody begins another file.
  void stop(const std::exception_ptr& failure) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = failure;
      next_ = files_.size();
    }
    changed_.notify_all();
  }

  const std::vector<SelectedFile>& files_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<ReadFile>> slots_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

void read_files(const std::vector<SelectedFile>& files,
                const std::function<void(ReadFile file)>& take, std::uint64_t parallel_bytes) {
  std::uint64_t total = 0;
  for (const SelectedFile& file : files) total += file.size;
  if (files.size() < 2 || total < parallel_bytes) {
    for (const SelectedFile& file : files) take(read_one(file));
    return;
  }
  Pipeline(files).run(worker_count(), take);
}

}  // namespace sts::lint
