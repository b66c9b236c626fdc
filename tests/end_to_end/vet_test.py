"""`assay vet` against a registry on loopback, whose documents have the shape of real ones."""
import base64
import hashlib
import json

from support import CLEAN, CLEAN_PYTHON, ROOT, THIEF, EndToEnd, Registry, main, npm_tarball, tarball, wheel

try:
    import jsonschema
except ImportError:
    jsonschema = None

LONG_AGO = "2019-05-01T10:00:00.000Z"


class Vet(EndToEnd):
    def setUp(self):
        super().setUp()
        self.registry = Registry()
        self.addCleanup(self.registry.close)
        self.variables["npm_config_registry"] = self.registry.url + "/"
        self.variables["PIP_INDEX_URL"] = self.registry.url + "/simple"

    def serve_npm(self, name, files, version="1.0.0", fields=None, document=None):
        """The full document, as the registry of the clients' own default serves it."""
        archive = npm_tarball(files)
        path = f"/{name}/-/{name}-{version}.tgz"
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
        manifest = {**json.loads(files["package.json"]), **(fields or {})}
        manifest["dist"] = {"tarball": self.registry.url + path, "integrity": integrity,
                            **manifest.get("dist", {})}
        whole = {"_id": name, "name": name, "dist-tags": {"latest": version},
                 "description": manifest.get("description", ""),
                 "versions": {version: manifest},
                 "time": {"created": LONG_AGO, "modified": LONG_AGO, version: LONG_AGO},
                 "maintainers": [{"name": "ann", "email": "ann@mail.example.test"}], **(document or {})}
        self.registry.pages["/" + name] = ("application/json", json.dumps(whole).encode())
        self.registry.pages[path] = ("application/octet-stream", archive)

    def serve_pypi(self, files=None, meta=None, project=None):
        info = "adds-1.0.0.dist-info/"
        archives = files or {
            "adds-1.0.0.tar.gz": tarball({"adds-1.0.0/" + k: v for k, v in CLEAN_PYTHON.items()}),
            "adds-1.0.0-py3-none-any.whl": wheel({
                "adds/__init__.py": CLEAN_PYTHON["adds/__init__.py"], info + "METADATA": CLEAN_PYTHON["PKG-INFO"],
                info + "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
                info + "RECORD": f"adds/__init__.py,,\n{info}METADATA,,\n{info}WHEEL,,\n{info}RECORD,,\n"})}
        self.registry.publish_pypi("adds", archives)
        kind, body = self.registry.pages["/simple/adds/"]
        page = {**json.loads(body), **(meta or {})}
        for file in page["files"]:
            file["upload-time"] = LONG_AGO
        self.registry.pages["/simple/adds/"] = (kind, json.dumps(page).encode())
        if project is not None:
            self.registry.pages["/pypi/adds/json"] = ("application/json", json.dumps(project).encode())

    def page(self, *arguments):
        return json.loads(self.assay("vet", "--format", "jsonl", *arguments).out.splitlines()[0])

    def line(self, page, label):
        for section in page["sections"]:
            for line in section["lines"]:
                if line["label"] == label:
                    return line
        self.fail(f"no line {label}: {json.dumps(page['sections'], indent=1)}")


