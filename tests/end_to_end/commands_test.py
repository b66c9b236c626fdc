"""The commands besides scan, settings, misuse, and whether the documents know the options."""
import json
import re

from support import CLEAN, ROOT, THIEF, EndToEnd, main, npm_tarball


class Commands(EndToEnd):
    def test_without_arguments_the_help_is_shown(self):
        self.check(self.assay(), 2, "Examples:", "assay scan")
        self.check(self.assay("--help"), 0, "Examples:")
        for command in ("scan", "names", "db", "rules", "explain", "doctor"):
            self.check(self.assay(command, "--help"), 0, "Example")

    def test_the_version_names_the_ruleset(self):
        result = self.assay("--version")
        self.check(result, 0)
        self.assertRegex(result.out, r"^assay \d+\.\d+\.\d+ \(ruleset [0-9a-f]{16}, \d+ rules\)\n$")

    def test_misuse_is_2_and_says_what_is_wrong(self):
        for arguments, message in (
                (["scna", "x"], "did you mean 'scan'?"),
                (["scan"], "TARGET is required"),
                (["scan", "--nope", "x"], "--nope"),
                (["scan", "--format", "xml", "x"], "none of text, json, jsonl, sarif"),
                (["scan", "--fail-on", "warn", "x"], "none of review, block, never"),
                (["scan", "--jobs", "0", "x"], "from 1 to"),
                (["scan", "--jobs"], "--jobs"),
                (["scan", ""], "empty"),
                (["scan", "--config", "absent.toml", "x"], "absent.toml"),
                (["explain"], "RULE is required"),
                (["rules", "--format", "xml"], "xml")):
            result = self.assay(*arguments)
            self.check(result, 2, message)
            self.assertEqual(result.out, "")

    def test_a_file_may_have_the_name_of_a_command(self):
        self.write("rules", npm_tarball(CLEAN))
        self.check(self.assay("scan", "rules"), 0, "adds@1.0.0")

    def test_rules_are_listed_and_explained(self):
        rules = json.loads(self.assay("rules", "--format", "json").out)
        self.assertGreater(len(rules), 20)
        text = self.assay("rules").out
        for rule in rules:
            self.assertIn(rule["id"] + " ", text)
            self.check(self.assay("explain", rule["id"]), 0, rule["id"], "Why it matters", "Harmless when")

    def test_a_misspelt_rule_is_2_with_the_one_that_was_meant(self):
        rule = json.loads(self.assay("rules", "--format", "json").out)[0]["id"]
        self.check(self.assay("explain", rule[:-1] + "x"), 2, f"did you mean '{rule}'?")
        self.check(self.assay("explain", "\x1b[31m"), 2, "\\x1b[31m")

    def test_the_doctor_finds_the_program_well(self):
        self.check(self.assay("doctor"), 0, "npm incident replica", "block", "All is well.")
        self.write("assay.toml", "nonsense = 1\n")
        self.check(self.assay("doctor"), 5, "nonsense")


class SettingsFiles(EndToEnd):
    def setUp(self):
        super().setUp()
        self.write("thief.tgz", npm_tarball(THIEF))

    def test_flags_win_over_variables_over_the_project_over_the_user(self):
        config = self.home / ".config/assay/assay.toml"
        config.parent.mkdir(parents=True)
        config.write_text('fail_on = "never"\n')
        self.check(self.assay("scan", "thief.tgz"), 0)
        self.write("assay.toml", 'fail_on = "block"\n')
        self.check(self.assay("scan", "thief.tgz"), 1)
        self.variables["ASSAY_FAIL_ON"] = "never"
        self.check(self.assay("scan", "thief.tgz"), 0)
        self.check(self.assay("scan", "--fail-on", "review", "thief.tgz"), 1)

    def test_what_is_misspelt_is_2_and_says_where(self):
        self.write("assay.toml", '\nfial_on = "block"\n')
        self.check(self.assay("scan", "thief.tgz"), 2, "assay.toml:2:1", "did you mean 'fail_on'?")
        self.write("assay.toml", "[=")
        self.check(self.assay("scan", "thief.tgz"), 2, "assay.toml")
        self.write("assay.toml", "")
        self.variables["ASSAY_JOBS"] = "many"
        self.check(self.assay("scan", "thief.tgz"), 2, "ASSAY_JOBS")

    def exceptions_for(self, report, expires="2999-12-31"):
        return "".join(
            f'[[exception]]\nrule = "{finding["rule"]}"\npath = "{finding["path"]}"\n'
            f'sha256 = "{finding["file_sha256"]}"\nreason = "read by us"\nexpires = {expires}\n\n'
            for finding in report["findings"])

    def test_exceptions_made_from_a_report_cover_exactly_what_was_seen(self):
        report = self.reports("thief.tgz")[0]
        self.write("assay.toml", self.exceptions_for(report))
        self.check(self.assay("scan", "thief.tgz"), 0, "excepted", "read by us")
        changed = dict(THIEF)
        changed["setup.js"] += "// changed\n"
        self.write("thief.tgz", npm_tarball(changed))
        self.check(self.assay("scan", "thief.tgz"), 1)

    def test_an_exception_that_has_expired_is_named_and_covers_nothing(self):
        report = self.reports("thief.tgz")[0]
        self.write("assay.toml", self.exceptions_for(report, "2001-01-01"))
        self.check(self.assay("scan", "thief.tgz"), 1, "has expired")

    def test_a_folder_that_is_examined_cannot_except_itself(self):
        for name, text in THIEF.items():
            self.write("pkg/" + name, text)
        report = self.reports("pkg")[0]
        self.write("pkg/assay.toml", self.exceptions_for(report) + "")
        folder = self.folder / "pkg"
        self.check(self.assay("scan", ".", cwd=folder), 1, "part of what is examined")
        self.check(self.assay("scan", ".", "--config", "assay.toml", cwd=folder), 0)


class Documents(EndToEnd):
    def test_the_man_page_and_the_completions_know_every_option(self):
        documents = {name: (ROOT / name).read_text().replace("\\-", "-") for name in (
            "docs/man/assay.1", "completions/assay.bash", "completions/_assay", "completions/assay.fish")}
        for command in ("scan", "names", "db names", "rules"):
            for option in re.findall(r"--([a-z][a-z-]+)", self.assay(*command.split(), "--help").out):
                for name, text in documents.items():
                    self.assertRegex(text, rf"(--|-l |-l){option}\b", f"{name} does not know --{option}")


if __name__ == "__main__":
    main()
