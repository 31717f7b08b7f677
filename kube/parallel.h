#pragma once

#include <cstddef>
#include <functional>

namespace sts {

/// How many threads are worth starting: the processors, between 2 and 8.
unsigned worker_count();

/// Calls work(0) … work(count - 1), each once, on several threads; the caller's is one of them.
/// `work` must be safe to call at the same time for different numbers. What it throws first is
/// thrown to the caller after all threads have ended.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace sts
