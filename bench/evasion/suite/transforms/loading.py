"""Modules are loaded by other ways than a plain import or require."""
from .. import javascript, python
from ..registry import transform
from .strings import pieces


def replace_require(program, replacement, head=""):
    """Puts replacement(name expression) for each require("name")."""
    text = javascript.re.sub(r'\brequire\(("[^"]*")\)', lambda match: replacement(match[1]), program.text)
    return program.with_text(head + text)


@transform("constructor-load", "javascript")
def constructor_load(program, random):
    """module.constructor._load(name)."""
    return replace_require(program, lambda name: f"module.constructor._load({name})")


@transform("main-module-require", "javascript")
def main_module(program, random):
    """process.mainModule.require(name) and module.require(name)."""
    if program.runs == "import":
        return replace_require(program, lambda name: f"module.require({name})")
    return replace_require(program, lambda name: f"process.mainModule.require({name})")


@transform("create-require", "javascript")
def create_require(program, random):
    """A require made by module.createRequire."""
    return replace_require(program, lambda name: f"load({name})",
                           'const load = require("module").createRequire(__filename);\n')


@transform("builtin-module", "javascript", runs_here=False)
def builtin_module(program, random):
    """process.getBuiltinModule(name)."""
    return replace_require(program, lambda name: f"require({name})" if "clipboardy" in name else f"process.getBuiltinModule({name})")


@transform("node-scheme", "javascript")
def node_scheme(program, random):
    """require("node:fs") and template literals as names."""
    return replace_require(program, lambda name: name.join(("require(", ")")) if "clipboardy" in name else f"require(`node:{name[1:-1]}`)")


@transform("dynamic-import", "javascript")
def dynamic_import(program, random):
    """await import(name) in an async function, and its `default`."""
    parts = javascript.statements(program.text)
    text = "\n".join(javascript.re.sub(r'^(const [\w${}: ,]+) = require\(("[^"]*")\);', r"\1 = (await import(\2)).default;", part) for part in parts)
    return program.with_text("(async () => {\n" + text + "\n})();\n")


@transform("module-script", "javascript")
def module_script(program, random):
    """The file is an ECMAScript module with import statements."""
    body = javascript.re.sub(r'const ([\w$]+) = require\("([\w:]+)"\);', r'import \1 from "\2";', program.text)
    body = javascript.re.sub(r'const \{ ([\w$]+) \} = require\("([\w:]+)"\);', r'import { \1 } from "\2";', body)
    head = 'import { createRequire } from "module";\nimport { fileURLToPath } from "url";\n' \
           "const require = createRequire(import.meta.url);\nconst __filename = fileURLToPath(import.meta.url);\n" \
           'const __dirname = require("path").dirname(__filename);\nconst module = { exports: {} };\nconst exports = module.exports;\n'
    return program.with_text(head + body + "export default module.exports;\n", entry="index.mjs")


@transform("required-variable", "javascript")
def required_variable(program, random):
    """require goes through a variable, a call, an array and a default argument."""
    head = ("const all = [null, require];\nfunction get(name, by = all[1]) {\n  return by.call(null, name);\n}\n"
            "global.fetchModule = get;\n")
    return replace_require(program, lambda name: f"global.fetchModule({name})", head)


@transform("dunder-import", "python")
def dunder_import(program, random):
    """x = __import__("x")."""
    return program.with_text(python.rewrite(
        program.text, imports=lambda node: python.import_lines(node, lambda name: f"__import__({name!r}, fromlist=['x'])")))


@transform("importlib", "python")
def importlib_module(program, random):
    """importlib.import_module with a name put together from parts."""
    def load(name):
        return f"__import__('importlib').import_module({' + '.join(map(repr, pieces(name, random, 3)))})"

    return program.with_text(python.rewrite(program.text, imports=lambda node: python.import_lines(node, load)))


@transform("sys-modules", "python")
def sys_modules(program, random):
    """import x, then sys.modules["x"] where it is used."""
    def load(name):
        return f"(__import__({name!r}), __import__('sys').modules[{name!r}])[1]"

    return program.with_text(python.rewrite(program.text, imports=lambda node: python.import_lines(node, load)))


@transform("import-hook", "python")
def import_hook(program, random):
    """The program is a module that a finder on sys.meta_path makes from a text."""
    finder = (
        "import sys\nimport importlib.abc\nimport importlib.machinery\n"
        f"SOURCE = {program.text!r}\nHERE = __file__\n"
        "class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        return importlib.machinery.ModuleSpec(name, self) if name == 'hidden_module' else None\n"
        "    def create_module(self, spec):\n        return None\n"
        "    def exec_module(self, module):\n        module.__dict__['__file__'] = HERE\n        exec(SOURCE, module.__dict__)\n"
        "sys.meta_path.insert(0, Finder())\nimport hidden_module\n")
    return program.with_text(finder)


@transform("module-from-text", "python")
def module_from_text(program, random):
    """types.ModuleType and exec in its __dict__."""
    return program.with_text(
        f"import types\nmade = types.ModuleType('made')\nmade.__file__ = __file__\nexec({program.text!r}, made.__dict__)\n")
