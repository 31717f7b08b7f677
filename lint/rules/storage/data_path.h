#pragma once

#include "lint/rules/storage/storage.h"

// Where well-known software keeps what must not be lost.
namespace sts::lint::storage {

enum class DataPath : std::uint8_t {
  kNone,
  kGeneric,  // a customary place ("/data"): data, unless something says otherwise
  kKnown,    // a data folder by its software, or one that the container's own settings name
};

/// What a mount of this container at `path` holds.
DataPath data_path(const Container& container, std::string_view path);

/// A writable mount of a main container or sidecar at a data path.
struct DataMount {
  Mount mount;
  kube::Value path;
  DataPath kind = DataPath::kNone;
};

/// Of volume `name`. Nothing where its name says that it is no data: cache, tmp, socket.
std::optional<DataMount> data_mount_of(const Mounts& mounts, std::string_view name);

}  // namespace sts::lint::storage
