"""The whole program is a text or bytes that are decoded and run."""
import base64
import bz2
import codecs
import gzip
import json
import lzma
import marshal
import zlib

from ..ciphers import aes_cbc, fernet_token
from ..registry import transform


def run_text(program, expression, head=""):
    """A program that runs the text which an expression gives."""
    if program.is_javascript:
        return program.with_text(f"{head}eval({expression});\n")
    return program.with_text(f"{head}exec({expression})\n")


def in_base64(data):
    return base64.b64encode(data).decode()


@transform("eval-text")
def eval_text(program, random):
    """eval or exec of a plain text."""
    return run_text(program, json.dumps(program.text) if program.is_javascript else repr(program.text))


@transform("eval-base64", encodes=True)
def eval_base64(program, random):
    """eval or exec of base64."""
    stored = in_base64(program.bytes)
    if program.is_javascript:
        return run_text(program, f'Buffer.from("{stored}", "base64").toString("utf8")')
    return program.with_text(f"import base64\nexec(base64.b64decode('{stored}'))\n")


@transform("eval-hex", encodes=True)
def eval_hex(program, random):
    """eval or exec of hexadecimal."""
    if program.is_javascript:
        return run_text(program, f'Buffer.from("{program.bytes.hex()}", "hex").toString()')
    return run_text(program, f"bytes.fromhex('{program.bytes.hex()}').decode()")


@transform("eval-zlib", encodes=True)
def eval_zlib(program, random):
    """eval or exec of base64 of zlib."""
    stored = in_base64(zlib.compress(program.bytes))
    if program.is_javascript:
        return run_text(program, f'require("zlib").inflateSync(Buffer.from("{stored}", "base64")).toString()')
    return program.with_text(f"import base64, zlib\nexec(zlib.decompress(base64.b64decode('{stored}')))\n")


@transform("eval-gzip", encodes=True)
def eval_gzip(program, random):
    """eval or exec of gzip."""
    stored = in_base64(gzip.compress(program.bytes, mtime=0))
    if program.is_javascript:
        return run_text(program, f'require("zlib").gunzipSync(Buffer.from("{stored}", "base64")) + ""')
    return program.with_text(f"exec(__import__('gzip').decompress(__import__('base64').b64decode('{stored}')).decode('utf-8'))\n")


@transform("eval-layers", encodes=True)
def layers(program, random):
    """Four layers: each decodes and runs the next."""
    current = program
    for step in (eval_base64, eval_zlib, eval_hex, eval_gzip):
        current = step(current, random)
    return current


@transform("eval-nested-decoders", encodes=True)
def nested_decoders(program, random):
    """One expression of five decoders, the text reversed."""
    data = program.bytes[::-1]
    stored = in_base64(zlib.compress(in_base64(zlib.compress(data.hex().encode())).encode()))[::-1]
    if program.is_javascript:
        turned = f'"{stored}".split("").reverse().join("")'
        once = f'require("zlib").inflateSync(Buffer.from({turned}, "base64")).toString()'
        twice = f'require("zlib").inflateSync(Buffer.from({once}, "base64")).toString()'
        return run_text(program, f'Buffer.from(Buffer.from({twice}, "hex").reverse()).toString()')
    return program.with_text(
        "_ = lambda __: __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));\n"
        f"exec(bytes.fromhex(__import__('zlib').decompress(__import__('base64').b64decode((_)(b'{stored}'))).decode())[::-1])\n")


@transform("eval-lzma", "python", encodes=True)
def eval_lzma(program, random):
    """exec of base85 of lzma."""
    return program.with_text(f"import base64, lzma\nexec(lzma.decompress(base64.b85decode({base64.b85encode(lzma.compress(program.bytes))!r})))\n")


@transform("eval-bz2", "python", encodes=True)
def eval_bz2(program, random):
    """exec of bytes in bz2."""
    return program.with_text(f"import bz2\nexec(compile(bz2.decompress({bz2.compress(program.bytes)!r}), '<string>', 'exec'))\n")


@transform("eval-marshal", "python", encodes=True)
def eval_marshal(program, random):
    """exec of a code object kept with marshal in base64."""
    stored = in_base64(marshal.dumps(compile(program.text, "<string>", "exec")))
    return program.with_text(f"import base64, marshal\nexec(marshal.loads(base64.b64decode('{stored}')))\n")


