"""lint --base: what an edit does to a running set, against a path or a git revision."""

import subprocess
import unittest

from cli import SERVICE, SET, CliTest

GOOD = SERVICE + "---\n" + SET
EDITED = GOOD.replace("  serviceName: db\n", "  serviceName: db\n  podManagementPolicy: Parallel\n")
FOUND = ("immutable-changed", "db.yaml", 19, 24)


class Base(CliTest):
    def git(self, *words):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words],
            cwd=self.folder,
            check=True,
            capture_output=True,
        )

    def repository(self):
        self.git("init", "-q", "-b", "main")
        self.write("db.yaml", GOOD)
        self.git("add", ".")
        self.git("commit", "-qm", "a set")

    def test_a_revision(self):
        self.repository()
        self.write("db.yaml", EDITED)
        self.assertEqual(self.findings("--base", "HEAD", "db.yaml", code=1), [FOUND])
        self.assertEqual(self.findings("db.yaml", code=0), [])

    def test_a_revision_names_the_file_as_git_does(self):
        self.repository()
        self.write("db.yaml", EDITED)
        self.git("commit", "-qam", "Parallel")
        self.git("branch", "release")
        self.write("db.yaml", EDITED.replace("Parallel", "OrderedReady"))
        out, _ = self.lint("--base", "release", ".", code=1)
        self.assertIn("  release:db.yaml:19:24: note: what it was\n", out)

    def test_the_merge_base_counts_not_what_the_branch_became(self):
        self.repository()
        self.git("checkout", "-qb", "feature")
        self.write("other.yaml", SERVICE.replace("name: db", "name: other"))
        self.git("add", ".")
        self.git("commit", "-qm", "another Service")
        self.git("checkout", "-q", "main")
        self.write("db.yaml", EDITED)
        self.git("commit", "-qam", "main goes on")
        self.git("checkout", "-q", "feature")
        self.assertEqual(self.findings("--base", "main", ".", code=0), [])

    def test_the_index_with_staged(self):
        self.repository()
        self.write("db.yaml", EDITED)
        self.assertEqual(self.findings("--staged", "--base", "HEAD", code=0), [])
        self.git("add", ".")
        self.assertEqual(self.findings("--staged", "--base", "HEAD", code=1), [FOUND])

    def test_an_index_without_files_is_no_mistake(self):
        self.git("init", "-q", "-b", "main")
        self.assertEqual(self.findings("--staged", ".", code=0), [])
        self.repository()
        self.git("rm", "-q", "--cached", "db.yaml")
        self.assertEqual(self.findings("--staged", ".", code=0), [])

    def test_a_file_and_a_folder(self):
        self.write("old/db.yaml", GOOD)
        self.write("new/db.yaml", EDITED)
        found = [(FOUND[0], "new/db.yaml", *FOUND[2:])]
        self.assertEqual(self.findings("--base", "old", "new", code=1), found)
        self.assertEqual(self.findings("--base", "old/db.yaml", "new", code=1), found)
        self.assertEqual(self.findings("--base", "new", "new", code=0), [])

    def test_standard_input(self):
        self.repository()
        found = [("immutable-changed", "<stdin>", *FOUND[2:])]
        self.assertEqual(self.findings("--base", "HEAD", "-", code=1, stdin=EDITED), found)

    def test_a_path_goes_before_a_revision_of_that_name(self):
        self.repository()
        self.write("db.yaml", EDITED)
        self.git("branch", "older")
        self.write("older/db.yaml", EDITED)
        self.assertEqual(self.findings("--base", "older", "db.yaml", code=0), [])

    def test_what_is_neither(self):
        self.repository()
        _, err = self.lint("--base", "nowhere", ".", code=2)
        self.assertEqual(err, "error: --base nowhere: is neither a path nor a git revision here\n")
        _, err = self.lint("--base", "--output=x", ".", code=2)
        self.assertIn("--base", err)

    def test_a_broken_base_is_told_of(self):
        self.write("old/db.yaml", GOOD + "---\nkind: [\n")
        self.write("new/db.yaml", EDITED)
        _, err = self.lint("--base", "old", "new", code=1)
        self.assertIn("1 file of the base cannot be read as a whole", err)

    def test_a_name_too_long_for_a_file(self):
        self.repository()
        _, err = self.lint("--base", "x" * 300, ".", code=2)
        self.assertIn("is neither a path nor a git revision here", err)

    def test_outside_a_work_tree(self):
        self.write("db.yaml", GOOD)
        _, err = self.lint("--base", "HEAD", ".", code=2)
        self.assertEqual(err, "error: --base HEAD: no such path, and no git work tree here\n")

    def test_a_shallow_clone_says_what_to_fetch(self):
        self.repository()
        self.git("checkout", "-q", "--orphan", "alone")
        self.git("commit", "-qm", "no history")
        _, err = self.lint("--base", "main", ".", code=2)
        self.assertIn("git fetch --unshallow", err)

    def test_a_new_file_and_a_deleted_one_change_nothing(self):
        self.repository()
        web = GOOD.replace("ame: db", "ame: web").replace("app: db", "app: web")
        self.write("web.yaml", web)
        (self.folder / "db.yaml").unlink()
        self.assertEqual(self.findings("--base", "HEAD", ".", code=0), [])


if __name__ == "__main__":
    unittest.main()
