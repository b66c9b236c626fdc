"""A program of the suite: one source text, the files beside it, and how a package runs it."""
import dataclasses
import os
import re

HEADER = re.compile(r"^(?://|#) (?P<what>.*); runs: (?P<runs>[\w-]+)\n")
INDENT = "    "


@dataclasses.dataclass(frozen=True)
class Program:
    """`runs` says what starts it. npm: preinstall, postinstall, import. PyPI: setup (the text becomes
    the head of setup.py), whole-setup (it is all of setup.py), import, pth."""

    name: str
    language: str  # "javascript" or "python"
    runs: str
    text: str
    malicious: bool
    raw: bytes | None = None  # the file's bytes, where they are not the text in UTF-8
    beside: dict = dataclasses.field(default_factory=dict)  # files in the same folder
    entry: str = ""  # another name for the file itself (npm)
    manifest: dict = dataclasses.field(default_factory=dict)  # replaces fields of package.json
    command: str = "node {entry}"  # what the install hook says (npm)

    def with_text(self, text, **more):
        return dataclasses.replace(self, text=text, **more)

    @property
    def is_javascript(self):
        return self.language == "javascript"

    @property
    def is_package_module(self):
        """Whether the Python text is a package's __init__.py, so that modules beside it are relative."""
        return self.runs in ("import", "pth")

    @property
    def bytes(self):
        return self.text.encode("utf-8") if self.raw is None else self.raw


def read_seeds(folder, language, malicious):
    seeds = []
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            text = source.read()
        header = HEADER.match(text)
        if not header:
            raise SystemExit(f"{folder}/{file}: the first line must say what it does and what runs it")
        seeds.append(Program(file.rsplit(".", 1)[0], language, header["runs"], text[header.end():], malicious))
    return seeds


def indent(text, levels=1):
    """For Python texts without strings that span lines, as the seeds are."""
    return "".join(INDENT * levels + line if line.strip() else line for line in text.splitlines(keepends=True))


def beside_path(program, name):
    """An expression for the path of a file beside the program."""
    if program.is_javascript:
        return f'require("path").join(__dirname, "{name}")'
    return f'__import__("os").path.join(__import__("os").path.dirname(__import__("os").path.abspath(__file__)), "{name}")'
