"""Python at the level of its syntax tree: what the transforms share."""
import ast
import builtins


class Strings(ast.NodeTransformer):
    """Puts replace(value) for each string or bytes constant outside f-strings and docstrings."""

    def __init__(self, replace):
        self.replace = replace

    def visit_JoinedStr(self, node):
        return node

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            return parse_expression(self.replace(node.value))
        if isinstance(node.value, bytes):
            return parse_expression(f"({self.replace(node.value.decode('latin-1'))}).encode('latin-1')")
        return node


def parse_expression(text):
    return ast.parse(text, mode="eval").body


def rewrite_strings(text, replace, head=""):
    return head + to_text(Strings(replace).visit(ast.parse(text)))


def to_text(tree):
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


class Rewriter(ast.NodeTransformer):
    """Rewrites what the given functions know; the others stay."""

    def __init__(self, attribute=None, builtin=None, call=None, imports=None):
        self.attribute, self.builtin, self.call, self.imports = attribute, builtin, call, imports

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if self.attribute and isinstance(node.ctx, ast.Load) and not node.attr.startswith("__") and not is_super(node.value):
            return parse_expression(self.attribute(ast.unparse(node.value), node.attr, ast.unparse(node)))
        return node

    def visit_Name(self, node):
        if self.builtin and isinstance(node.ctx, ast.Load) and is_builtin_function(node.id):
            return parse_expression(self.builtin(node.id))
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if self.call and not (isinstance(node.func, ast.Name) and node.func.id in ("super", "exec", "eval", "locals", "vars")):
            return parse_expression(self.call(node))
        return node

    def visit_Import(self, node):
        return self.rewritten_import(node)

    def visit_ImportFrom(self, node):
        return self.rewritten_import(node)

    def rewritten_import(self, node):
        return ast.parse(self.imports(node)).body if self.imports else node


def is_super(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def is_builtin_function(name):
    known = ("open", "exec", "eval", "compile", "print", "dict", "len", "str", "sum", "sorted", "getattr", "callable")
    return name in known and hasattr(builtins, name)


def rewrite(text, **how):
    return to_text(Rewriter(**how).visit(ast.parse(text)))


def import_lines(node, load):
    """Lines that do what an import does, with load(name) as the expression that gives a module."""
    lines = []
    if isinstance(node, ast.ImportFrom):
        for alias in node.names:
            lines.append(f"{alias.asname or alias.name} = getattr({load(node.module)}, {alias.name!r})")
        return "\n".join(lines)
    for alias in node.names:
        top = alias.name.split(".")[0]
        if alias.asname or top == alias.name:
            lines.append(f"{alias.asname or alias.name} = {load(alias.name)}")
        else:
            lines.append(f"{load(alias.name)}\n{top} = {load(top)}")
    return "\n".join(lines)


def own_names(text):
    """Names that the program binds at any level: what may be renamed."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return {name for name in names if not name.startswith("__")}


class Renamer(ast.NodeTransformer):
    def __init__(self, names):
        self.names = names
        self.in_class = False

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_ExceptHandler(self, node):
        node.name = self.names.get(node.name, node.name)
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node):
        # What a class calls its members stays: others ask for them by name.
        node.name = self.names.get(node.name, node.name)
        kept = {name for part in node.body for name in bound_names(part)}
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                for inner in [*part.body, part.args]:
                    self.visit(inner)
            elif not any(name in kept for name in bound_names(part)):
                self.visit(part)
        node.bases = [self.visit(base) for base in node.bases]
        return node

    def visit_FunctionDef(self, node):
        node.name = self.names.get(node.name, node.name)
        self.generic_visit(node)
        return node


def bound_names(statement):
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def rename(text, new_names):
    return to_text(Renamer(new_names).visit(ast.parse(text)))


def split_head(text):
    """Imports and definitions, and what is left: (head, [statements])."""
    head, rest = [], []
    for node in ast.parse(text).body:
        is_head = isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef))
        (head if is_head else rest).append(ast.unparse(node))
    return head, rest


def top_statements(text):
    return [ast.unparse(node) for node in ast.parse(text).body]


def top_names(text):
    """Names bound at the top level, for `global` in a function that takes the program in."""
    names = set()
    for node in ast.parse(text).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        else:
            names.update(inner.id for inner in ast.walk(node)
                         if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store))
    return sorted(names)


def global_line(text):
    names = top_names(text)
    return f"global {', '.join(names)}\n" if names else ""
