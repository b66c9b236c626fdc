"""The program stands in other files than where one looks."""
import base64
import dataclasses
import json
import struct
import zlib

from .. import javascript, python
from ..program import beside_path
from ..registry import transform


def with_files(program, text, files):
    return dataclasses.replace(program, text=text, beside={**program.beside, **files})


def import_line(program, module, names="*"):
    """Imports names of a Python module beside the program."""
    dot = "." if program.is_package_module else ""
    return f"from {dot}{module} import {names}\n"


@transform("split-files")
def split_files(program, random):
    """Modules and texts come from other files, through one that exports them again."""
    if program.is_javascript:
        modules = javascript.re.findall(r'const ([\w$]+) = require\("([\w:]+)"\);', program.text)
        rest = javascript.re.sub(r'const [\w$]+ = require\("[\w:]+"\);\n', "", program.text)
        table = []

        def text_of(value):
            table.append(value)
            return f"texts.t{len(table) - 1}"

        rest = javascript.rewrite_strings(rest, text_of)
        lib = "".join(f'exports.{name} = require("{module}");\n' for name, module in modules)
        texts = "module.exports = {\n" + "".join(f"  t{n}: {json.dumps(value)},\n" for n, value in enumerate(table)) + "};\n"
        again = 'const all = { ...require("./lib/modules"), texts: require("./lib/texts") };\nmodule.exports = all;\n'
        names = ", ".join([name for name, _ in modules] + ["texts"])
        return with_files(program, f'const {{ {names} }} = require("./shared");\n{rest}',
                          {"lib/modules.js": lib.encode(), "lib/texts.js": texts.encode(), "shared.js": again.encode()})
    head, parts = python.split_head(program.text)
    table = []

    def text_of(value):
        table.append(value)
        return f"texts.t{len(table) - 1}"

    imports = [part for part in head if part.startswith(("import ", "from "))]
    definitions = [part for part in head if part not in imports]
    rest = python.rewrite_strings("\n".join(definitions + parts) + "\n", text_of)
    dot = "." if program.is_package_module else ""
    again = "\n".join(imports) + f"\n{'from . import' if dot else 'import'} texts\n"
    texts = "".join(f"t{n} = {value!r}\n" for n, value in enumerate(table))
    return with_files(program, import_line(program, "shared") + rest, {"shared.py": again.encode(), "texts.py": texts.encode()})


@transform("moved-to-module")
def moved_to_module(program, random):
    """The program is a function of another file that is called from here."""
    if program.is_javascript:
        body = f"module.exports.start = function (module, exports) {{\n{program.text}}};\n"
        return with_files(program, 'const { start: begin } = require("./lib");\nbegin(module, exports);\n', {"lib/index.js": body.encode()})
    from ..program import indent
    body = f"__file__ = __import__('os').path.abspath(__file__)\ndef start():\n{indent(python.global_line(program.text) + program.text)}"
    return with_files(program, import_line(program, "core", "start as begin") + "begin()\n", {"core.py": body.encode()})


def read_and_run(program, name, expression, files, head=""):
    """Reads a file beside the program as `data` (bytes) and runs the text that an expression gives."""
    path = beside_path(program, name)
    if program.is_javascript:
        text = f'const data = require("fs").readFileSync({path});\n{head}eval({expression});\n'
    else:
        text = f"with open({path}, 'rb') as source:\n    data = source.read()\n{head}exec({expression})\n"
    return with_files(program, text, files)


@transform("asset-text")
def asset_text(program, random):
    """A text file beside the program is read and run."""
    name = random.choice(["LICENSE.txt", "data/notes.txt", "assets/strings.dat"])
    return read_and_run(program, name, "data.toString()" if program.is_javascript else "data.decode()", {name: program.bytes})


