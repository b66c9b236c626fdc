"""The file is written so that a parser may stumble where the interpreter does not, or the reverse."""
import dataclasses

from .. import javascript, python
from ..registry import transform


@transform("odd-syntax")
def odd_syntax(program, random):
    """Rare but valid syntax around the program."""
    if program.is_javascript:
        head = ("<!-- an old comment\nvar async = 1, of = 2, get = 3, yield_ = /[/\\]]+/g, let_ = async\n/of/get;\n"
                "label: for (;;) { break label }\nvar odd = { get, set: 1, async, 'of': of, [`k${1}`]: 2, async *gen() { yield* []; }, get value() { return 1 }, 0x10: 1, 1e3: 2, };\n"
                "if (0) function inner() {} else ;\nvar tagged = ((s) => s.raw[0])`\\unot`;\nvar big = 1_000n ** 2n;\nodd?.value?.[0] ?? (odd &&= odd);\n"
                "class Odd { static #p = 1; static { Odd.q = #p in Odd; } 'quoted'() {} }\n"
                "do ; while (0) async = async ? of : get\n")
        return program.with_text(head + program.text)
    head = ("match = case = type = 1\nprint(f\"{'a' if match else f'{case!r:>{4}}'}\" and '', end='')\n"
            "if True: pass; pass\nodd = [*range(2), *{1}]; pair = {**{}, 'a': 1}\n"
            "def odd_function(a, /, b=1, *c, d: 'int' = 2, **e) -> None: ...\n"
            "match odd:\n    case [0, *rest] if rest: pass\n    case {'k': v} | [v]: pass\n    case _: pass\n"
            "with (open(__file__) if 0 else __import__('contextlib').nullcontext()) as odd_file, \\\n     __import__('contextlib').nullcontext(): pass\n"
            "\x0codd_lambda = lambda *a, **k: (yield)\nasync def odd_async(): return [i async for i in odd_async()] and await odd_async()\n"
            "x: int\nodd_text = rb'a' rB\"b\" br\'\'\'\"\'\'\'\n\'\'\'a\'\'\' \"b\" ; 0x_f; 1_0j; 0b1_0\n")
    return program.with_text(head + program.text)


@transform("broken-function", runs_here=False)
def broken_function(program, random):
    """A function that no parser accepts stands beside the program."""
    if program.is_javascript:
        return program.with_text("function sample() {\n  let a = = 3;\n  return @@ a ] ;\n}\n" + program.text)
    return program.with_text("def sample(a:\n    return = a ) ]\n    x y z\n\n" + program.text)


@transform("broken-tail", runs_here=False)
def broken_tail(program, random):
    """The file ends in the middle of a text and with brackets open."""
    if program.is_javascript:
        return program.with_text(program.text + "\nfunction tail() { if (a) { call([{ 'never ends\n")
    return program.with_text(program.text + "\ndef tail():\n    if a:\n        call([{ 'never ends\n")


@transform("python-2", "python", runs_here=False)
def python_2(program, random):
    """print statements, backticks, exec statements and old exceptions around the program."""
    text = "print 'starting', 1\nprint >>None, 'x'\nx = `1`\ntry:\n    raise ValueError, 'old'\nexcept ValueError, e:\n    pass\nif 1 <> 2: pass\nn = 0777L\n"
    return program.with_text(text + program.text + "print 'done'\n")


@transform("exec-statement", "python", runs_here=False)
def exec_statement(program, random):
    """exec 'text' in names, as Python 2 has it."""
    return program.with_text(f"names = {{}}\nexec {program.text!r} in names\n")


@transform("typescript", "javascript", runs_here=False)
def typescript(program, random):
    """The program is TypeScript that a loader runs."""
    text = javascript.re.sub(r"\bconst ([\w$]+) = (require\(\"[\w:]+\"\));", r"import \1 = \2;", program.text)
    text = javascript.re.sub(r"\blet ([\w$]+) = \"\";", r'let \1: string = "" as string;', text)
    text = javascript.re.sub(r"\bconst ([\w$]+) = ", r"const \1: any = <any>", text) if "=> {" not in text else text
    head = ("interface Options<T extends object = {}> { readonly a?: T; [key: string]: unknown }\nenum Level { Low = 1, High = Low << 1 }\n"
            "declare const injected: string;\ntype Pick2<T, K extends keyof T> = { [P in K]: T[P] };\nabstract class Shape<T> { private x!: T; constructor(public y: number) {} abstract area(): number; }\n"
            "function over(a: string): void;\nfunction over(a: any, b?: number): asserts a is string { return a!; }\nnamespace Inner { export const z = 1 satisfies number; }\n")
    return program.with_text(head + text, entry="index.ts", command="npx tsx {entry}")


