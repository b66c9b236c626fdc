"""Compares the Python front end with CPython's own parser (ast.parse: nothing is ever run).

    python_ast.py PYTHON_DUMP FILE-OR-DIRECTORY...

Every file that CPython parses must give the same tree, node for node, and no skipped range. Files
that CPython refuses are only counted. Needs Python 3.12 or later for f-strings of any nesting.
"""

import ast
import os
import re
import subprocess
import sys
import tokenize
import unicodedata
import warnings

HEADER = os.path.join(os.path.dirname(__file__), "../../src/facts/code/syntax/tree.h")


def numbers_of(enum):
    text = open(HEADER, encoding="utf-8").read()
    body = re.search(r"enum class %s .*?\{(.*?)\n\};" % enum, text, re.S).group(1)
    names = re.sub(r"//.*", "", body).replace("\n", " ").split(",")
    return {name.strip(): i for i, name in enumerate(n for n in names if n.strip())}


KIND = numbers_of("Kind")
OP = numbers_of("Op")
BYTES, ASYNC, GENERATOR, EXPRESSION_BODY = 1, 4, 8, 128
DELEGATE, METHOD, STATEMENT = 2048, 4096, 8192

BINARY = {
    "Add": "add", "Sub": "subtract", "Mult": "multiply", "Div": "divide",
    "FloorDiv": "floor_divide", "Mod": "modulo", "Pow": "power", "MatMult": "matrix_multiply",
    "BitAnd": "bit_and", "BitOr": "bit_or", "BitXor": "bit_xor", "LShift": "shift_left",
    "RShift": "shift_right",
}
COMPARE = {
    "Eq": "equal", "NotEq": "not_equal", "Lt": "less", "LtE": "less_equal", "Gt": "greater",
    "GtE": "greater_equal", "In": "in", "NotIn": "not_in", "Is": "is", "IsNot": "is_not",
}
UNARY = {"UAdd": "plus", "USub": "minus", "Not": "not_", "Invert": "bit_not"}
CONVERSIONS = {ord("r"): "repr", ord("a"): "ascii"}
PRINTABLE = {i: chr(i) if 0x20 < i < 0x7F and i != 0x5C else "\\%02x" % i for i in range(256)}


def escaped(text):
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogatepass")
    return "".join([PRINTABLE[b] for b in text])


def acts(tree):
    return any(isinstance(n, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom))
               for n in ast.walk(tree))


class Node:
    """A node of the expected tree."""
    __slots__ = ("kind", "op", "flags", "text", "children")

    def __init__(self, kind, children=(), text="", op="none", flags=0):
        self.kind, self.op, self.flags, self.text = KIND[kind], OP[op], flags, text
        self.children = children


NONE = Node("none")