@transform("asset-json", encodes=True)
def asset_json(program, random):
    """A field of a JSON file holds the program in base64."""
    stored = json.dumps({"locale": "en", "table": {"a": 1, "b": base64.b64encode(program.bytes).decode()}}).encode()
    if program.is_javascript:
        return with_files(program, 'const settings = require("./locale.json");\neval(Buffer.from(settings.table.b, "base64").toString());\n', {"locale.json": stored})
    return read_and_run(program, "locale.json", "base64.b64decode(json.loads(data)['table']['b'])", {"locale.json": stored}, "import base64, json\n")


def small_picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@transform("asset-picture", encodes=True)
def asset_picture(program, random):
    """The program is behind the end of a picture, in zlib."""
    picture = small_picture()
    data = picture + b"MARK" + zlib.compress(program.bytes)
    if program.is_javascript:
        return read_and_run(program, "logo.png", 'require("zlib").inflateSync(data.slice(data.indexOf("MARK") + 4)).toString()', {"logo.png": data})
    return read_and_run(program, "logo.png", "zlib.decompress(data[data.index(b'MARK') + 4:])", {"logo.png": data}, "import zlib\n")


@transform("asset-font", encodes=True)
def asset_font(program, random):
    """The program is in a font file, under a XOR key, and is cut out by offsets."""
    key = random.randint(1, 255)
    body = bytes(byte ^ key for byte in program.bytes)
    data = b"wOFF" + bytes(random.randrange(256) for _ in range(200)) + body + bytes(50)
    if program.is_javascript:
        return read_and_run(program, "icons.woff", f"Buffer.from(data.subarray(204, {204 + len(body)}).map((byte) => byte ^ {key})).toString()", {"icons.woff": data})
    return read_and_run(program, "icons.woff", f"bytes(byte ^ {key} for byte in data[204:{204 + len(body)}])", {"icons.woff": data})


@transform("tests-folder")
def tests_folder(program, random):
    """The program stands among the tests and is loaded from there."""
    if program.is_javascript:
        return with_files(program, 'require("./test/fixtures/sample.test.js");\n',
                          {"test/fixtures/sample.test.js": program.text.replace("__dirname", '(require("path").join(__dirname, "../.."))').encode()})
    if program.is_package_module:
        return with_files(program, "from .tests import test_sample\n", {"tests/__init__.py": b"", "tests/test_sample.py": program.bytes})
    return with_files(program, "import sys, os\nsys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'tests'))\nimport test_sample\n",
                      {"tests/test_sample.py": program.bytes})


@transform("other-extension")
def other_extension(program, random):
    """The program is a file that no one takes for code: logo.png, data.bin, a name without an extension."""
    name = random.choice(["logo.png", "data.bin", "LICENSE"])
    if program.is_javascript:
        return with_files(program, f'require("./{name}");\n', {name: program.bytes})
    path = beside_path(program, name)
    way = random.choice([
        f"import runpy\nrunpy.run_path({path})\n",
        f"from importlib.machinery import SourceFileLoader\nSourceFileLoader('part', {path}).load_module()\n",
        "import importlib.util, importlib.machinery\n"
        f"spec = importlib.util.spec_from_loader('part', importlib.machinery.SourceFileLoader('part', {path}))\n"
        "part = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(part)\n"])
    return with_files(program, way, {name: program.bytes})


@transform("started-script")
def started_script(program, random):
    """A file beside the program is started in another interpreter."""
    if program.is_javascript:
        way = random.choice(['require("child_process").spawnSync(process.execPath, [require("path").join(__dirname, "lib/worker.js")], { stdio: "inherit" });\n',
                             'require("child_process").execSync("node lib/worker.js", { cwd: __dirname, stdio: "inherit" });\n',
                             'const { fork } = require("child_process");\nfork(__dirname + "/lib/worker.js");\n'])
        return with_files(program, way, {"lib/worker.js": program.text.replace("__dirname", 'require("path").dirname(__dirname)').encode()})
    path = beside_path(program, "worker.py")
    way = random.choice([f"import subprocess, sys\nsys.stdout.flush()\nsubprocess.run([sys.executable, {path}])\n",
                         f"import os, sys\nos.system('\"' + sys.executable + '\" \"' + {path} + '\"')\n"])
    return with_files(program, way, {"worker.py": program.bytes})


