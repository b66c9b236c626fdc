"""Packages by name, from a registry on loopback."""
import os
import signal
import subprocess

from support import CLEAN, CLEAN_PYTHON, PROGRAM, THIEF, EndToEnd, Registry, main, npm_tarball, tarball, wheel


class ByName(EndToEnd):
    def setUp(self):
        super().setUp()
        self.registry = Registry()
        self.addCleanup(self.registry.close)
        self.variables["npm_config_registry"] = self.registry.url + "/"
        self.variables["PIP_INDEX_URL"] = self.registry.url + "/simple"

    def test_an_npm_package_is_fetched_and_judged(self):
        self.registry.publish_npm("adds", "1.0.0", npm_tarball(CLEAN))
        self.registry.publish_npm("thief", "1.0.0", npm_tarball(THIEF))
        self.check(self.assay("scan", "npm:adds"), 0, "allow  adds@1.0.0 (npm)")
        self.check(self.assay("scan", "npm:thief@1.0.0"), 1, "block")
        self.check(self.assay("scan", "pkg:npm/thief@1.0.0"), 1, "block")
        report = self.reports("npm:thief")[0]
        self.assertEqual((report["target"], report["purl"]), ("npm:thief", "pkg:npm/thief@1.0.0"))

    def test_of_a_pypi_release_the_sdist_and_a_wheel_are_judged(self):
        info = "adds-1.0.0.dist-info/"
        self.registry.publish_pypi("adds", {
            "adds-1.0.0.tar.gz": tarball({"adds-1.0.0/" + k: v for k, v in CLEAN_PYTHON.items()}),
            "adds-1.0.0-py3-none-any.whl": wheel({
                "adds/__init__.py": "x = 1\n", info + "METADATA": CLEAN_PYTHON["PKG-INFO"],
                info + "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
                info + "RECORD": f"adds/__init__.py,,\n{info}METADATA,,\n{info}WHEEL,,\n{info}RECORD,,\n"})})
        for target in ("pypi:adds", "pypi:adds==1.0.0", "pypi:adds@1.0.0"):
            reports = self.reports(target)
            self.assertEqual([(r["archive"], r["verdict"]) for r in reports],
                             [("adds-1.0.0.tar.gz", "allow"), ("adds-1.0.0-py3-none-any.whl", "allow")])

    def test_bytes_that_differ_from_what_the_registry_publishes_are_not_even_read(self):
        self.registry.publish_npm("adds", "1.0.0", npm_tarball(CLEAN), integrity="sha512-" + "A" * 86 + "==")
        result = self.assay("scan", "npm:adds")
        self.check(result, 3, "integrity")
        self.assertNotIn("allow", result.out)

    def test_an_unknown_package_is_not_examined(self):
        self.check(self.assay("scan", "npm:absent"), 3, "absent")
        self.registry.publish_npm("adds", "1.0.0", npm_tarball(CLEAN))
        self.check(self.assay("scan", "npm:adds@9.9.9"), 3, "9.9.9")

    def test_a_registry_that_cannot_be_reached_is_5(self):
        self.registry.close()
        self.check(self.assay("scan", "npm:adds"), 5, "not examined")

    def test_offline_nothing_is_asked(self):
        self.check(self.assay("scan", "--offline", "npm:adds"), 3, "--offline")
        self.variables["ASSAY_OFFLINE"] = "1"
        self.check(self.assay("scan", "npm:adds"), 3, "--offline")
        self.assertEqual(self.registry.requests, [])

    def test_the_settings_may_name_the_registry(self):
        self.registry.publish_npm("adds", "1.0.0", npm_tarball(CLEAN))
        self.variables["npm_config_registry"] = "http://127.0.0.1:1/"
        self.write("assay.toml", f'[registry]\nnpm = "{self.registry.url}/"\n')
        self.check(self.assay("scan", "npm:adds"), 0)

    def test_names_that_make_no_sense_are_usage_errors(self):
        for target in ("npm:", "npm:../x", "pypi:a b", "pypi:", "pkg:npm/", "pkg:cargo/x"):
            self.assertIn(self.assay("scan", target).code, (2, 3), target)
        self.assertEqual(self.registry.requests, [])

    def test_an_interrupt_ends_at_once_with_130_and_leaves_nothing(self):
        self.registry.hangs = True
        process = subprocess.Popen([PROGRAM, "scan", "npm:adds", "-o", "report.json"], cwd=self.folder,
                                   env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertTrue(self.registry.arrived.wait(60))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(os.listdir(self.folder), [])


if __name__ == "__main__":
    main()