class Converter:
    def __init__(self):
        self.yields = [False]
        self.in_class = False

    def expr(self, node):
        if node is None:
            return NONE
        return getattr(self, "on_" + type(node).__name__)(node)

    def exprs(self, nodes):
        return [self.expr(n) for n in nodes]

    # Expressions

    def on_Name(self, n):
        return Node("name", text=n.id)

    def on_Constant(self, n):
        v = n.value
        if isinstance(v, str):
            return Node("string", text=v)
        if isinstance(v, bytes):
            return Node("string", text=v, flags=BYTES)
        if v is None or v is True or v is False or v is Ellipsis:
            op = {None: "null_", True: "true_", False: "false_", Ellipsis: "ellipsis"}[v]
            return Node("literal", op=op)
        return Node("number", text=number(v))

    def on_JoinedStr(self, n):
        text, fields = [], []
        for part in n.values:
            if isinstance(part, ast.Constant):
                text.append(part.value)
                continue
            field = self.expr(part)
            if field.kind == KIND["string"]:
                text.append(field.text)  # f"{'a'}" is the same text as f"a"
            else:
                text.append("\x01")
                fields.append(field)
        if all(isinstance(part, ast.Constant) for part in n.values):
            return Node("string", text="".join(text))
        return Node("template_string", [Node("string", text="".join(text))] + fields)

    def on_FormattedValue(self, n):
        value = self.expr(n.value)
        spec = n.format_spec is not None and n.format_spec.values
        if n.conversion in CONVERSIONS:
            value = Node("call", [Node("name", text=CONVERSIONS[n.conversion]), value])
        elif spec and n.conversion == ord("s"):
            value = Node("call", [Node("name", text="str"), value])
        if spec:
            value = Node("call", [Node("name", text="format"), value, self.expr(n.format_spec)])
        return value

    def on_BinOp(self, n):
        operands, op = [n.right], type(n.op)
        left = n.left
        while op is not ast.Pow and isinstance(left, ast.BinOp) and type(left.op) is op:
            operands.append(left.right)
            left = left.left
        operands.append(left)
        return Node("binary", self.exprs(reversed(operands)), op=BINARY[op.__name__])

    def on_BoolOp(self, n):
        op = "and_" if isinstance(n.op, ast.And) else "or_"
        return Node("logical", self.exprs(n.values), op=op)

    def on_Compare(self, n):
        operands = self.exprs([n.left] + n.comparators)
        pairs = [Node("compare", [a, b], op=COMPARE[type(op).__name__])
                 for a, b, op in zip(operands, operands[1:], n.ops)]
        return pairs[0] if len(pairs) == 1 else Node("logical", pairs, op="and_")

    def on_UnaryOp(self, n):
        return Node("unary", [self.expr(n.operand)], op=UNARY[type(n.op).__name__])

    def on_IfExp(self, n):
        return Node("conditional", self.exprs([n.test, n.body, n.orelse]))

    def on_NamedExpr(self, n):
        return Node("assign", self.exprs([n.target, n.value]), op="assign")

    def on_Attribute(self, n):
        return Node("member", [self.expr(n.value)], text=n.attr)

    def on_Subscript(self, n):
        return Node("index", self.exprs([n.value, n.slice]))

    def on_Slice(self, n):
        return Node("slice", self.exprs([n.lower, n.upper, n.step]))

    def on_Starred(self, n):
        return Node("spread", [self.expr(n.value)], op="one_star")

    def on_keyword(self, n):
        if n.arg is None:
            return Node("spread", [self.expr(n.value)], op="two_star")
        return Node("keyword", [self.expr(n.value)], text=n.arg)

    def arguments_of(self, args, keywords):
        return self.exprs(sorted(args + keywords, key=lambda a: (a.lineno, a.col_offset)))

    def on_Call(self, n):
        return Node("call", [self.expr(n.func)] + self.arguments_of(n.args, n.keywords))

    def on_Tuple(self, n):
        return Node("array", self.exprs(n.elts), op="tuple")

    def on_List(self, n):
        return Node("array", self.exprs(n.elts), op="list")

    def on_Set(self, n):
        return Node("array", self.exprs(n.elts), op="set")

    def on_Dict(self, n):
        items = [Node("pair", self.exprs([k, v])) if k is not None
                 else Node("spread", [self.expr(v)], op="two_star")
                 for k, v in zip(n.keys, n.values)]
        return Node("object", items)

    def clauses(self, generators):
        return [Node("clause", self.exprs([g.target, g.iter] + g.ifs),
                     flags=ASYNC if g.is_async else 0) for g in generators]

    def comprehension(self, n, op):
        return Node("comprehension", [self.expr(n.elt)] + self.clauses(n.generators), op=op)

    def on_ListComp(self, n):
        return self.comprehension(n, "list")

    def on_SetComp(self, n):
        return self.comprehension(n, "set")

    def on_GeneratorExp(self, n):
        return self.comprehension(n, "generator")

    def on_DictComp(self, n):
        pair = Node("pair", self.exprs([n.key, n.value]))
        return Node("comprehension", [pair] + self.clauses(n.generators), op="dict")

    def on_Await(self, n):
        return Node("await", [self.expr(n.value)])

    def on_Yield(self, n):
        self.yields[-1] = True
        return Node("yield", [self.expr(n.value)])

    def on_YieldFrom(self, n):
        self.yields[-1] = True
        return Node("yield", [self.expr(n.value)], flags=DELEGATE)

    def on_Lambda(self, n):
        parameters = self.parameters(n.args)
        self.yields.append(False)
        body = self.expr(n.body)
        flags = EXPRESSION_BODY | (GENERATOR if self.yields.pop() else 0)
        return Node("function", [parameters, body], flags=flags)

    def parameters(self, a):
        out = []

        def add(arg, default, star=None):
            target = Node("name", text=arg.arg)
            if star:
                target = Node("spread", [target], op=star)
            out.append(Node("parameter", [target, self.expr(default)]))

        plain = a.posonlyargs + a.args
        defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
        for arg, default in zip(plain, defaults):
            add(arg, default)
        if a.vararg:
            add(a.vararg, None, "one_star")
        for arg, default in zip(a.kwonlyargs, a.kw_defaults):
            add(arg, default)
        if a.kwarg:
            add(a.kwarg, None, "two_star")
        return Node("parameters", out)

    # Statements

    def block(self, body):
        return Node("block", self.statements(body))

    def block_or_none(self, body):
        return self.block(body) if body else NONE

    def statements(self, body):
        out = []
        for statement in body:
            out += getattr(self, "do_" + type(statement).__name__)(statement)
        return out

    def hoisted(self, annotations):
        return [self.expr(a) for a in annotations if a is not None and acts(a)]

    def type_parameters(self, n):
        found = []
        for p in getattr(n, "type_params", []):
            found += [getattr(p, "bound", None), getattr(p, "default_value", None)]
        return found

    def do_FunctionDef(self, n, flags=0):
        a = n.args
        every = a.posonlyargs + a.args + [a.vararg] + a.kwonlyargs + [a.kwarg]
        annotations = [arg.annotation for arg in every if arg]
        before = self.hoisted(self.type_parameters(n) + annotations + [n.returns])
        decorators = [Node("decorator", [self.expr(d)]) for d in n.decorator_list]
        parameters = self.parameters(a)
        outer, self.in_class = self.in_class, False
        self.yields.append(False)
        body = self.block(n.body)
        flags |= STATEMENT | (GENERATOR if self.yields.pop() else 0) | (METHOD if outer else 0)
        self.in_class = outer
        return before + [Node("function", [parameters, body] + decorators, text=n.name, flags=flags)]

    def do_AsyncFunctionDef(self, n):
        return self.do_FunctionDef(n, ASYNC)

    def do_ClassDef(self, n):
        before = self.hoisted(self.type_parameters(n))
        decorators = [Node("decorator", [self.expr(d)]) for d in n.decorator_list]
        bases = self.arguments_of(n.bases, n.keywords)
        outer, self.in_class = self.in_class, True
        body = self.block(n.body)
        self.in_class = outer
        return before + [Node("class_", [body] + bases + decorators, text=n.name, flags=STATEMENT)]

    def do_Return(self, n):
        return [Node("return_", [self.expr(n.value)])]

    def do_Delete(self, n):
        return [Node("delete_", self.exprs(n.targets))]

    def do_Assign(self, n):
        value = self.expr(n.value)
        for target in reversed(n.targets):
            value = Node("assign", [self.expr(target), value], op="assign")
        return [value]

    def do_AugAssign(self, n):
        op = BINARY[type(n.op).__name__]
        return [Node("assign", self.exprs([n.target, n.value]), op=op)]

    def do_AnnAssign(self, n):
        out = self.hoisted([n.annotation])
        if n.value is not None:
            out.append(Node("assign", self.exprs([n.target, n.value]), op="assign"))
        elif not isinstance(n.target, ast.Name):
            out.append(self.expr(n.target))
        return out

    def do_TypeAlias(self, n):
        before = self.hoisted(self.type_parameters(n))
        return before + [Node("assign", self.exprs([n.name, n.value]), op="assign")]

    def do_For(self, n, flags=0):
        children = [self.expr(n.target), self.expr(n.iter), self.block(n.body),
                    self.block_or_none(n.orelse)]
        return [Node("for_each", children, op="of", flags=flags)]

    def do_AsyncFor(self, n):
        return self.do_For(n, ASYNC)

    def do_While(self, n):
        return [Node("while_", [self.expr(n.test), self.block(n.body),
                                self.block_or_none(n.orelse)])]

    def do_If(self, n):
        # `else: if` and `elif` are the same to CPython; the column of the inner one tells.
        otherwise = n.orelse
        nested = (len(otherwise) == 1 and isinstance(otherwise[0], ast.If)
                  and self.is_elif(otherwise[0]))
        rest = self.do_If(otherwise[0])[0] if nested else self.block_or_none(otherwise)
        return [Node("if_", [self.expr(n.test), self.block(n.body), rest])]

    def is_elif(self, n):
        return self.lines[n.lineno - 1][n.col_offset:n.col_offset + 4] == b"elif"

    def do_With(self, n, flags=0):
        items = [Node("with_item", self.exprs([i.context_expr, i.optional_vars]))
                 for i in n.items]
        return [Node("with_", items + [self.block(n.body)], flags=flags)]

    def do_AsyncWith(self, n):
        return self.do_With(n, ASYNC)

    def do_Match(self, n):
        cases = []
        for case in n.cases:
            p = case.pattern
            default = isinstance(p, ast.MatchAs) and p.pattern is None and p.name is None
            body = self.statements(case.body)
            if case.guard:
                body = [Node("if_", [self.expr(case.guard), Node("block", body), NONE])]
            cases.append(Node("case_", [NONE if default else "pattern"] + body))
        return [Node("switch_", [self.expr(n.subject)] + cases)]

    def do_Raise(self, n):
        return self.hoisted([n.cause]) + [Node("throw_", [self.expr(n.exc)])]

    def do_Try(self, n):
        catches = []
        for h in n.handlers:
            target = Node("name", text=h.name) if h.name else NONE
            catches.append(Node("catch_", [target, self.expr(h.type), self.block(h.body)]))
        return [Node("try_", [self.block(n.body)] + catches + [
            self.block_or_none(n.finalbody), self.block_or_none(n.orelse)])]

    do_TryStar = do_Try

    def do_Assert(self, n):
        return [Node("assert_", self.exprs([n.test, n.msg]))]

    def do_Import(self, n):
        return [Node("import_", [Node("name", text=a.asname)] if a.asname else [], text=a.name,
                     op="module") for a in n.names]

    def do_ImportFrom(self, n):
        names = [Node("import_name", [] if a.name == "*" else [Node("name", text=a.asname or a.name)],
                      text=a.name) for a in n.names]
        return [Node("import_", names, text="." * n.level + (n.module or ""), op="from")]

    def do_Global(self, n, op="global"):
        return [Node("scope_names", [Node("name", text=name) for name in n.names], op=op)]

    def do_Nonlocal(self, n):
        return self.do_Global(n, "nonlocal")

    def do_Expr(self, n):
        # print >>file, values: Python 2's statement, which is read as the call it stands for.
        values = n.value.elts if isinstance(n.value, ast.Tuple) else [n.value]
        first = values[0] if values else None
        if (isinstance(first, ast.BinOp) and isinstance(first.op, ast.RShift)
                and isinstance(first.left, ast.Name) and first.left.id == "print"):
            to = Node("keyword", [self.expr(first.right)], text="file")
            return [Node("call", self.exprs([first.left] + values[1:]) + [to])]
        return [self.expr(n.value)]

    def do_Pass(self, n):
        return []

    def do_Break(self, n):
        return [Node("break_")]

    def do_Continue(self, n):
        return [Node("continue_")]


