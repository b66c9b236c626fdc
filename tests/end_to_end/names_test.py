"""assay names and assay db names from the outside."""
import json
import os

from support import ROOT, EndToEnd, main


class Names(EndToEnd):
    def test_an_imitation_is_1_and_names_its_target(self):
        self.check(self.assay("names", "pypi:reqeusts"), 1, "review", "`requests` (rank 6)")
        self.check(self.assay("names", "npm:crossenv", "pypi:requests"), 1, "cross-env", "popular itself")
        self.check(self.assay("names", "--fail-on", "block", "pypi:reqeusts"), 0, "review")

    def test_an_honest_name_is_0(self):
        self.check(self.assay("names", "npm:lodash", "pypi:requests-mock", "pkg:npm/react@18"), 0)
        self.check(self.assay("names", "--ecosystem", "npm", "@types/node"), 0, "popular itself")

    def test_a_list_comes_on_standard_input(self):
        result = self.assay("names", "--ecosystem", "pypi", "--quiet", "-",
                            input="requests\n# no name\n\nurllib4\r\nnpm:lodahs")
        self.check(result, 1, "pypi:urllib4", "npm:lodahs")
        self.assertEqual(len(result.out.splitlines()), 2)
        self.check(self.assay("names", "-", input=""), 4)

    def test_json_lines_are_as_the_schema_says(self):
        schema = json.loads((ROOT / "docs/schema/names.schema.json").read_text())
        result = self.assay("names", "--format", "jsonl", "npm:@bable/core", "npm:lodash", "npm:zzqqxxyyvv")
        self.check(result, 1)
        records = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual([record["verdict"] for record in records], ["review", "allow", "allow"])
        kinds = schema["$defs"]["kind"]["enum"]
        for record in records:
            self.assertLessEqual(set(record), set(schema["properties"]))
            for relation in record["relations"]:
                self.assertIn(relation["relation"], kinds)
        self.assertEqual(records[0]["target"], "@babel/core")
        self.assertIsNone(records[2]["target"])

    def test_hostile_names_are_shown_escaped(self):
        result = self.assay("names", "--ecosystem", "npm", "-", "--format", "jsonl",
                            input="\x1b[31mred\n" + "a" * 100_000 + "\nl\u043edash\n")
        self.check(result, 1)
        self.assertNotIn("\x1b", result.out + result.err)
        records = [json.loads(line) for line in result.out.splitlines()]
        self.assertIn("error", records[0])
        self.assertIn("error", records[1])
        self.assertEqual(records[2]["relation"], "foreign-letters")

    def test_misuse_is_2(self):
        self.check(self.assay("names"), 2, "NAME is required")
        self.check(self.assay("names", "lodash"), 2, "say npm:lodash or pypi:lodash")
        self.check(self.assay("names", "npm:a b"), 2, "no npm package name")
        self.check(self.assay("db"), 2)
        self.check(self.assay("db", "names"), 2)

    def test_a_list_of_ones_own_replaces_the_carried_one(self):
        self.write("mine.tsv", b"name\tdownloads\nourtool\t900\nourlib\t30\n")
        self.check(self.assay("names", "pypi:ourtol"), 0)
        self.check(self.assay("db", "names", "--pypi", "mine.tsv"), 0, "2 PyPI names")
        self.check(self.assay("names", "pypi:ourtol", "npm:crossenv"), 1, "`ourtool` (rank 1)", "cross-env")

    def test_a_broken_index_is_left_out_with_advice(self):
        self.write("mine.txt", b"ourtool\n")
        self.check(self.assay("db", "names", "--npm", "mine.txt"), 0)
        index = [os.path.join(folder, name) for folder, _, names in os.walk(self.home)
                 for name in names if name == "names.index"][0]
        with open(index, "r+b") as file:
            file.seek(5000)
            file.write(b"broken")
        self.check(self.assay("names", "pypi:reqeusts"), 1, "checksum", "assay db names", "requests")

    def test_a_broken_list_is_refused_with_its_line(self):
        self.write("bad.tsv", b"name\tcount\nx\tmany\n")
        self.check(self.assay("db", "names", "--npm", "bad.tsv"), 3, "bad.tsv", "line 2")
        self.check(self.assay("db", "names", "--npm", "absent.tsv"), 3, "absent.tsv")


if __name__ == "__main__":
    main()
