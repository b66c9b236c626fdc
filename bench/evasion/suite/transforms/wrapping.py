"""Calls and programs are wrapped in functions, classes and objects."""
import ast

from .. import javascript, python
from ..program import indent
from ..registry import transform
from .control import javascript_parts

CALLED = ("require", "eval", "fetch", "setInterval")


def in_function(program, head, before, after):
    """The Python program as the body of a function whose head is given."""
    return program.with_text(f"{before}{head}\n{indent(python.global_line(program.text) + program.text)}{after}")


@transform("wrapper-functions")
def wrapper_functions(program, random):
    """Each call goes through functions that only pass on: run(f, x), curried(f)(x)."""
    if program.is_javascript:
        tokens = javascript.tokenize(program.text)
        for at, token in enumerate(tokens[:-1]):
            before = javascript.significant(tokens, at, -1)[0].text
            if token.kind != "name" or before in (".", "new", "?.", "function"):
                continue
            simple_member = tokens[at + 1].text == "." and at + 3 < len(tokens) and tokens[at + 3].text == "("
            if token.text in CALLED and tokens[at + 1].text == "(" and token.text != "eval":
                token.text = f"pass({token.text})"
            elif simple_member and token.text not in javascript.KEYWORDS:
                token.text, tokens[at + 1].text, tokens[at + 2].text = f"pick({token.text})", "", f'("{tokens[at + 2].text}")'
        head = "const pass = (f) => (...list) => f(...list);\nconst pick = (o) => (name) => (...list) => o[name](...list);\n"
        return program.with_text(head + javascript.to_text(tokens))

    def call(node):
        arguments = ", ".join(ast.unparse(part) for part in [*node.args, *node.keywords])
        function = ast.unparse(node.func)
        return f"_run({function}, {arguments})" if random.random() < 0.5 else f"_curry({function})({arguments})"

    head = "def _run(f, *a, **k):\n    return f(*a, **k)\ndef _curry(f):\n    return lambda *a, **k: f(*a, **k)\n"
    return program.with_text(head + python.rewrite(program.text, call=call))


@transform("indirect-calls")
def indirect_calls(program, random):
    """f.call, f.apply, f.bind, Reflect.apply; functools.partial, f.__call__, map."""
    if program.is_javascript:
        tokens = javascript.tokenize(program.text)
        for at, token in enumerate(tokens[:-3]):
            before = javascript.significant(tokens, at, -1)[0].text
            simple = token.kind == "name" and tokens[at + 1].text == "." and tokens[at + 3].text == "("
            if not simple or before in (".", "new", "?.") or token.text in javascript.KEYWORDS:
                continue
            close = matching(tokens, at + 3)
            arguments = javascript.to_text(tokens[at + 4:close])
            way = random.choice(["call", "bind", "apply", "reflect"])
            member = f"{token.text}.{tokens[at + 2].text}"
            comma = ", " if arguments.strip() else ""
            if way == "call":
                tokens[at + 2].text += ".call"
                tokens[at + 3].text = f"({token.text}{comma}"
            elif way == "bind":
                tokens[at + 2].text += f".bind({token.text})"
            elif way == "apply":
                tokens[at + 2].text += ".apply"
                tokens[at + 3].text, tokens[close].text = f"({token.text}, [", "])"
            else:
                tokens[at].text, tokens[at + 1].text, tokens[at + 2].text = "Reflect", ".", "apply"
                tokens[at + 3].text, tokens[close].text = f"({member}, {member.split('.')[0]}, [", "])"
        return program.with_text(javascript.to_text(tokens))

    def call(node):
        arguments = ", ".join(ast.unparse(part) for part in [*node.args, *node.keywords])
        function = ast.unparse(node.func)
        plain = not node.keywords and node.args and not any(isinstance(part, ast.Starred) for part in node.args)
        ways = [f"__import__('functools').partial({function})({arguments})", f"({function}).__call__({arguments})",
                f"(lambda f: f({arguments}))({function})"]
        if plain and len(node.args) == 1:
            ways.append(f"list(map({function}, [{arguments}]))[0]")
            ways.append(f"[f({arguments}) for f in [{function}]][0]")
        return random.choice(ways)

    return program.with_text(python.rewrite(program.text, call=call))