@transform("eval-marshal-zlib", "python", encodes=True)
def eval_marshal_zlib(program, random):
    """exec of a code object kept with marshal in zlib, as bytes."""
    stored = zlib.compress(marshal.dumps(compile(program.text, "<string>", "exec")))
    return program.with_text(f"exec(__import__('marshal').loads(__import__('zlib').decompress({stored!r})))\n")


@transform("eval-pickle", "python", encodes=True)
def eval_pickle(program, random):
    """pickle.loads of a stream that calls exec."""
    # Protocol 0: the global exec, a mark, the text, a tuple, reduce.
    stream = b"cbuiltins\nexec\n(V" + program.text.encode("raw_unicode_escape").replace(b"\\", b"\\u005c").replace(b"\n", b"\\u000a") + b"\ntR."
    return program.with_text(f"import base64, pickle\npickle.loads(base64.b64decode('{in_base64(stream)}'))\n")


@transform("eval-fernet", "python", runs_here=False, encodes=True)
def eval_fernet(program, random):
    """exec of a Fernet token with its key beside it."""
    key = random.randbytes(32)
    token = fernet_token(key, random.randbytes(16), program.bytes)
    return program.with_text(
        f"from cryptography.fernet import Fernet\nexec(Fernet('{base64.urlsafe_b64encode(key).decode()}').decrypt('{token}'))\n")


@transform("eval-aes", "javascript", encodes=True)
def eval_aes(program, random):
    """eval of what a cipher with a constant key gives."""
    data = aes_cbc(bytes([7]) * 32, bytes([1]) * 16, program.bytes).hex()
    return program.with_text(
        'const crypto = require("crypto");\nconst tool = crypto.createDecipheriv("aes-256-cbc", Buffer.alloc(32, 7), Buffer.alloc(16, 1));\n'
        f'eval(tool.update("{data}", "hex", "utf8") + tool.final("utf8"));\n')


@transform("eval-rot13", encodes=True)
def eval_rot13(program, random):
    """eval or exec of a text with moved letters."""
    turned = codecs.encode(program.text, "rot13")
    if program.is_javascript:
        head = ('const turn = (s) => s.replace(/[a-zA-Z]/g, function (c) {\n  const n = c.charCodeAt(0), base = n < 97 ? 65 : 97;\n'
                "  return String.fromCharCode((n - base + 13) % 26 + base);\n});\n")
        return run_text(program, f"turn({json.dumps(turned)})", head)
    return program.with_text(f"import codecs\nexec(codecs.decode({turned!r}, 'rot_13'))\n")


@transform("eval-xor", encodes=True)
def eval_xor(program, random):
    """eval or exec of bytes that a loop combines with a key."""
    key = bytes(random.randrange(1, 255) for _ in range(7))
    stored = in_base64(bytes(byte ^ key[i % 7] for i, byte in enumerate(program.bytes)))
    if program.is_javascript:
        return program.with_text(
            f'const data = Buffer.from("{stored}", "base64");\nconst key = Buffer.from("{key.hex()}", "hex");\nlet text = "";\n'
            "for (let i = 0; i < data.length; i++) {\n  text += String.fromCharCode(data[i] ^ key[i % key.length]);\n}\neval(text);\n")
    return program.with_text(
        f"import base64\ndata = base64.b64decode('{stored}')\nkey = bytes.fromhex('{key.hex()}')\n"
        "exec(bytes(byte ^ key[i % len(key)] for i, byte in enumerate(data)).decode())\n")


