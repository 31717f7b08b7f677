#include "lint/rule.h"

// The reader and the engine report these; they have no check of their own.
namespace sts::lint {

extern const Rule kYamlSyntax{1, "yaml-syntax", Severity::kError,
                              "a document that cannot be read as YAML or JSON", nullptr};
extern const Rule kInputUnreadable{2, "input-unreadable", Severity::kError,
                                   "an input that cannot be opened or is too large", nullptr};
extern const Rule kDuplicateKey{3, "duplicate-key", Severity::kError,
                                "the same key twice in one mapping", nullptr};
extern const Rule kDocSeparator{4, "doc-separator", Severity::kError,
                                "text after a `---` line, which kubectl refuses", nullptr};
extern const Rule kUnusedIgnore{5, "unused-ignore", Severity::kWarning,
                                "an ignore that suppresses nothing", nullptr};

}  // namespace sts::lint