def matching(tokens, at):
    depth = 0
    for index in range(at, len(tokens)):
        if tokens[index].kind == "mark":
            depth += (tokens[index].text in ("(", "[", "{")) - (tokens[index].text in (")", "]", "}"))
            if depth == 0:
                return index
    raise ValueError("no bracket closes")


@transform("immediate-function")
def immediate_function(program, random):
    """The program is the body of a function that is called at once, through another."""
    if program.is_javascript:
        return program.with_text(f"!function (start) {{\n  start(require, module, exports);\n}}(function (require, module, exports) {{\n{program.text}}});\n")
    return in_function(program, "def inner():", "def start(function, *rest):\n    return function(*rest)\n", "start(inner)\n")


@transform("class-method")
def class_method(program, random):
    """The program is a method that a constructor calls."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n    ".join(parts)
        return program.with_text("\n".join(head) + "\nclass Base {\n  constructor() {\n    this.prepare();\n  }\n}\nclass Tool extends Base {\n"
                                 f"  prepare() {{\n    {body}\n  }}\n}}\nconst tool = new Tool();\n")
    body = python.global_line(program.text) + program.text
    return program.with_text("class Base:\n    def __init__(self):\n        self.prepare()\nclass Tool(Base):\n    def prepare(self):\n" + indent(body, 2) + "tool = Tool()\n")


@transform("property-getter")
def property_getter(program, random):
    """The program is a getter that something reads."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n    ".join(parts)
        if random.random() < 0.5:
            return program.with_text("\n".join(head) + f"\nconst settings = {{\n  get ready() {{\n    {body}\n    return true;\n  }},\n}};\nconst state = settings.ready;\n")
        return program.with_text("\n".join(head) + f'\nconst settings = {{}};\nObject.defineProperty(settings, "ready", {{\n  get: function () {{\n    {body}\n    return true;\n  }},\n}});\nif (settings.ready) {{\n  exports.ready = 1;\n}}\n')
    body = python.global_line(program.text) + program.text
    return program.with_text("class Settings:\n    @property\n    def ready(self):\n" + indent(body, 2) + "        return True\nstate = Settings().ready\n")


@transform("conversion-trap")
def conversion_trap(program, random):
    """toString, valueOf, Symbol.toPrimitive; __str__, __add__, __getattr__: a conversion runs the program."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n    ".join(parts)
        way, use = random.choice([("toString", "`${trap}`"), ("valueOf", "trap + 1"), ("[Symbol.toPrimitive]", '"" + trap'), ("toString", '"" + trap'), ("toJSON", "JSON.stringify(trap)")])
        return program.with_text("\n".join(head) + f'\nconst trap = {{\n  {way}() {{\n    {body}\n    return "x";\n  }},\n}};\nconst label = {use};\n')
    body = python.global_line(program.text) + program.text
    way, use = random.choice([("__str__(self)", "str(Trap())"), ("__add__(self, other)", "Trap() + 'x'"), ("__getattr__(self, asked_for)", "Trap().ready"),
                              ("__format__(self, how)", "f'{Trap()}'"), ("__call__(self)", "Trap()()"), ("__enter__(self)", None), ("__getitem__(self, key)", "Trap()[0]"),
                              ("__repr__(self)", "repr(Trap())"), ("__del__(self)", "Trap()")])
    run = f"label = {use}\n" if use else "with Trap():\n    pass\n"
    text = f"class Trap:\n    def {way}:\n" + indent(body, 2) + "        return 'x'\n"
    if way.startswith("__enter__"):
        text += "    def __exit__(self, *rest):\n        return None\n"
    return program.with_text(text + run)


@transform("proxy", "javascript")
def proxy(program, random):
    """Modules are reached through a Proxy, and one of its traps runs the program."""
    head, parts = javascript_parts(program)
    body = "\n    ".join(parts)
    return program.with_text("\n".join(head) + f'\nconst door = new Proxy({{}}, {{\n  get(target, name) {{\n    {body}\n    return name;\n  }},\n}});\nconst opened = door.anything;\n')


@transform("proxied-modules", "javascript")
def proxied_modules(program, random):
    """Each module is behind a Proxy that passes everything on."""
    text = javascript.re.sub(r'const ([\w$]+) = (require\("[\w:]+"\));', r"const \1 = through(\2);", program.text)
    head = ("const through = (target) => new Proxy(target, {\n  get(of, name) {\n    const value = Reflect.get(of, name);\n"
            "    return typeof value === 'function' && name !== 'Socket' && name !== 'EventEmitter' ? value.bind(of) : value;\n  },\n});\n")
    return program.with_text(head + text)


@transform("metaclass", "python")
def metaclass(program, random):
    """The program runs when a class is made: in a metaclass, or in __init_subclass__."""
    body = python.global_line(program.text) + program.text
    if random.random() < 0.5:
        return program.with_text("class Maker(type):\n    def __new__(mcs, called, parents, members):\n" + indent(body, 2) +
                                 "        return super().__new__(mcs, called, parents, members)\nclass Made(metaclass=Maker):\n    pass\n")
    return program.with_text("class Maker:\n    def __init_subclass__(cls):\n" + indent(body, 2) + "class Made(Maker):\n    pass\n")


@transform("class-body", "python")
def class_body(program, random):
    """The program is the body of a class."""
    names = ", ".join(python.top_names(program.text))
    return program.with_text("class Settings:\n" + indent((f"global {names}\n" if names else "") + program.text))


@transform("decorator", "python")
def decorator(program, random):
    """The program is a decorator's body."""
    return in_function(program, "def prepared(function):", "", "    return function\n@prepared\ndef ready():\n    return True\n")


