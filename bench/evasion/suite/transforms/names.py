"""Names say nothing, or look like others."""
from .. import javascript, python
from ..registry import transform

HOMOGLYPHS = {"a": "\u0430", "c": "\u0441", "e": "\u0435", "o": "\u043e", "p": "\u0440", "x": "\u0445", "y": "\u0443", "i": "\u0456"}


def rename_with(program, new_name):
    """Renames what the program itself declares; new_name(name, number) gives each a name."""
    module = javascript if program.is_javascript else python
    table = {name: new_name(name, number) for number, name in enumerate(sorted(module.own_names(program.text)))}
    return program.with_text(module.rename(program.text, table))


@transform("hex-names")
def hex_names(program, random):
    """Names as obfuscators make them: _0x3fa1."""
    return rename_with(program, lambda name, number: f"_0x{number * 0x111 + 0x1a3f:x}")


@transform("lookalike-letters")
def lookalike_letters(program, random):
    """Names made of l, I and 1, or of O and 0."""
    def new_name(name, number):
        return "I" + "".join("lI"[bit == "1"] for bit in f"{number:08b}")

    return rename_with(program, new_name)


@transform("short-names")
def short_names(program, random):
    """Names of one or two letters, as minifiers make them."""
    return rename_with(program, lambda name, number: "abcdefghjkmnpqrstuvw"[number % 20] + ("" if number < 20 else str(number // 20)))


@transform("homoglyph-names")
def homoglyph_names(program, random):
    """Latin letters in names are Cyrillic ones."""
    return rename_with(program, lambda name, number: "".join(HOMOGLYPHS.get(c, c) for c in name) + f"_{number}")


@transform("escaped-names")
def escaped_names(program, random):
    r"""JavaScript names hold \u escapes; Python names are written in letters that NFKC turns into Latin."""
    if program.is_javascript:
        tokens = javascript.tokenize(program.text)
        for token in tokens:
            if token.kind == "name" and token.text not in javascript.KEYWORDS and len(token.text) > 2:
                at = random.randrange(len(token.text))
                code = ord(token.text[at])
                escape = random.choice(["\\u%04x" % code, "\\u{%x}" % code])
                token.text = token.text[:at] + escape + token.text[at + 1:]
        return program.with_text(javascript.to_text(tokens))
    import io
    import keyword
    import tokenize
    out, lines = [], program.text.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(program.text).readline))):
        is_word = token.type == tokenize.NAME and not keyword.iskeyword(token.string) and token.string not in ("print", "match", "case")
        if is_word and not token.string.startswith("__"):
            (row, start), (_, end) = token.start, token.end
            # Mathematical sans-serif letters: identifiers are compared in their NFKC form.
            wide = "".join(chr(0x1D5BA + ord(c) - 97) if "a" <= c <= "z" and i != 0 else c for i, c in enumerate(token.string))
            lines[row - 1] = lines[row - 1][:start] + wide + lines[row - 1][end:]
    return program.with_text("".join(lines))


@transform("alias-imports")
def alias_imports(program, random):
    """import os as a; from os import system as b; const a = require("fs"), b = a."""
    import ast
    if program.is_javascript:
        modules = dict(javascript.re.findall(r'const ([\w$]+) = (require\("[\w:]+"\));', program.text))
        text = javascript.rename(program.text, {name: f"{name}_1" for name in modules})
        for name, load in modules.items():
            text = text.replace(f"const {name}_1 = {load};", f"const load_{name} = require;\nlet {name}_0 = load_{name}{load[7:]}, {name}_1 = {name}_0;")
        return program.with_text(text)
    table, lines = {}, []

    class Aliases(ast.NodeTransformer):
        def visit_Attribute(self, node):
            whole = ast.unparse(node)
            first = whole.split(".")[0]
            if isinstance(node.ctx, ast.Load) and first in modules and whole.count(".") == 1 and whole not in submodules:
                if whole not in table:
                    table[whole] = f"f{len(table)}"
                    lines.append(f"from {first} import {node.attr} as {table[whole]}")
                return ast.Name(table[whole], ast.Load())
            return self.generic_visit(node)

    tree = ast.parse(program.text)
    imported = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    modules = {name for name in imported if "." not in name}
    submodules = set(imported)
    made = python.to_text(Aliases().visit(tree))
    return program.with_text("\n".join(lines) + "\n" + made if lines else made)
