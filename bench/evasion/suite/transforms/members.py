"""Members and modules are reached by computed names."""
import ast
import json

from .. import javascript, python
from ..registry import transform
from .strings import pieces


@transform("computed-members")
def computed(program, random):
    """object["name"] and getattr(object, "name") in place of object.name."""
    if program.is_javascript:
        return program.with_text(javascript.rewrite_members(program.text, lambda name: f'["{name}"]'))
    return program.with_text(python.rewrite(program.text, attribute=lambda of, name, whole: f"getattr({of}, {name!r})"))


@transform("split-members")
def split(program, random):
    """The computed names are put together from parts, also those of globals and modules."""
    def parts_in(name, show):
        return " + ".join(map(show, pieces(name, random, 3)))

    if program.is_javascript:
        text = javascript.rewrite_members(program.text, lambda name: f"[{parts_in(name, json.dumps)}]")
        tokens = javascript.tokenize(text)
        for at, token in enumerate(tokens):
            if token.text in ("eval", "fetch", "Function", "setInterval", "Buffer", "process"):
                made = f"globalThis[{parts_in(token.text, json.dumps)}]"
                before = javascript.significant(tokens, at, -1)[0].text
                token.text = f"({made})" if before == "new" else made
            elif token.kind == "string" and javascript.significant(tokens, at, -1)[0].text == "(":
                token.text = parts_in(javascript.value_of(token.text), json.dumps)
        return program.with_text(javascript.to_text(tokens))

    def importing(node):
        return python.import_lines(node, lambda name: f"__import__({parts_in(name, repr)}, fromlist=['x'])")

    return program.with_text(python.rewrite(
        program.text, attribute=lambda of, name, whole: f"getattr({of}, {parts_in(name, repr)})",
        builtin=lambda name: f"getattr(__import__('built' + 'ins'), {parts_in(name, repr)})", imports=importing))


@transform("optional-chaining", "javascript")
def optional(program, random):
    """a?.b?.[c]?.(d) in place of a.b[c](d)."""
    tokens = javascript.tokenize(javascript.rewrite_members(program.text, lambda name: f"?.{name}"))
    text = javascript.to_text(tokens)
    # What is assigned to, made with new or a tagged name cannot be optional.
    for form in (r"\?\.([\w$]+)(\s*[+\-]?=[^=>])", r"(?<=new )([\w$]+)\?\."):
        text = javascript.re.sub(form, lambda match: match[0].replace("?.", "."), text)
    text = javascript.re.sub(r"new [\w$.]+\?\.", lambda match: match[0].replace("?.", "."), text)
    return program.with_text(javascript.re.sub(r"\?\.([\w$]+)(\[[^\]]*\])? = ", lambda match: match[0].replace("?.", "."), text))


@transform("destructured-members", "javascript")
def destructured(program, random):
    """const {homedir: a} = os, then a(): members are taken out under other names."""
    tokens, table = javascript.tokenize(program.text), {}
    modules = dict(javascript.re.findall(r'const ([\w$]+) = (require\("[\w:]+"\));', program.text))
    for at, token in enumerate(tokens[:-3]):
        is_use = token.kind == "name" and token.text in modules and tokens[at + 1].text == "." and tokens[at + 3].text == "("
        if is_use and javascript.significant(tokens, at, -1)[0].text not in ("new", "."):
            member = tokens[at + 2].text
            new_name = table.setdefault((token.text, member), f"m{len(table)}")
            token.text, tokens[at + 1].text, tokens[at + 2].text = new_name, "", ""
    head = "".join(f"const {{ {member}: {name} }} = {modules[module]};\n" for (module, member), name in table.items())
    return program.with_text(head + javascript.to_text(tokens))


@transform("reflection")
def reflection(program, random):
    """Reflect.get, Object.entries; vars(x)[name], x.__dict__[name], operator.attrgetter."""
    if program.is_javascript:
        tokens = javascript.tokenize(program.text)
        for at, token in enumerate(tokens[:-3]):
            simple = token.kind == "name" and tokens[at + 1].text == "." and tokens[at + 2].kind == "name"
            before, after = javascript.significant(tokens, at, -1)[0].text, javascript.significant(tokens, at + 2, 1)[0].text
            if simple and before not in (".", "new", "?.") and after not in ("=", "+=", "++", "--", "("):
                token.text, tokens[at + 1].text, tokens[at + 2].text = f"Reflect.get({token.text}, ", f'"{tokens[at + 2].text}"', ")"
            elif simple and before not in (".", "new", "?.") and after == "(":
                token.text = f"Reflect.get({token.text}, "
                name = tokens[at + 2].text
                holder = token.text[len("Reflect.get("):-2]
                tokens[at + 1].text, tokens[at + 2].text = f'"{name}"', f").bind({holder})"
        return program.with_text(javascript.to_text(tokens))
    modules = {alias.name for node in ast.walk(ast.parse(program.text)) if isinstance(node, ast.Import)
               for alias in node.names if "." not in alias.name}

    def attribute(of, name, whole):
        if of not in modules:
            return f"__import__('operator').attrgetter({name!r})({of})"
        return random.choice([f"vars({of})[{name!r}]", f"{of}.__dict__[{name!r}]", f"{of}.__getattribute__({name!r})",
                              f"__import__('operator').attrgetter({name!r})({of})"])

    return program.with_text(python.rewrite(program.text, attribute=attribute))


@transform("builtins-by-name", "python")
def builtins_by_name(program, random):
    """open, exec and others are looked up in the table of built-in names."""
    def builtin(name):
        return random.choice([f"vars(__import__('builtins'))[{name!r}]", f"__import__('builtins').__dict__[{name!r}]",
                              f"getattr(__import__('sys').modules['builtins'], {name!r})"])

    return program.with_text(python.rewrite(program.text, builtin=builtin))


@transform("globals-by-name")
def globals_by_name(program, random):
    """Names of the program are asked for in globals() or an object that holds them all."""
    if program.is_javascript:
        tokens = javascript.tokenize(program.text)
        known = dict(javascript.re.findall(r'const ([\w$]+) = (require\("[\w:]+"\));', program.text))
        for at, token in enumerate(tokens):
            is_free = token.kind == "name" and token.text in known
            if is_free and javascript.significant(tokens, at, -1)[0].text not in ("const", ".", "new", "{", ","):
                token.text = f'held["{token.text}"]'
        head = "const held = {};\n" + "".join(f'held["{name}"] = {loads};\n' for name, loads in known.items())
        return program.with_text(head + javascript.to_text(tokens))
    names = [name for name in python.top_names(program.text)]

    class ByName(ast.NodeTransformer):
        def visit_Name(self, node):
            wanted = isinstance(node.ctx, ast.Load) and node.id in names
            return python.parse_expression(f"globals()[{node.id!r}]") if wanted else node

        def visit_ListComp(self, node):
            return node

        visit_DictComp = visit_GeneratorExp = visit_Lambda = visit_FunctionDef = visit_ClassDef = visit_ListComp

    return program.with_text(python.to_text(ByName().visit(ast.parse(program.text))))
