"""Texts are put together, turned round or decoded where they are used."""
import base64
import codecs
import json

from .. import javascript, python
from ..registry import transform


def pieces(value, random, most=4):
    """Cuts a text into parts of 1 to `most` characters."""
    parts = []
    while value:
        size = random.randint(1, most)
        parts.append(value[:size])
        value = value[size:]
    return parts or [""]


def rewrite(program, for_javascript, for_python, javascript_head="", python_head=""):
    if program.is_javascript:
        return program.with_text(javascript.rewrite_strings(program.text, for_javascript, javascript_head))
    return program.with_text(python.rewrite_strings(program.text, for_python, python_head))


@transform("string-concatenation")
def concatenation(program, random):
    """Each text is a sum of short parts."""
    return rewrite(program, lambda value: " + ".join(map(json.dumps, pieces(value, random))),
                   lambda value: " + ".join(map(repr, pieces(value, random))))


@transform("string-join")
def join(program, random):
    """Each text is an array of parts that are joined."""
    return rewrite(program, lambda value: json.dumps(pieces(value, random)) + '.join("")',
                   lambda value: f"''.join({pieces(value, random)!r})")


@transform("string-reverse")
def reverse(program, random):
    """Each text is stored backwards."""
    return rewrite(program, lambda value: json.dumps(value[::-1]) + '.split("").reverse().join("")',
                   lambda value: f"{value[::-1]!r}[::-1]")


@transform("string-replace")
def replace(program, random):
    """Each text is full of filler that is taken out."""
    def filled(value):
        return "~#".join(pieces(value, random, 2))

    return rewrite(program, lambda value: json.dumps(filled(value)) + '.replace(/~#/g, "")',
                   lambda value: f"{filled(value)!r}.replace('~#', '')")


@transform("string-template")
def template(program, random):
    """Parts of each text stand in variables that a template or f-string puts together."""
    table = {}

    def name_of(part):
        return table.setdefault(part, f"p{len(table)}")

    def for_javascript(value):
        return "`" + "".join("${" + name_of(part) + "}" for part in pieces(value, random, 6)) + "`"

    def for_python(value):
        return "f'" + "".join("{" + name_of(part) + "}" for part in pieces(value, random, 6)) + "'"

    made = rewrite(program, for_javascript, for_python)
    if program.is_javascript:
        head = "".join(f"const {name} = {json.dumps(part)};\n" for part, name in table.items())
    else:
        head = "".join(f"{name} = {part!r}\n" for part, name in table.items())
    return made.with_text(head + made.text)


@transform("string-format")
def formatting(program, random):
    """Each text is made by a format: %s, str.format, or a replacing function."""
    def for_javascript(value):
        parts = pieces(value, random, 6)
        return 'require("util").format(' + ", ".join([json.dumps("%s" * len(parts)), *map(json.dumps, parts)]) + ")"

    def for_python(value):
        parts = pieces(value, random, 6)
        if random.random() < 0.5:
            return f"{'%s' * len(parts)!r} % ({', '.join(map(repr, parts))},)"
        return f"{'{}' * len(parts)!r}.format({', '.join(map(repr, parts))})"

    return rewrite(program, for_javascript, for_python)


@transform("string-slices")
def slices(program, random):
    """Each text is every third character of a longer one."""
    def mixed(value):
        return "".join(c + random.choice("abcxyz") + random.choice("0189") for c in value)

    return rewrite(program,
                   lambda value: json.dumps(mixed(value)) + '.split("").filter((c, i) => i % 3 === 0).join("")',
                   lambda value: f"{mixed(value)!r}[::3]")


@transform("string-base64")
def in_base64(program, random):
    """Each text is base64 that is decoded where it is used."""
    def encoded(value):
        return base64.b64encode(value.encode()).decode()

    return rewrite(program, lambda value: f"Buffer.from({json.dumps(encoded(value))}, 'base64').toString()",
                   lambda value: f"__import__('base64').b64decode({encoded(value)!r}).decode()")


@transform("string-hex")
def in_hex(program, random):
    """Each text is hexadecimal that is decoded by one function."""
    return rewrite(program, lambda value: f'unhex("{value.encode().hex()}")',
                   lambda value: f"unhex('{value.encode().hex()}')",
                   'const unhex = (s) => Buffer.from(s, "hex").toString();\n',
                   "unhex = lambda s: bytes.fromhex(s).decode()\n")


