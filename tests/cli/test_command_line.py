"""Flags, help, usage errors, the configuration file."""

from cli import AT, FAULT, FAULTY, GOOD, ROOT, SERVICE, SET, SLIP, CliTest, renamed


class Usage(CliTest):
    def error(self, *arguments):
        run = self.run_sts(*arguments)
        self.assertEqual(run.returncode, 2, run)
        self.assertEqual(run.stdout, b"")
        message = run.stderr.decode()
        self.assertEqual(message.count("\n"), 1, message)
        self.assertTrue(message.startswith("error: "), message)
        return message[len("error: ") : -1]

    def test_no_path(self):
        self.assertEqual(
            self.error("lint"),
            "no PATH given; to lint this folder: kubectl sts lint .; run 'kubectl sts lint --help'",
        )

    def test_an_empty_value_takes_no_other_word(self):
        for flag in ("--namespace", "-n", "--project", "--cluster-domain"):
            self.assertEqual(
                self.error("lint", flag + "=", "prod", "."),
                f"flag needs an argument: {flag}; run 'kubectl sts lint --help'",
            )

    def test_slips_are_named(self):
        self.assertIn("did you mean --output?", self.error("lint", "--ouput", "json", "."))
        self.assertIn("did you mean lint?", self.error("lnt", "."))
        self.assertIn("did you mean service-not-found?", self.error("explain", "service-not-fond"))
        self.assertIn("did you mean ", self.error("lint", "--enable", "vct-class-not-foun", "."))

    def test_output_format(self):
        self.assertEqual(
            self.error("lint", "-o", "yaml", "."),
            'unable to match a printer suitable for the output format "yaml", allowed formats are: '
            "text,json,github; run 'kubectl sts lint --help'",
        )

    def test_values(self):
        for flag, value in (
            ("--fail-on", "bad"),
            ("--color", "sometimes"),
            ("--assume", "maybe"),
            ("--kubernetes-version", "latest"),
            ("--cluster-domain", "a..b"),
            ("--namespace", "Prod"),
            ("--max-file-size", "much"),
            ("--max-file-size", "0"),
            ("--max-file-size", "4G"),
        ):
            message = self.error("lint", flag, value, ".")
            self.assertIn(flag, message)
            self.assertIn(value, message)
        self.assertIn("flag needs an argument: --output", self.error("lint", ".", "-o"))
        for switch in ("--no-ignores", "--recursive", "--staged"):
            self.assertEqual(
                self.error("lint", f"{switch}=maybe", "."),
                f"{switch} is a switch: give it no value, or =true or =false; "
                "run 'kubectl sts lint --help'",
            )

    def test_flags_of_kubectl(self):
        message = self.error("lint", "--context", "prod", ".")
        self.assertIn("reads no cluster", message)
        self.assertIn("kubectl get", message)

    def test_flag_before_the_command(self):
        self.assertIn("a command comes first", self.error("-o", "json", "lint", "."))

    def test_named_folder_is_missing(self):
        self.assertIn("--project nowhere", self.error("lint", "--project", "nowhere", "."))

    def test_arguments_cannot_speak_to_the_terminal(self):
        self.assertNotIn("\x1b", self.error("lint", "--\x1b[31m", "."))
        self.assertNotIn("\x1b", self.error("\x1b[31m"))
        self.assertNotIn("\x1b", self.error("explain", "\x1b[31m"))