@transform("computed-require", "javascript")
def computed_require(program, random):
    """The name of the file that is loaded is computed."""
    return with_files(program, 'const parts = ["l", "i", "b"].join("") + "/" + ["er", "ok"].map((p) => p.split("").reverse().join("")).join("");\nrequire("./" + parts + ".js");\n',
                      {"lib/reko.js": program.text.replace("__dirname", 'require("path").dirname(__dirname)').encode()})


@transform("computed-module", "python")
def computed_module(program, random):
    """The name of the module that is imported is computed."""
    name = "_" + "".join(random.choice("abc") for _ in range(5))
    shown = name[::-1]
    if program.is_package_module:
        return with_files(program, f"import importlib\nimportlib.import_module('.' + {shown!r}[::-1], __name__)\n", {f"{name}.py": program.bytes})
    return with_files(program, f"import os, sys\nsys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))\n__import__({shown!r}[::-1])\n", {f"{name}.py": program.bytes})


@transform("lazy-module", "python")
def lazy_module(program, random):
    """A function of another module runs it when the first name is asked for."""
    from ..program import indent
    body = f"def __getattr__(asked_for):\n{indent(python.global_line(program.text) + program.text)}    return asked_for\n"
    dot = "." if program.is_package_module else ""
    return with_files(program, f"{'from . import' if dot else 'import'} lazy\nvalue = lazy.anything\n", {"lazy.py": body.encode()})


@transform("conditional-exports", "javascript", runs_here=False)
def conditional_exports(program, random):
    """One condition of `exports` leads to the program, the others to a harmless file."""
    clean = b"export const version = '1.0.0';\n"
    manifest = {"main": "./dist/clean.js", "exports": {".": {"import": "./dist/clean.mjs", "node": {"require": "./index.js"}, "default": "./dist/clean.js"}}}
    if program.runs != "import":
        manifest["scripts"] = {program.runs: "node -e \"require('.')\""}
    return dataclasses.replace(program, manifest=manifest,
                               beside={**program.beside, "dist/clean.mjs": clean, "dist/clean.js": b"exports.version = '1.0.0';\n"})


@transform("nested-scripts", "javascript")
def nested_scripts(program, random):
    """The hook runs a script that runs a script that runs the file."""
    if program.runs == "import":
        return dataclasses.replace(program, manifest={"main": "./lib"}, entry="lib/index.js")
    scripts = {program.runs: "npm run prepare:all --silent", "prepare:all": "npm run --silent step && echo done", "step": "cd . && NODE_ENV=production node ./index"}
    return dataclasses.replace(program, manifest={"scripts": scripts})


@transform("package-file", "javascript")
def package_file(program, random):
    """`main` leads to a folder whose own package.json leads to the file."""
    inner = json.dumps({"main": "./deep/start.js"}).encode()
    text = program.text.replace("__dirname", 'require("path").join(__dirname, "../..")').encode()
    return with_files(program, 'module.exports = require("./core");\n', {"core/package.json": inner, "core/deep/start.js": text})


@transform("bytecode", "python", encodes=True)
def bytecode(program, random):
    """The program is a compiled module without its source."""
    import importlib.util
    import marshal
    code = marshal.dumps(compile(program.text, "part.py", "exec"))
    data = importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, 0, len(program.text)) + code
    dot = "." if program.is_package_module else ""
    return with_files(program, f"{'from . import' if dot else 'import'} part\n", {"part.pyc": data})


@transform("zipped-module", "python")
def zipped_module(program, random):
    """The program is a module in a zip file that is put on sys.path."""
    import io
    import zipfile
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("packed_part.py", (2020, 1, 1, 0, 0, 0)), program.bytes)
    return with_files(program, f"import sys\nsys.path.insert(0, {beside_path(program, 'vendor.zip')})\nimport packed_part\n", {"vendor.zip": buffer.getvalue()})