@transform("string-rot13")
def rot13(program, random):
    """Letters of each text are moved by 13 places."""
    head = ('function rot(s) {\n  return s.replace(/[a-z]/gi, (c) => String.fromCharCode((c <= "Z" ? 90 : 122) >= '
            '(c = c.charCodeAt(0) + 13) ? c : c - 26));\n}\n')

    def turned(value):
        return codecs.encode(value, "rot13")

    return rewrite(program, lambda value: f"rot({json.dumps(turned(value))})",
                   lambda value: f"__import__('codecs').decode({turned(value)!r}, 'rot13')", head)


@transform("string-array")
def array(program, random):
    """Texts stand in an array behind an accessor with an offset, and the array is rotated at load."""
    table, offset = [], random.randint(100, 400)

    def index(value):
        if value not in table:
            table.append(value)
        return table.index(value) + offset

    made = rewrite(program, lambda value: f"_0x2b3c({hex(index(value))})", lambda value: f"_pick({index(value)})")
    turns = random.randint(3, 20)
    shift = turns % max(len(table), 1)
    stored = table[len(table) - shift:] + table[:len(table) - shift]
    if program.is_javascript:
        stored = [base64.b64encode(text.encode()).decode() for text in stored]
        head = (f"const _0x1a2b = {json.dumps(stored)};\n(function (_0x3c4d, _0x5e6f) {{\n  const _0x7a8b = function (_0x9c0d) {{\n"
                "    while (--_0x9c0d) {\n      _0x3c4d['push'](_0x3c4d['shift']());\n    }\n  };\n  _0x7a8b(++_0x5e6f);\n"
                f"}})(_0x1a2b, {hex(turns)});\nconst _0x2b3c = function (_0x4d5e) {{\n  _0x4d5e = _0x4d5e - {hex(offset)};\n"
                "  return Buffer['from'](_0x1a2b[_0x4d5e], 'base64')['toString']();\n};\n")
    else:
        head = (f"_table = {stored!r}\nfor _ in range({turns}):\n    _table.append(_table.pop(0))\n"
                f"def _pick(index):\n    return _table[index - {offset}]\n")
    return made.with_text(head + made.text)


@transform("string-array-checked")
def checked_array(program, random):
    """The array is rotated until a sum over its parsed entries is right, as obfuscator.io does it."""
    table, offset = ["31hGf", "7kLm", "12aQz"], random.randint(100, 400)

    def index(value):
        if value not in table:
            table.append(value)
        return table.index(value) + offset

    made = rewrite(program, lambda value: f"_0x5a1e({hex(index(value))})", lambda value: f"_pick({index(value)})")
    shift = random.randint(1, len(table) - 1)
    stored = table[shift:] + table[:shift]
    if program.is_javascript:
        head = (f"function _0x4f2d() {{\n  const _0x1 = {json.dumps(stored)};\n  _0x4f2d = function () {{ return _0x1; }};\n"
                "  return _0x4f2d();\n}\n"
                f"function _0x5a1e(_0xa, _0xb) {{\n  const _0xc = _0x4f2d();\n  _0x5a1e = function (_0xd, _0xe) {{\n"
                f"    _0xd = _0xd - {hex(offset)};\n    let _0xf = _0xc[_0xd];\n    return _0xf;\n  }};\n  return _0x5a1e(_0xa, _0xb);\n}}\n"
                "(function (_0xg, _0xh) {\n  const _0xi = _0x5a1e, _0xj = _0xg();\n  while (!![]) {\n    try {\n"
                f"      const _0xk = parseInt(_0xi({hex(offset)})) / 0x1 + parseInt(_0xi({hex(offset + 1)})) * 0x2 + -parseInt(_0xi({hex(offset + 2)})) / 0x3;\n"
                "      if (_0xk === _0xh) break;\n      else _0xj['push'](_0xj['shift']());\n    } catch (_0xl) {\n"
                "      _0xj['push'](_0xj['shift']());\n    }\n  }\n"
                f"}})(_0x4f2d, {hex(31 + 14 - 4)});\n")
    else:
        head = (f"_table = {stored!r}\ndef _pick(index):\n    return _table[index - {offset}]\n"
                "def _sum():\n    return int(_table[0][:2]) + 2 * int(_table[1][0]) + int(_table[2][:2])\n"
                "while True:\n    try:\n        if _sum() == 57:\n            break\n    except (ValueError, IndexError):\n"
                "        pass\n    _table.append(_table.pop(0))\n")
    return made.with_text(head + made.text)