class Flags(CliTest):
    def namespace_of(self, *arguments):
        report = self.report(*arguments, code=1)
        return report["findings"][0]["object"]["namespace"]

    def test_values_of_short_flags(self):
        self.write("a.yaml", FAULTY)
        self.assertEqual(self.namespace_of("a.yaml"), "")
        for spelling in (["-n", "prod"], ["-nprod"], ["-n=prod"], ["--namespace=prod"],
                         ["--namespace", "prod"], ["-n", "dev", "-n=prod"]):
            self.assertEqual(self.namespace_of(*spelling, "."), "prod", spelling)

    def test_filename_and_recursive(self):
        self.write("a/one.yaml", FAULTY)
        self.write("a/b/two.yaml", renamed(FAULTY, "two"))
        files = lambda *arguments: {f[1] for f in self.findings(*arguments, code=1)}
        self.assertEqual(files("-f", "a"), {"a/one.yaml"})
        self.assertEqual(files("-R", "-f", "a"), {"a/one.yaml", "a/b/two.yaml"})
        self.assertEqual(files("-f=a/b/two.yaml"), {"a/b/two.yaml"})
        self.assertEqual(files("-f", "a/one.yaml", "-f", "a/b/two.yaml"),
                         {"a/one.yaml", "a/b/two.yaml"})
        self.assertEqual(files("a/*.yaml"), {"a/one.yaml"})

    def test_double_dash(self):
        self.write("-n.yaml", FAULTY)
        self.assertEqual(self.findings("--", "-n.yaml", code=1)[0][1], "-n.yaml")

    def test_stdin(self):
        self.assertEqual(
            self.findings("-", stdin=FAULTY, code=1), [(FAULT, "<stdin>", *AT)]
        )
        self.assertEqual(self.findings("-f", "-", stdin=GOOD, code=0), [])

    def test_lone_file_is_a_warning(self):
        self.write("a.yaml", SLIP)
        report = self.report("a.yaml", code=0)
        self.assertEqual(
            [(f["rule"], f["severity"]) for f in report["findings"]],
            [("service-not-found", "warning")],
        )
        for arguments in (["--assume", "complete", "a.yaml"], ["--project", ".", "a.yaml"], ["."]):
            report = self.report(*arguments, code=1)
            self.assertEqual([f["severity"] for f in report["findings"]], ["error"], arguments)

    def test_stdin_is_a_project(self):
        self.assertEqual(
            self.findings("-", stdin=SLIP, code=1), [("service-not-found", "<stdin>", 18, 16)]
        )
        self.write("project/service.yaml", SERVICE)
        self.assertEqual(self.findings("-", "--project", "project", stdin=SET, code=0), [])

    def test_newer_kubernetes_is_a_note(self):
        self.write("a.yaml", GOOD)
        _, err = self.lint("--kubernetes-version", "1.99", "a.yaml", code=0)
        self.assertIn("note: Kubernetes 1.99 is newer than this program knows", err)
        self.assertEqual(self.lint("--kubernetes-version", "1.37", "a.yaml", code=0)[1], "")

    def test_no_ignores(self):
        self.write("a.yaml", FAULTY.replace("name: logs", "name: logs  # kubectl-sts: ignore=STS401"))
        report = self.report(".", code=0)
        self.assertEqual(report["summary"]["suppressed"], 1)
        self.assertEqual(report["findings"], [])
        for switch in ("--no-ignores", "--no-ignores=true"):
            report = self.report(switch, ".", code=1)
            self.assertEqual(report["summary"]["suppressed"], 0)
        self.report("--no-ignores=false", ".", code=0)

    def test_misspelt_ignores_are_told_of_in_lone_files(self):
        self.write("a.yaml", GOOD.replace("serviceName: db",
                                          "serviceName: db # kubectl-sts: ignore STS103"))
        out, _ = self.lint("--fail-on", "warning", "a.yaml", code=1)
        self.assertIn('warning: this ignores nothing: "ignore" is followed by "="', out)
        self.assertIn("  fix: # kubectl-sts: ignore=STS103\n", out)
        # What a right one is for may only be visible in the project.
        self.write("a.yaml", GOOD.replace("serviceName: db",
                                          "serviceName: db # kubectl-sts: ignore=STS103"))
        self.assertEqual(self.findings("a.yaml", code=0), [])
        self.assertEqual([f[0] for f in self.findings(".", code=0)], ["unused-ignore"])

    def test_unknown_references_are_a_note(self):
        self.write("a.yaml", SET)
        self.write("b.yaml", SET.replace("name: db\n", "name: web\n", 1).replace(": db\n", ": web\n")
                   .replace("serviceName: web", "serviceName: db"))
        unknown = ("note: 2 references to Services or claims are unknown and not judged: the "
                   "project is assumed to be partial\n")
        out, err = self.lint("--assume", "partial", ".", code=0)
        self.assertEqual(err, unknown)
        self.assertTrue(out.endswith("no problems found in 2 files (2 objects)\n"), out)
        (self.folder / "b.yaml").unlink()
        self.write("c.yaml", SERVICE)
        self.assertEqual(self.lint("--assume", "partial", ".", code=0)[1], "")