class Answers(Vet):
    def test_a_harmless_package_may_be_installed_and_the_page_says_why(self):
        self.serve_npm("adds", CLEAN)
        result = self.assay("vet", "npm:adds")
        self.check(result, 0, "install  adds@1.0.0 (npm)", "1. nothing dangerous was found", "first published",
                   "2019-05-01")
        page = self.page("npm:adds")
        self.assertEqual((page["answer"], page["verdict"], page["complete"]), ("install", "allow", True))
        self.assertEqual(self.line(page, "may publish")["text"], "ann")

    def test_a_thief_must_not_be_and_the_first_reason_names_what_it_takes(self):
        self.serve_npm("thief", THIEF)
        self.check(self.assay("vet", "npm:thief"), 1, "don't install  thief@1.0.0", "1. setup.js")
        page = self.page("npm:thief")
        self.assertEqual(page["answer"], "dont-install")
        self.assertLessEqual(len(page["reasons"]), 3)
        self.assertIn("rule", page["reasons"][0])

    def test_of_a_pypi_release_all_archives_count(self):
        self.serve_pypi(project={"info": {"summary": "Adds numbers"},
                                 "ownership": {"organization": None, "roles": [{"role": "Owner", "user": "ann"}]}})
        page = self.page("pypi:adds")
        self.assertEqual(page["answer"], "install", page)
        self.assertEqual([a["archive"] for a in page["artifacts"]],
                         ["adds-1.0.0.tar.gz", "adds-1.0.0-py3-none-any.whl"])
        self.assertEqual(self.line(page, "may publish")["text"], "ann")
        self.assertEqual(self.line(page, "wheel and sdist")["text"], "the same 1 module")

    def test_a_package_that_does_not_exist_must_not_be_installed(self):
        page = self.page("npm:absent")
        self.assertEqual((page["answer"], page["verdict"]), ("dont-install", None))
        self.check(self.assay("vet", "npm:absent"), 3, "don't install", "no package named absent")

    def test_a_project_in_quarantine_must_not_be_installed(self):
        self.serve_pypi(meta={"meta": {"api-version": "1.4"}, "project-status": {"status": "quarantined"}})
        self.check(self.assay("vet", "pypi:adds"), 1, "don't install", "project-quarantined")

    def test_a_manifest_stands_for_its_direct_dependencies(self):
        self.serve_npm("adds", CLEAN)
        self.serve_pypi()
        self.write("package.json", json.dumps({"dependencies": {"adds": "^1.0.0", "far": "git+https://x.example.test/y"},
                                               "devDependencies": {"absent": "*"}}))
        self.write("requirements.txt", "adds>=1\n")
        result = self.assay("vet", "--format", "jsonl", ".")
        pages = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual({p["target"]: p["answer"] for p in pages},
                         {"npm:adds@^1.0.0": "install", "npm:far@git+https://x.example.test/y": "look-first",
                          "npm:absent@*": "dont-install", "pypi:adds>=1": "install"})
        self.assertEqual(result.code, 3)

    def test_what_is_no_name_and_no_manifest_is_a_usage_error(self):
        self.write("a.tgz", b"x")
        for target in ("npm:", "a.tgz", "nothing.txt"):
            self.assertIn(self.assay("vet", target).code, (2, 3), target)