@transform("eval-rc4", encodes=True)
def eval_rc4(program, random):
    """eval or exec of bytes under RC4 written out in code."""
    key = "".join(random.choice("abcdefgh") for _ in range(6))
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + ord(key[i % len(key)])) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = []
    for byte in program.bytes:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    stored = bytes(out).hex()
    if program.is_javascript:
        return program.with_text(
            "function plain(hex, key) {\n  const data = Buffer.from(hex, 'hex');\n  const s = [];\n  let j = 0, x, text = '';\n"
            "  for (let i = 0; i < 256; i++) {\n    s[i] = i;\n  }\n  for (let i = 0; i < 256; i++) {\n"
            "    j = (j + s[i] + key.charCodeAt(i % key.length)) % 256;\n    x = s[i];\n    s[i] = s[j];\n    s[j] = x;\n  }\n"
            "  let i = 0;\n  j = 0;\n  for (let y = 0; y < data.length; y++) {\n    i = (i + 1) % 256;\n    j = (j + s[i]) % 256;\n"
            "    x = s[i];\n    s[i] = s[j];\n    s[j] = x;\n    text += String.fromCharCode(data[y] ^ s[(s[i] + s[j]) % 256]);\n  }\n  return text;\n}\n"
            f'eval(plain("{stored}", "{key}"));\n')
    return program.with_text(
        "def plain(data, key):\n    s = list(range(256))\n    j = 0\n    for i in range(256):\n"
        "        j = (j + s[i] + key[i % len(key)]) % 256\n        s[i], s[j] = s[j], s[i]\n    i = j = 0\n    out = bytearray()\n"
        "    for byte in data:\n        i = (i + 1) % 256\n        j = (j + s[i]) % 256\n        s[i], s[j] = s[j], s[i]\n"
        "        out.append(byte ^ s[(s[i] + s[j]) % 256])\n    return bytes(out)\n"
        f"exec(plain(bytes.fromhex('{stored}'), b'{key}'))\n")


@transform("eval-character-codes", encodes=True)
def eval_codes(program, random):
    """eval or exec of a text made from numbers."""
    numbers = [ord(c) * 3 + 7 for c in program.text]
    if program.is_javascript:
        return run_text(program, f"{numbers}.map((n) => String.fromCharCode((n - 7) / 3)).join('')")
    return run_text(program, f"''.join([chr((n - 7) // 3) for n in {numbers}])")


@transform("eval-of-eval", encodes=True)
def eval_of_eval(program, random):
    """Three evals, one in the other, under an assembled name."""
    if program.is_javascript:
        text = program.text
        for _ in range(2):
            text = f"eval({json.dumps(text)});"
        return program.with_text(f'eval("eval(" + {json.dumps(json.dumps(text))} + ")");\n')
    text = program.text
    for _ in range(3):
        text = f"eval(compile({text!r}, 'a', 'exec'))"
    return program.with_text(f"getattr(__import__('builtins'), 'ex' + 'ec')({text!r})\n")


@transform("exec-compile", "python")
def exec_compile(program, random):
    """A code object from compile is run through its parts."""
    return program.with_text(
        f"code = compile({program.text!r}, __file__, 'exec')\nrun = type(lambda: 0)(code, globals())\nrun()\n")


@transform("function-constructor", "javascript")
def function_constructor(program, random):
    """[].filter.constructor makes a function of the text."""
    return program.with_text(
        f'const made = [].filter["constructor"]("require", "module", "exports", "__dirname", "__filename", {json.dumps(program.text)});\n'
        "made(require, module, exports, __dirname, __filename);\n")


@transform("constructor-of-constructor", "javascript", encodes=True)
def constructor_of_constructor(program, random):
    """(0)["constructor"]["constructor"] with base64 and a split name."""
    return program.with_text(
        f'const F = (() => {{}})["const" + "ructor"], text = atob("{in_base64(program.bytes)}");\n'
        'new F("require", "module", "exports", "__dirname", "__filename", text).call(this, require, module, exports, __dirname, __filename);\n')


@transform("indirect-eval", "javascript", encodes=True)
def indirect_eval(program, random):
    """(0, eval) of base64, with require given through the global object."""
    return program.with_text(
        'Object.assign(globalThis, { require, module, exports, __dirname, __filename });\n'
        f'(0, globalThis["eval"])("(function(){{" + atob("{in_base64(program.bytes)}") + "\\n}})()");\n')


@transform("vm-script", "javascript", encodes=True)
def vm_script(program, random):
    """vm.runInThisContext, or module._compile, of base64."""
    stored = in_base64(program.bytes)
    if random.random() < 0.5:
        return program.with_text(f'module._compile(Buffer.from("{stored}", "base64").toString(), __filename);\n')
    return program.with_text(
        f'const vm = require("vm");\nconst wrapped = require("module").wrap(Buffer.from("{stored}", "base64").toString());\n'
        "vm.runInThisContext(wrapped)(exports, require, module, __filename, __dirname);\n")