@transform("jsx", "javascript", runs_here=False)
def jsx(program, random):
    """The program stands among JSX."""
    head = "const view = <div className=\"a\" {...props}>{items.map((item) => <li key={item}>{item} it's \"ok\"</li>)}<br/>text & more </div>;\n"
    tail = "export default function App() { return <><Header title={`x${1}`} />{/* note */}</>; }\n"
    return program.with_text(head + program.text + tail, entry="index.jsx", command="bun {entry}")


@transform("byte-order-mark")
def byte_order_mark(program, random):
    """The file begins with a byte order mark."""
    return dataclasses.replace(program, raw=b"\xef\xbb\xbf" + program.text.encode())


@transform("hashbang")
def hashbang(program, random):
    """A hash-bang line, and line ends as Windows has them."""
    line = "#!/usr/bin/env node\r\n" if program.is_javascript else "#!/usr/bin/env python3\r\n"
    return dataclasses.replace(program, raw=(line + program.text.replace("\n", "\r\n")).encode())


@transform("carriage-returns")
def carriage_returns(program, random):
    """Lines end with a bare carriage return, so that a viewer shows one line that a comment begins."""
    head = "// A small tool.\r" if program.is_javascript else "# A small tool.\r"
    return dataclasses.replace(program, raw=(head + program.text.replace("\n", "\r")).encode())


@transform("line-separators", "javascript")
def line_separators(program, random):
    """U+2028 ends a comment, so that code seems to stand in it."""
    return program.with_text("".join(f"// note \u2028{line}\n" if not line.startswith((" ", "}")) else line + "\n" for line in program.text.splitlines()))


@transform("latin-1", "python")
def latin_1(program, random):
    """The file declares and uses Latin-1."""
    return dataclasses.replace(program, raw=("# -*- coding: latin-1 -*-\ncaf\u00e9 = '\u00e9\u00fc'\n" + program.text).encode("latin-1"))


@transform("utf-7", "python")
def utf_7(program, random):
    """The file declares UTF-7 and encodes what matters."""
    body = "".join("+" + encoded_utf7(c) + "-" if c in "().'\"_" and random.random() < 0.7 else ("+-" if c == "+" else c) for c in program.text)
    return dataclasses.replace(program, raw=("# -*- coding: utf_7 -*-\n" + body).encode("ascii"))


def encoded_utf7(c):
    import base64
    return base64.b64encode(c.encode("utf-16-be")).decode().rstrip("=")


@transform("unicode-escape-encoding", "python")
def unicode_escape_encoding(program, random):
    r"""The file declares unicode_escape, so that \x6f is a letter of code, also in what seems a comment."""
    body = "".join("\\x%02x" % ord(c) for c in program.text)
    return dataclasses.replace(program, raw=("# -*- coding: unicode_escape -*-\n# notes \\n" + body + "\n").encode("ascii"))


@transform("html-comments", "javascript")
def html_comments(program, random):
    """Old HTML comments hide the ends of lines."""
    return program.with_text("<!-- begin\n--> middle\n" + program.text + "\n--> end\n")


@transform("comments-between")
def comments_between(program, random):
    """Comments or line continuations stand between all words."""
    if program.is_javascript:
        tokens = javascript.tokenize(program.text)
        return program.with_text("".join(token.text + ("/* ( ' \" ` */" if token.kind in ("name", "mark") and token.text not in ("return", "throw", "?.", "=>", "++", "--") and random.random() < 0.5 else "")
                                         for token in tokens))
    lines = []
    for line in python.to_text(python.ast.parse(program.text)).splitlines():
        lines.append("# ' \" ( [ {")
        lines.append(line.replace(" = ", " = \\\n  ", 1) if line[:1].isalpha() and "'" not in line.split(" = ")[0] else line)
    return program.with_text("\n".join(lines) + "\n")