class Metadata(Vet):
    def test_what_the_registry_does_not_tell_is_unknown_with_its_reason(self):
        self.registry.publish_npm("adds", "1.0.0", npm_tarball(CLEAN))  # As mirrors do.
        page = self.page("npm:adds")
        self.assertEqual(page["answer"], "install")
        for label in ("this release", "published by", "may publish", "provenance", "signature", "downloads"):
            line = self.line(page, label)
            self.assertEqual(line["status"], "unknown", line)
            self.assertNotEqual(line["text"], "", line)

    def test_a_script_that_the_registry_does_not_list_is_shown(self):
        files = {**CLEAN, "package.json": CLEAN["package.json"].replace(
            '"main"', '"scripts": {"postinstall": "node index.js"}, "main"')}
        self.serve_npm("adds", files, fields={"scripts": {}})
        page = self.page("npm:adds")
        self.assertEqual(page["answer"], "look-first")
        self.assertEqual(self.line(page, "manifest")["rule"], "manifest-confusion")

    def test_lost_provenance_is_shown(self):
        old = {"name": "adds", "version": "0.9.0",
               "dist": {"signatures": [{"keyid": "k", "sig": "AAAA"}],
                        "attestations": {"provenance": {"predicateType": "p"}}}}
        self.serve_npm("adds", CLEAN, fields={"dist": {"signatures": [{"keyid": "k", "sig": "AAAA"}]}})
        kind, body = self.registry.pages["/adds"]
        whole = json.loads(body)
        whole["versions"]["0.9.0"] = old
        whole["time"]["0.9.0"] = "2018-01-01T00:00:00Z"
        self.registry.pages["/adds"] = (kind, json.dumps(whole).encode())
        line = self.line(self.page("npm:adds"), "provenance")
        self.assertEqual((line["status"], line["rule"]), ("concern", "trust-downgraded"))

    def test_known_malware_is_blocked_and_another_version_is_not(self):
        self.serve_npm("adds", CLEAN)
        self.assertEqual(self.line(self.page("npm:adds"), "advisories")["status"], "unknown")
        for versions, code, label in ((["1.0.0"], 1, "malware"), (["6.6.6"], 0, "advisories")):
            self.write("1.json", json.dumps({"id": "MAL-2026-1", "affected": [
                {"package": {"ecosystem": "npm", "name": "adds"}, "versions": versions}]}))
            self.check(self.assay("db", "update", "1.json"), 0)
            self.check(self.assay("vet", "--fail-on", "block", "npm:adds"), code)
            self.assertIsNotNone(self.line(self.page("npm:adds"), label))

    def test_a_name_like_a_better_known_one_is_told(self):
        young = {"time": {"created": "2026-01-01T00:00:00.000Z", "1.0.0": "2026-01-01T00:00:00.000Z"}}
        files = {**CLEAN, "package.json": CLEAN["package.json"].replace('"adds"', '"lodahs"')}
        self.serve_npm("lodahs", files, document=young)
        self.check(self.assay("vet", "npm:lodahs"), 1, "`lodahs` for `lodash`", "name-imitates")

    def test_a_signature_is_verified_with_the_keys_that_the_registry_serves(self):
        # Made for "demo@1.0.0:sha512-AAAA" by a key that was thrown away.
        key = ("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4++FUP/S+G1l+xNuxwIFrIcAPUhP1j7QKa2NmQzQU7Ya"
               "n59ErKuFBSQR2WPwq5izc0lcamsExPpuk1Le0Xp6gw==")
        signature = ("MEQCIEcRZaCueWV73TG2nZb5GSRzcwDV08V22hDR4W1oayapAiA0pF5inWIbyi1bwETQaggQLcB8g4KLc/nV"
                     "lGEoBg1Lfg==")
        self.serve_npm("adds", CLEAN, fields={"dist": {"signatures": [{"keyid": "SHA256:k", "sig": signature}]}})
        self.assertEqual(self.line(self.page("npm:adds"), "signature")["status"], "unknown")  # No keys are served.
        self.registry.pages["/-/npm/v1/keys"] = (
            "application/json", json.dumps({"keys": [{"keyid": "SHA256:k", "key": key, "expires": None}]}).encode())
        self.variables["XDG_CACHE_HOME"] = str(self.home / "other-cache")
        line = self.line(self.page("npm:adds"), "signature")
        self.assertEqual((line["rule"], line["severity"]), ("signature-wrong", "high"))

    def test_provenance_of_python_files_names_its_publisher(self):
        url = self.registry.url + "/integrity/adds"
        self.serve_pypi()
        kind, body = self.registry.pages["/simple/adds/"]
        page = json.loads(body)
        page["meta"] = {"api-version": "1.3"}
        for file in page["files"]:
            file["provenance"] = url
        self.registry.pages["/simple/adds/"] = (kind, json.dumps(page).encode())
        self.registry.pages["/integrity/adds"] = ("application/json", json.dumps(
            {"version": 1, "attestation_bundles": [{"publisher": {
                "kind": "GitHub", "repository": "adders/adds", "workflow": "release.yml"}}]}).encode())
        self.assertEqual(self.line(self.page("pypi:adds"), "provenance")["text"],
                         "trusted publisher: GitHub adders/adds release.yml")

    def test_a_module_that_only_the_wheel_has_is_shown(self):
        info = "adds-1.0.0.dist-info/"
        self.serve_pypi({
            "adds-1.0.0.tar.gz": tarball({"adds-1.0.0/" + k: v for k, v in CLEAN_PYTHON.items()}),
            "adds-1.0.0-py3-none-any.whl": wheel({
                "adds/__init__.py": CLEAN_PYTHON["adds/__init__.py"], "adds/more.py": "x = 1\n",
                info + "METADATA": CLEAN_PYTHON["PKG-INFO"], info + "WHEEL": "Wheel-Version: 1.0\n",
                info + "RECORD": f"adds/__init__.py,,\nadds/more.py,,\n{info}METADATA,,\n{info}WHEEL,,\n{info}RECORD,,\n"})})
        line = self.line(self.page("pypi:adds"), "wheel and sdist")
        self.assertEqual((line["status"], line["rule"]), ("concern", "wheel-differs"))
        self.assertIn("adds/more.py", line["text"])

    def test_people_who_came_and_releases_that_were_withdrawn_are_shown(self):
        self.serve_npm("adds", CLEAN, fields={"deprecated": "use sums", "_npmUser": {"name": "eve"},
                                              "maintainers": [{"name": "ann"}, {"name": "eve"}]})
        kind, body = self.registry.pages["/adds"]
        whole = json.loads(body)
        whole["versions"]["0.9.0"] = {"name": "adds", "version": "0.9.0", "_npmUser": {"name": "ann"},
                                      "maintainers": [{"name": "ann"}]}
        whole["time"]["0.9.0"] = "2012-01-01T00:00:00Z"
        self.registry.pages["/adds"] = (kind, json.dumps(whole).encode())
        page = self.page("npm:adds")
        self.assertEqual(self.line(page, "deprecated")["text"], "use sums")
        self.assertEqual(self.line(page, "joined")["text"], "eve, since 0.9.0")
        self.assertEqual(self.line(page, "published by")["rule"], "new-publisher")
        self.assertEqual(self.line(page, "quiet before it")["status"], "concern")

    def test_documents_of_a_wrong_shape_are_unknown_and_no_crash(self):
        self.serve_npm("adds", CLEAN, document={"time": [1], "maintainers": "x", "readme": {}})
        self.assertEqual(self.page("npm:adds")["answer"], "install")
        self.serve_pypi(project={"info": 3})
        self.registry.pages["/pypi/adds/json"] = ("application/json", b"{")
        page = self.page("pypi:adds")
        self.assertEqual(page["answer"], "install")
        self.assertEqual(self.line(page, "may publish")["status"], "unknown")

    def test_hostile_text_of_a_registry_is_escaped(self):
        self.serve_npm("adds", CLEAN, document={"description": "\x1b[2Jhi \u202e", "maintainers": [
            {"name": "\x1b]0;x\x07"}]})
        for format_name in ("text", "json"):
            out = self.assay("vet", "--format", format_name, "npm:adds").out
            self.assertNotIn("\x1b", out)
            self.assertNotIn("\u202e", out)