class Help(CliTest):
    def text(self, *arguments, **options):
        run = self.run_sts(*arguments, **options)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout.decode()

    def test_every_command_has_examples(self):
        for arguments in (["--help"], ["-h"], [], ["help"], ["lint", "--help"], ["lint", "-h"],
                          ["explain", "--help"], ["version", "--help"], ["help", "lint"],
                          ["lint", ".", "--help"]):
            text = self.text(*arguments)
            self.assertIn("Usage:\n  kubectl sts ", text)
            self.assertIn("Examples:\n", text)
            self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_names_itself_as_it_was_called(self):
        self.assertIn("  sts lint PATH", self.text("lint", "--help", argv0="/opt/sts"))
        self.assertIn("  kubectl sts lint PATH",
                      self.text("lint", "--help", argv0="/usr/bin/kubectl-sts"))

    def test_version(self):
        self.assertRegex(self.text("--version"), r"^kubectl-sts \d+\.\d+\.\d+\n")
        for arguments in (["version"], ["lint", "--version"], ["lint", ".", "--version"]):
            self.assertEqual(self.text(*arguments), self.text("--version"))

    def test_explain(self):
        listing = self.text("explain")
        self.assertIn("STS103  service-not-found ", listing)
        page = self.text("explain", "service-not-found")
        self.assertTrue(page.startswith("# service-not-found (STS103)\n"), page[:80])
        self.assertEqual(self.text("explain", "sts103"), page)
        self.assertEqual(self.text("explain", "103"), page)
        for line in listing.splitlines():
            code, rule = line.split()[:2]
            page = self.text("explain", code)
            self.assertTrue(page.startswith(f"# {rule} ({code})\n"), code)
            self.assertEqual(page, (ROOT / f"docs/rules/{rule}.md").read_text())


class Configuration(CliTest):
    def setUp(self):
        super().setUp()
        self.write("p/a.yaml", FAULTY)

    def test_marks_the_root_and_gives_defaults(self):
        self.write("p/.kubectl-sts.yaml", "namespace: prod\n")
        report = self.report("p/a.yaml", code=1)
        self.assertEqual(report["findings"][0]["object"]["namespace"], "prod")
        report = self.report("-n", "dev", "p/a.yaml", code=1)
        self.assertEqual(report["findings"][0]["object"]["namespace"], "dev")

    def test_unknown_key(self):
        self.write("p/.kubectl-sts.yaml", "# ours\nnamespaces: prod\n")
        out, err = self.lint("p", code=2)
        self.assertEqual(out, "")
        self.assertEqual(
            err,
            'error: p/.kubectl-sts.yaml:2:1: unknown key "namespaces"; did you mean "namespace"?\n',
        )

    def test_is_no_matter_of_kubectl(self):
        for content in ("namespace: a\nnamespace: b\n", "--- a\nnamespace: b\n",
                        "%YAML 1.1\n---\nnamespace: b\n", "namespace: a\n...\nb\n"):
            self.write("p/.kubectl-sts.yaml", content)
            _, err = self.lint("p", code=2)
            self.assertTrue(err.startswith("error: p/.kubectl-sts.yaml:"), err)
            self.assertNotIn("kubectl ", err)
        self.write("p/.kubectl-sts.yaml", "namespace: a\nnamespace: b\n")
        self.assertEqual(
            self.lint("p", code=2)[1],
            'error: p/.kubectl-sts.yaml:2:1: the key "namespace" stands here a second time\n',
        )

    def test_hazards_of_the_parser(self):
        for content in (",", "[],", 'a: "b\n', "[" * 10_000, "&a [*a]"):
            self.write("p/.kubectl-sts.yaml", content)
            _, err = self.lint("p", code=2)
            self.assertTrue(err.startswith("error: p/.kubectl-sts.yaml:1:"), err)