@transform("worker-text", "javascript", runs_here=False, encodes=True)
def worker_text(program, random):
    """A worker thread that is given a text."""
    return program.with_text(
        f'const {{ Worker }} = require("worker_threads");\nnew Worker(Buffer.from("{in_base64(program.bytes)}", "base64").toString(), {{ eval: true }});\n')


@transform("data-module", "javascript", runs_here=False, encodes=True)
def data_module(program, random):
    """import() of a data: address."""
    text = program.text.replace("require(", "r(")
    head = 'import { createRequire } from "module"; const r = createRequire("/");\n'
    return program.with_text(f'import("data:text/javascript;base64,{in_base64((head + text).encode())}");\n')


@transform("interpreter-argument")
def interpreter_argument(program, random):
    """The text is an argument of node -e or python -c."""
    if program.is_javascript:
        return program.with_text(
            f'const made = require("child_process").spawnSync(process.execPath, ["-e", {json.dumps(program.text)}], {{ encoding: "utf8" }});\n'
            "process.stdout.write(made.stdout);\n")
    return program.with_text(
        f"import subprocess, sys\nsys.stdout.write(subprocess.run([sys.executable, '-c', {('__file__ = %r' % 'widget.py') + chr(10) + program.text!r}], "
        "capture_output=True, text=True).stdout)\n")


@transform("interpreter-in-shell", runs_here=False, encodes=True)
def interpreter_in_shell(program, random):
    """A shell line decodes base64 and pipes it into the interpreter."""
    stored = in_base64(program.bytes)
    if program.is_javascript:
        return program.with_text(f'require("child_process").execSync("echo {stored} | base64 -d | node");\n')
    return program.with_text(f"import os\nos.system('echo {stored} | base64 --decode | python3 -')\n")


@transform("drop-and-load")
def drop_and_load(program, random):
    """The text is written to a file that is then loaded or started."""
    if program.is_javascript:
        return program.with_text(
            'const fs = require("fs");\nconst path = require("path");\nconst os = require("os");\n'
            'const place = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "w-")), "part.js");\n'
            f"fs.writeFileSync(place, {json.dumps(program.text)});\nrequire(place);\n")
    return program.with_text(
        "import os, runpy, tempfile\nplace = os.path.join(tempfile.mkdtemp(), 'part.py')\n"
        f"with open(place, 'w') as out:\n    out.write({program.text!r})\nrunpy.run_path(place)\n")


@transform("c-api", "python")
def c_api(program, random):
    """The interpreter's C function that runs a text."""
    text = "__file__ = " + repr("widget.py") + "\n" + program.text
    return program.with_text(f"import ctypes\nctypes.pythonapi.PyRun_SimpleString({text!r}.encode())\n")


@transform("lambda-layers", "python", encodes=True)
def lambda_layers(program, random):
    """exec((lambda x: …)(…)) over two layers, as public obfuscators write it."""
    text = program.text
    for _ in range(2):
        stored = in_base64(zlib.compress(text.encode()))[::-1]
        text = f"_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));exec((_)(b'{stored}'))"
    return program.with_text(text + "\n")


@transform("deferred-text", encodes=True)
def deferred_text(program, random):
    """Parts of the base64 are appended over the file and run at its end by a called function."""
    stored = in_base64(program.bytes)
    parts = [stored[i:i + 60] for i in range(0, len(stored), 60)]
    if program.is_javascript:
        body = "".join(f'collect("{part}");\n' for part in parts)
        return program.with_text("let all = [];\nconst collect = (part) => all.push(part);\n" + body +
                                 'function start() {\n  return eval(Buffer.from(all.join(""), "base64").toString());\n}\nstart();\n')
    body = "".join(f"part {'=' if i == 0 else '+='} '{part}'\n" for i, part in enumerate(parts))
    return program.with_text(body + "def start(text):\n    import base64\n    exec(base64.b64decode(text), globals())\nstart(part)\n")