def number(value):
    try:
        return repr(value)
    except ValueError:  # over the limit of digits
        return hex(value)


def number_of(text):
    """The value of a number as written; only digits are read."""
    plain = text.replace("_", "").lower()
    try:
        if plain.endswith("j"):
            return number(complex(0, float(plain[:-1])))
        if plain[:2] in ("0x", "0o", "0b"):
            return number(int(plain, 0))
        if re.search(r"[.e]", plain):
            return number(float(plain))
        return number(int(plain))
    except ValueError:
        return text


def expected_lines(source):
    converter = Converter()
    tree = ast.parse(source)
    plain = source[3:] if source.startswith(b"\xef\xbb\xbf") else source
    converter.lines = re.split(b"\r\n|\r|\n", plain)
    out = []
    stack = [(Node("module", converter.statements(tree.body)), 0)]
    while stack:
        node, depth = stack.pop()
        if node == "pattern":
            out.append("%d pattern" % depth)
            continue
        out.append("%d %d %d %d %s" % (depth, node.kind, node.op, node.flags, escaped(node.text)))
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return out


def unescaped(text):
    return re.sub(rb"\\(..)", lambda m: bytes([int(m.group(1), 16)]), text.encode()).decode(
        "utf-8", "surrogateescape")


def same(ours, theirs):
    if ours == theirs:
        return True
    a, b = ours.split(" "), theirs.split(" ")
    if len(a) != 5 or len(b) != 5 or a[:4] != b[:4]:
        return False
    if a[1] == str(KIND["number"]):
        return number_of(a[4]) == b[4]
    if a[1] == str(KIND["string"]):
        # \N{...} is left as written.
        def named(match):
            try:
                return unicodedata.lookup(match.group(1))
            except KeyError:
                return match.group(0)
        return re.sub(r"\\N\{([^}]*)\}", named, unescaped(a[4])) == unescaped(b[4])
    return unicodedata.normalize("NFKC", unescaped(a[4])) == unescaped(b[4])


