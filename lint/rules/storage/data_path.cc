#include "lint/rules/storage/data_path.h"

#include <algorithm>
#include <array>

namespace sts::lint::storage {

namespace {

constexpr std::array<std::string_view, 5> kGenericPaths = {"/data", "/export", "/persist",
                                                           "/storage", "/var/lib/data"};

// The images' own VOLUMEs and documented data folders.
constexpr std::array<std::string_view, 87> kKnownPaths = {
    "/var/lib/mysql",
    "/var/lib/mysql/data",
    "/var/lib/mariadb",
    "/var/lib/postgresql",
    "/var/lib/postgresql/data",
    "/var/lib/postgresql/data/pgdata",
    "/var/lib/pgsql",
    "/var/lib/pgsql/data",
    "/home/postgres/pgdata",
    "/pgdata",
    "/var/lib/mongodb",
    "/var/lib/mongo",
    "/data/db",
    "/data/configdb",
    "/cassandra_data",
    "/var/lib/cassandra",
    "/var/lib/cassandra/data",
    "/var/lib/scylla",
    "/var/lib/redis",
    "/redis-data",
    "/redis/data",
    "/var/lib/valkey",
    "/var/lib/rabbitmq",
    "/var/lib/rabbitmq/mnesia",
    "/var/lib/kafka",
    "/var/lib/kafka/data",
    "/kafka",
    "/var/lib/zookeeper",
    "/var/lib/zookeeper/data",
    "/zookeeper",
    "/data/zookeeper",
    "/var/lib/redpanda/data",
    "/pulsar/data",
    "/var/lib/elasticsearch",
    "/usr/share/elasticsearch/data",
    "/usr/share/opensearch/data",
    "/var/lib/opensearch",
    "/var/solr",
    "/opt/solr/server/solr",
    "/var/lib/etcd",
    "/var/run/etcd",
    "/etcd-data",
    "/consul/data",
    "/vault/data",
    "/vault/file",
    "/var/lib/influxdb",
    "/var/lib/influxdb2",
    "/var/lib/clickhouse",
    "/var/lib/neo4j/data",
    "/cockroach/cockroach-data",
    "/var/lib/cockroach",
    "/var/lib/couchdb",
    "/opt/couchdb/data",
    "/opt/couchbase/var",
    "/var/lib/rethinkdb",
    "/var/lib/arangodb3",
    "/var/lib/aerospike",
    "/opt/aerospike/data",
    "/var/lib/tikv",
    "/var/lib/tidb",
    "/var/lib/pd",
    "/var/lib/yugabyte",
    "/var/lib/dgraph",
    "/dgraph",
    "/var/lib/weaviate",
    "/qdrant/storage",
    "/var/lib/milvus",
    "/var/lib/minio",
    "/prometheus",
    "/alertmanager",
    "/var/lib/grafana",
    "/var/lib/loki",
    "/var/loki",
    "/var/tempo",
    "/var/thanos/store",
    "/var/jenkins_home",
    "/nexus-data",
    "/var/opt/gitlab",
    "/var/lib/gitea",
    "/var/lib/ldap",
    "/var/lib/ghost/content",
    "/bitnami/mysql",
    "/bitnami/mariadb",
    "/bitnami/postgresql",
    "/bitnami/mongodb",
    "/bitnami/kafka",
    "/bitnami/zookeeper",
};

// Environment variables and flags whose value is the folder where the container keeps its data.
constexpr std::array<std::string_view, 12> kVariables = {"PGDATA",
                                                         "MYSQL_DATADIR",
                                                         "ETCD_DATA_DIR",
                                                         "CASSANDRA_DATA_DIR",
                                                         "MONGODB_DATA_DIR",
                                                         "REDIS_DATA_DIR",
                                                         "KAFKA_LOG_DIRS",
                                                         "KAFKA_CFG_LOG_DIRS",
                                                         "ZOO_DATA_DIR",
                                                         "RABBITMQ_MNESIA_BASE",
                                                         "CLICKHOUSE_DATA_DIR",
                                                         "NEO4J_dbms_directories_data"};
constexpr std::array<std::string_view, 9> kFlags = {
    "--data-dir", "--datadir",           "--dbpath",    "--data-path",     "--data_dir",
    "-data-dir",  "--storage.tsdb.path", "--path.data", "--data-directory"};

std::string_view trimmed(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

template <typename List>
bool contains(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// `folder` is the mount or lies in it.
bool lies_in(std::string_view folder, std::string_view mount) {
  folder = trimmed(folder);
  return folder == mount ||
         (folder.size() > mount.size() && mount != "/" && folder.substr(0, mount.size()) == mount &&
          folder[mount.size()] == '/');
}

bool settings_name(const Container& container, std::string_view mount) {
  for (const kube::Value variable : container.value.get("env").items()) {
    if (contains(kVariables, variable.get("name").text()) &&
        lies_in(variable.get("value").text(), mount)) {
      return true;
    }
  }
  for (const std::string_view list : {"command", "args"}) {
    bool flag = false;
    for (const kube::Value item : container.value.get(list).items()) {
      const std::string_view word = item.text();
      if (flag && lies_in(word, mount)) return true;
      const std::size_t equals = word.find('=');
      flag = equals == std::string_view::npos && contains(kFlags, word);
      if (equals != std::string_view::npos && contains(kFlags, word.substr(0, equals)) &&
          lies_in(word.substr(equals + 1), mount)) {
        return true;
      }
    }
  }
  return false;
}

/// Redis told to write nothing: `--save ""` and no append-only file.
bool writes_nothing(const Container& container) {
  bool saves_nothing = false;
  for (const std::string_view list : {"command", "args"}) {
    std::string_view last;
    for (const kube::Value item : container.value.get(list).items()) {
      const std::string_view word = item.text();
      if (last == "--save" && (word.empty() || word == "\"\"" || word == "''")) {
        saves_nothing = true;
      }
      if (last == "--appendonly" && word == "yes") return false;
      last = word;
    }
  }
  return saves_nothing;
}

}  // namespace

DataPath data_path(const Container& container, std::string_view path) {
  path = trimmed(path);
  if (path.empty() || writes_nothing(container)) return DataPath::kNone;
  if (contains(kKnownPaths, path) || settings_name(container, path)) return DataPath::kKnown;
  return contains(kGenericPaths, path) ? DataPath::kGeneric : DataPath::kNone;
}

std::optional<DataMount> data_mount_of(const Mounts& mounts, std::string_view name) {
  for (const std::string_view word : {"cache", "tmp", "temp", "scratch", "socket", "sockets", "run",
                                      "logs", "log", "config", "conf", "lock", "work", "buffer"}) {
    if (has_word(name, word)) return std::nullopt;
  }
  std::optional<DataMount> best;
  for (const Mount& mount : mounts.all) {
    if (mount.volume != name || mount.device || mount.container.role == ContainerRole::kInit ||
        mount.container.role == ContainerRole::kEphemeral) {
      continue;
    }
    const kube::Value path = mount.value.get("mountPath");
    const kube::Value read_only = mount.value.get("readOnly");
    if (!path.string() || (read_only && read_only.boolean() != false)) continue;
    const DataPath kind = data_path(mount.container, *path.string());
    if (kind != DataPath::kNone && (!best || kind > best->kind)) {
      best = DataMount{mount, path, kind};
    }
  }
  return best;
}

}  // namespace sts::lint::storage