class Forges(Vet):
    """A package whose repository is on GitHub, which a second server on loopback stands in for."""

    def setUp(self):
        super().setUp()
        self.forge = Registry()
        self.addCleanup(self.forge.close)
        self.variables["GITHUB_API_URL"] = self.forge.url
        self.variables["GITHUB_TOKEN"] = "ghp_secret"
        self.write("assay.toml", f'[forge]\nscorecard = "{self.forge.url}/score/"\n')
        self.answer("/repos/ann/adds", {"full_name": "ann/adds", "archived": True, "fork": False,
                                        "stargazers_count": 41, "forks_count": 1,
                                        "created_at": "2019-01-01T00:00:00Z", "pushed_at": "2024-01-01T00:00:00Z"})
        self.answer("/score/projects/github.com/ann/adds", {"date": "2026-01-01", "score": 6.1, "checks": []})
        files = {**CLEAN, "package.json": CLEAN["package.json"].replace("https://code.example.test/adds.git", "ann/adds")}
        self.serve_npm("adds", files)

    def answer(self, path, document):
        self.forge.pages[path] = ("application/json", json.dumps(document).encode())

    def test_what_the_forge_tells_is_on_the_page(self):
        page = self.page("npm:adds")
        self.assertEqual(self.line(page, "stars")["text"], "41")
        self.assertEqual(self.line(page, "archived")["rule"], "repository-archived")
        self.assertEqual(self.line(page, "scorecard")["text"], "6.1 of 10, 2026-01-01")
        self.assertEqual(self.line(page, "commits")["status"], "unknown")  # Not served.
        # There is no git on this machine.
        self.assertIn("git is not installed", self.line(page, "repository")["text"])

    def test_the_token_goes_to_the_forge_and_to_nobody_else(self):
        self.page("npm:adds")
        for path, authorization in zip(self.forge.requests, self.forge.authorizations):
            self.assertEqual(authorization, None if path.startswith("/score/") else "Bearer ghp_secret", path)
        self.assertEqual(set(self.registry.authorizations), {None})

    def test_a_token_is_not_sent_where_a_file_says(self):
        del self.variables["GITHUB_API_URL"]
        self.write("assay.toml", f'[forge]\ngithub = "{self.forge.url}"\nscorecard = "{self.forge.url}/score/"\n')
        self.assertEqual(self.line(self.page("npm:adds"), "stars")["text"], "41")
        self.assertEqual(set(self.forge.authorizations), {None})

    def test_a_rate_limit_is_told_with_its_end_and_asked_once(self):
        self.forge.limited = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800"}
        page = self.page("npm:adds")
        self.assertIn("rate limit, resets at", self.line(page, "project")["text"])
        self.assertEqual(len(self.forge.requests), 1)
        self.assertEqual(page["answer"], "install")

    def test_what_the_forge_told_is_known_offline(self):
        self.page("npm:adds")
        asked = len(self.forge.requests)
        self.assertEqual(self.line(self.page("--offline", "npm:adds"), "stars")["text"], "41")
        self.assertEqual(len(self.forge.requests), asked)

    def test_nobody_is_asked_without_the_repository(self):
        page = self.page("--no-repository", "npm:adds")
        self.assertIn("--no-repository", self.line(page, "repository")["text"])
        self.assertEqual(self.forge.requests, [])


