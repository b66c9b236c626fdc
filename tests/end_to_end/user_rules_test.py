"""--surface, --yara and --house-rules from the outside."""
import json
import re

from support import CLEAN, ROOT, THIEF, EndToEnd, main, npm_tarball, wheel

try:
    import jsonschema
except ImportError:
    jsonschema = None

TOKEN = 'rule token { meta: description = "holds a token" severity = "high" strings: $t = "npmrc" condition: $t }\n'
HOOK = """[[rule]]
name = "hook"
title = "A hook runs node"
severity = "low"
[rule.when.executor]
kind = "npm-script"
command = "node *"
"""


class Surface(EndToEnd):
    def setUp(self):
        super().setUp()
        self.write("thief-1.0.0.tgz", npm_tarball(THIEF))
        self.write("adds-1.0.0.tgz", npm_tarball(CLEAN))

    def test_text_lists_what_runs_and_what_it_can_do(self):
        result = self.assay("scan", "--surface", "thief-1.0.0.tgz")
        self.check(result, 1, "When the package is installed or built", "postinstall setup.js  node setup.js",
                   "sends data", "collect[.]example[.]test", "reads secrets", "setup.js:")
        self.assertNotIn("https://", result.out)
        self.assertNotIn("\033", result.out)

    def test_a_clean_package_has_a_surface_too(self):
        result = self.assay("scan", "--surface", "adds-1.0.0.tgz")
        self.check(result, 0, "main index.js only computes")

    def test_json_follows_the_schema_for_every_kind_of_target_and_with_each(self):
        self.write("packages/a.tgz", npm_tarball(THIEF))
        for name, text in THIEF.items():
            self.write("packages/folder/" + name, text)
        self.write("packages/adds-1.0.0-py3-none-any.whl", wheel({
            "adds/__init__.py": "import os\nos.system('id')\n", "x.pth": "import adds\n",
            "adds-1.0.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: adds\nVersion: 1.0.0\n"}))
        text = self.assay("scan", "--surface", "--each", "packages", "--format", "json").out
        document = json.loads(text)
        self.assertEqual(len(document["reports"]), 3)
        for report in document["reports"]:
            self.assertTrue(report["surface"]["entries"], report["archive"])
        lines = self.reports("--surface", "--each", "packages")
        self.assertEqual([line["surface"] for line in lines], [r["surface"] for r in document["reports"]])
        pth = [entry for entry in lines[1]["surface"]["entries"] if entry["kind"] == ".pth line"]
        self.assertEqual(pth[0]["trigger"], "startup")
        self.assertIn("runs-programs", [each["capability"] for each in pth[0]["capabilities"]])
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((ROOT / "docs/schema/report.schema.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(document)

    def test_sarif_has_no_place_for_it(self):
        self.check(self.assay("scan", "--surface", "--format", "sarif", "thief-1.0.0.tgz"), 2, "--format text, json or jsonl")

    def test_gaps_are_told(self):
        self.write("x-1.0.0.tgz", npm_tarball({**CLEAN, "../../out.js": "1"}))
        self.check(self.assay("scan", "--surface", "x-1.0.0.tgz"), 3, "not examined")


class UserRules(EndToEnd):
    def setUp(self):
        super().setUp()
        self.write("thief-1.0.0.tgz", npm_tarball(THIEF))
        self.write("adds-1.0.0.tgz", npm_tarball({**CLEAN, "index.js": "module.exports = 'npmrc';\n"}))
        self.write("rules/tokens.yar", TOKEN)
        self.write("rules/notes.txt", "no rules")
        self.write("house.toml", HOOK)

    def test_matches_are_findings_with_place_and_weight(self):
        report = self.reports("--yara", "rules", "adds-1.0.0.tgz")[0]
        finding = next(f for f in report["findings"] if f["rule"] == "yara:tokens/token")
        self.assertEqual((finding["severity"], finding["path"], finding["line"]), ("high", "index.js", 1))
        self.assertEqual(finding["message"], "holds a token: $t")
        self.assertEqual(report["verdict"], "review")

    def test_dropped_files_and_decoded_code_are_scanned(self):
        self.write("rules/tokens.yar", 'rule seen { strings: $t = "needle" condition: $t }\n')
        code = "eval(Buffer.from('Y29uc29sZS5sb2coIm5lZWRsZSIp', 'base64').toString())\n"
        self.write("x-1.0.0.tgz", npm_tarball({**CLEAN, "index.js": code, "x.png": b"\x89PNG\r\n\x1a\n" + bytes(2000) + b"needle"}))
        found = [f for f in self.reports("--yara", "rules", "x-1.0.0.tgz")[0]["findings"] if f["rule"] == "yara:tokens/seen"]
        self.assertEqual(sorted((f["path"], "layer" in f) for f in found), [("index.js", True), ("x.png", False)])
        self.assertEqual([f["offset"] for f in found if f["path"] == "x.png"], [2008])

    def test_house_rules_speak_of_facts(self):
        result = self.assay("scan", "--house-rules", "house.toml", "thief-1.0.0.tgz")
        self.check(result, 1, "[house:hook]", "postinstall: node setup.js")

    def test_the_settings_file_names_rules_beside_itself(self):
        self.write("assay.toml", '[rules]\nyara = ["rules"]\nhouse = "house.toml"\n')
        rules = [f["rule"] for f in self.reports("thief-1.0.0.tgz")[0]["findings"]]
        self.assertIn("house:hook", rules)
        self.assertIn("yara:tokens/token", rules)

    def test_the_rules_command_lists_them(self):
        result = self.assay("rules", "--yara", "rules", "--house-rules", "house.toml")
        self.check(result, 0, "yara:tokens/token", "house:hook")
        listed = json.loads(self.assay("rules", "--format", "json", "--yara", "rules").out)
        token = next(rule for rule in listed if rule["id"] == "yara:tokens/token")
        self.assertEqual((token["severity"], token["title"], token["measured"]), ("high", "holds a token", None))

    def test_rules_change_the_hash_of_the_ruleset(self):
        def ruleset(*options):
            return self.reports(*options, "adds-1.0.0.tgz")[0]["ruleset"]
        hashes = [ruleset(), ruleset("--yara", "rules"), ruleset("--house-rules", "house.toml")]
        self.write("rules/tokens.yar", TOKEN + "rule more { condition: false }\n")
        hashes.append(ruleset("--yara", "rules"))
        self.assertEqual(len(set(hashes)), 4)
        self.assertEqual(ruleset(), hashes[0])

    def test_reports_with_them_follow_the_schema(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        text = self.assay("scan", "--format", "json", "--yara", "rules", "--house-rules", "house.toml", "thief-1.0.0.tgz").out
        schema = json.loads((ROOT / "docs/schema/report.schema.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(json.loads(text))
        sarif = json.loads(self.assay("scan", "--format", "sarif", "--yara", "rules", "thief-1.0.0.tgz").out)
        results = [r for r in sarif["runs"][0]["results"] if r["ruleId"] == "yara:tokens/token"]
        self.assertTrue(results)
        self.assertEqual(sarif["runs"][0]["tool"]["driver"]["rules"][results[0]["ruleIndex"]]["id"], "yara:tokens/token")

    def test_an_exception_covers_a_rule_of_the_user(self):
        finding = next(f for f in self.reports("--yara", "rules", "adds-1.0.0.tgz")[0]["findings"])
        self.write("assay.toml", f'[[exception]]\nrule = "yara:tokens/token"\npath = "index.js"\n'
                                 f'sha256 = "{finding["file_sha256"]}"\nreason = "ours"\nexpires = 2999-01-01\n')
        result = self.assay("scan", "--yara", "rules", "adds-1.0.0.tgz")
        self.check(result, 0, "excepted")
        self.assertNotIn("does not exist", result.err)

    def test_what_is_no_good_is_an_error_of_usage_before_anything_is_written(self):
        self.write("bad.yar", "rule a {\n condition: nothing }\n")
        self.write("bad.toml", HOOK.replace("command", "comand"))
        for options, parts in ((["--yara", "bad.yar"], ["bad.yar:2: ", "nothing", "correct the rule"]),
                               (["--yara", "absent"], ["absent: "]),
                               (["--house-rules", "bad.toml"], ["bad.toml:7:1: ", "did you mean 'command'?"]),
                               (["--house-rules", "absent.toml"], ["absent.toml: "])):
            result = self.assay("scan", "-o", "out.json", *options, "adds-1.0.0.tgz")
            self.check(result, 2, *parts)
            self.assertFalse((self.folder / "out.json").exists())
            self.assertEqual(result.out, "")

    def test_a_slow_rule_leaves_a_gap(self):
        self.write("rules/slow.yar", "rule slow { strings: $a = /[A-Za-z0-9+\\/]{200,}={0,2}/ condition: #a > 1000000 }\n")
        self.write("x-1.0.0.tgz", npm_tarball({**CLEAN, "data.txt": "A" * (3 << 20)}))
        result = self.assay("scan", "--yara", "rules", "x-1.0.0.tgz")
        self.check(result, 3, "data.txt: YARA rules took longer than 5 s (budget)")

    def test_a_thousand_rules_are_no_burden(self):
        for i in range(1000):
            self.write(f"many/r{i}.yar", f'rule r{i} {{ strings: $a = "word{i}x" $b = /id{i}=[0-9]{{4,9}}/ condition: any of them }}\n')
        self.write("x-1.0.0.tgz", npm_tarball({**CLEAN, "a.txt": "a word77x b"}))
        findings = self.reports("--yara", "many", "x-1.0.0.tgz")[0]["findings"]
        self.assertEqual([f["rule"] for f in findings if f["rule"].startswith("yara:")], ["yara:r77/r77"])

    def test_text_of_rules_is_escaped(self):
        self.write("rules/tokens.yar", 'rule a { meta: description = "x \\x1b[31m https://evil.example.test" condition: true }\n')
        result = self.assay("scan", "--yara", "rules", "adds-1.0.0.tgz")
        self.assertNotIn("\x1b", result.out)
        self.assertNotIn("https://evil", result.out)
        self.assertTrue(re.search(r"hxxps://evil\[.\]example", result.out), result)


if __name__ == "__main__":
    main()