def files_in(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in sorted(os.walk(path)):
            yield from (os.path.join(folder, n) for n in sorted(names) if n.endswith(".py"))


def compare(path, lines, skipped):
    """What differs, or None; 'refused' when CPython does not parse the file."""
    with open(path, "rb") as file:
        source = file.read()
    try:
        encoding = tokenize.detect_encoding(iter(source.splitlines(True)).__next__)[0]
        theirs = expected_lines(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "refused"
    if encoding not in ("utf-8", "utf-8-sig"):
        return "encoding"
    ours = lines.decode().split("\n")[:-1]
    for i, (a, b) in enumerate(zip(ours, theirs)):
        if not same(a, b):
            return "line %d:\n  ours   %s\n  theirs %s" % (i, a[:300], b[:300])
    if len(ours) != len(theirs):
        return "ours has %d nodes, theirs %d" % (len(ours), len(theirs))
    return "%d skipped" % skipped if skipped else None


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100000)
    dump = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    counts = {"same": 0, "refused": 0, "encoding": 0, "differs": 0}
    for path in files_in(sys.argv[2:]):
        dump.stdin.write(path.encode("utf-8", "surrogateescape") + b"\n")
        dump.stdin.flush()
        _, length, skipped = dump.stdout.readline().split()
        difference = compare(path, dump.stdout.read(int(length)), int(skipped))
        if difference is None:
            counts["same"] += 1
        elif difference in counts:
            counts[difference] += 1
        else:
            counts["differs"] += 1
            print(path, difference, flush=True)
    print(counts)
    return counts["differs"] != 0


if __name__ == "__main__":
    sys.exit(main())