class Offline(Vet):
    def test_what_was_asked_once_is_known_offline_with_its_age(self):
        self.serve_npm("adds", CLEAN)
        self.check(self.assay("vet", "npm:adds"), 0)
        asked = len(self.registry.requests)
        page = self.page("--offline", "npm:adds")
        self.assertEqual((page["answer"], page["complete"]), ("install", True))
        self.assertIn("age_s", self.line(page, "may publish"))
        self.assertEqual(len(self.registry.requests), asked)

    def test_offline_without_a_cache_nothing_is_asked_and_nothing_is_good(self):
        page = self.page("--offline", "npm:adds")
        self.assertEqual(self.registry.requests, [])
        self.assertFalse(page["complete"])
        self.assertNotEqual(page["answer"], "install")
        self.assertIn("--offline", page["error"]["message"])

    def test_a_registry_that_is_gone_leaves_what_was_known(self):
        self.serve_npm("adds", CLEAN)
        self.check(self.assay("vet", "npm:adds"), 0)
        self.registry.close()
        self.check(self.assay("vet", "npm:adds"), 0, "install  adds")


class Formats(Vet):
    def test_json_keeps_the_promises_of_its_schema(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((ROOT / "docs/schema/vet.schema.json").read_text())
        report = json.loads((ROOT / "docs/schema/report.schema.json").read_text())
        self.serve_npm("adds", CLEAN)
        self.serve_npm("thief", THIEF)
        self.serve_pypi()
        document = json.loads(self.assay("vet", "--format", "json", "npm:adds", "npm:thief", "npm:absent",
                                         "pypi:adds").out)
        jsonschema.Draft202012Validator(schema).validate(document)
        self.assertEqual(len(document["packages"]), 4)
        line_schema = {"$ref": "#/$defs/report", "$defs": report["$defs"]}
        for page in document["packages"]:
            for artifact in page["artifacts"]:
                jsonschema.Draft202012Validator(line_schema).validate(artifact)
            jsonschema.Draft202012Validator({"$ref": "#/$defs/page", "$defs": schema["$defs"]}).validate(page)

    def test_sarif_holds_the_findings(self):
        self.serve_npm("thief", THIEF)
        log = json.loads(self.assay("vet", "--format", "sarif", "npm:thief").out)
        self.assertTrue(log["runs"][0]["results"])

    def test_quiet_is_silent_about_what_may_be_installed(self):
        self.serve_npm("adds", CLEAN)
        self.assertEqual(self.assay("vet", "-q", "npm:adds").out, "")


if __name__ == "__main__":
    main()