@transform("default-argument", "python")
def default_argument(program, random):
    """The program runs to give a parameter its default."""
    return in_function(program, "def prepare():", "", "def ready(value=prepare(), *, other=None):\n    return value\n")


@transform("comprehension", "python")
def comprehension(program, random):
    """The program is called in a comprehension, under a name from a walrus."""
    head, parts = python.split_head(program.text)
    text = "\n".join(head) + "\n"
    for n, part in enumerate(parts):
        lines = python.global_line(part) + part + "\n"
        text += f"def part{n}():\n{indent(lines)}"
    calls = ", ".join(f"part{n}" for n in range(len(parts)))
    return program.with_text(text + f"done = [(result := step()) for step in [{calls}]]\n")


@transform("lambdas")
def lambdas(program, random):
    """Statements are arrow functions or lambdas that call one another."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        chain = ""
        for part in reversed(parts):
            chain = f"(() => {{ {part} return {chain or '0'}; }})()"
        return program.with_text("\n".join(head) + f"\nconst result = {chain};\n")
    head, parts = python.split_head(program.text)
    text = "\n".join(head) + "\n"
    for n, part in enumerate(parts):
        node = ast.parse(part).body[0]
        if isinstance(node, ast.Expr):
            text += f"(lambda: {part})()\n"
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            text += f"{node.targets[0].id} = (lambda step: step())(lambda: {ast.unparse(node.value)})\n"
        else:
            text += part + "\n"
    return program.with_text(text)


@transform("callback-array")
def callback_array(program, random):
    """Statements are functions in an array that forEach, map or reduce calls."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        steps = ",\n".join(f"  () => {{\n    {part}\n  }}" for part in parts)
        use = random.choice(["steps.forEach((step) => step());", "steps.map((step) => step());", "steps.reduce((all, step) => (step(), all), 0);",
                             "for (const step of steps) {\n  step();\n}", "while (steps.length) {\n  steps.shift()();\n}"])
        return program.with_text("\n".join(head) + f"\nconst steps = [\n{steps},\n];\n{use}\n")
    head, parts = python.split_head(program.text)
    text = "\n".join(head) + "\n"
    for n, part in enumerate(parts):
        lines = python.global_line(part) + part + "\n"
        text += f"def part{n}():\n{indent(lines)}"
    calls = ", ".join(f"part{n}" for n in range(len(parts)))
    use = random.choice([f"for step in ({calls},):\n    step()\n", f"list(map(lambda step: step(), [{calls}]))\n",
                         f"steps = [{calls}]\nwhile steps:\n    steps.pop(0)()\n",
                         f"steps = dict(enumerate([{calls}]))\nfor key in sorted(steps):\n    steps[key]()\n"])
    return program.with_text(text + use)
