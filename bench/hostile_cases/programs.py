"""Source text that is built rather than repeated: call graphs, layers, noise."""
import base64
import zlib


def indent_pyramids(size, _):
    unit = "".join(" " * i + "if a:\n" for i in range(90)) + " " * 90 + "b\n"
    return unit * max(size // len(unit), 1)


def deep_indentation(size, _):
    depth = int((2 * size) ** 0.5)
    return "".join(" " * i + "if a:\n" for i in range(depth)) + " " * depth + "b\n"


def odd_dedents(size, random):
    lines = []
    while sum(map(len, lines[-1:])) + 12 * len(lines) < size:
        lines.append(" " * random.randrange(40) + "if a:")
    return "\n".join(lines)


def call_chain(language):
    def make(size, _):
        if language == "js":
            lines = [f"function f{i}(a){{return f{i + 1}(a+1)}}" for i in range(size // 35)]
            return "\n".join(lines) + "\nf0(1)"
        lines = [f"def f{i}(a): return f{i + 1}(a+1)" for i in range(size // 32)]
        return "\n".join(lines) + "\nf0(1)\n"
    return make


def call_tree(language):
    """Each function calls the next twice: two to the power of their number."""
    def make(size, _):
        if language == "js":
            return "\n".join(f"function f{i}(a){{f{i + 1}(a+'x');return f{i + 1}(a)}}" for i in range(size // 50)) + "\nf0('a')"
        return "\n".join(f"def f{i}(a): return f{i + 1}(a+'x')+f{i + 1}(a)" for i in range(size // 45)) + "\nf0('a')\n"
    return make


def call_web(language):
    """Every function calls eight others, anywhere."""
    def make(size, random):
        count = size // 100
        lines = []
        for i in range(count):
            calls = "+".join(f"f{random.randrange(count)}(a)" for _ in range(8))
            lines.append(f"function f{i}(a){{return {calls}}}" if language == "js" else f"def f{i}(a): return {calls}")
        return "\n".join(lines) + "\nf0(1)\n"
    return make


def closures(size, _):
    return "\n".join(f"var g{i}=(function(a){{return function(b){{return a(b)}}}})(g{i - 1});" for i in range(size // 65))


def loops(language):
    """Loops in loops that each double a string."""
    def make(size, _):
        if language == "js":
            unit = "for(var i=0;i<1e9;i++){s+=s;for(var j=0;j<1e9;j++){s=s+j}}\n"
            return "var s='a';" + unit * (size // len(unit)) + "eval(s)"
        unit = "for i in range(10**9):\n s+=s\n for j in range(10**9):\n  s=s+str(j)\n"
        return "s='a'\n" + unit * (size // len(unit)) + "exec(s)\n"
    return make


def endless(language):
    def make(size, _):
        unit = "while(1){a.push(a);b+='x'}\n" if language == "js" else "while 1:\n a.append(a)\n b+='x'\n"
        return ("var a=[],b='';" if language == "js" else "a=[]\nb=''\n") + unit * (size // len(unit))
    return make


def huge_results(language):
    """Single calls whose result would fill the memory."""
    def make(size, _):
        unit = ("'x'.repeat(1e9);Array(1e9).join('a');'a'.padStart(1e9);new Array(1e9).fill('a').join('');Buffer.alloc(1e9);\n"
                if language == "js" else "'x'*10**10\n[0]*10**10\nbytes(10**10)\n'a'.ljust(10**10)\n'%1000000000d'%1\nlist(range(10**9))\n"
                                         "10**10**10\n'{:>1000000000}'.format(1)\n")
        return unit * (size // len(unit) + 1)
    return make


def xor_loop(language):
    def make(size, random):
        data = base64.b64encode(random.randbytes(size * 3 // 4)).decode()
        if language == "js":
            return (f"var d=Buffer.from('{data}','base64'),o='';"
                    "for(var i=0;i<d.length;i++)o+=String.fromCharCode(d[i]^7);eval(o)")
        return (f"import base64\nd=base64.b64decode('{data}')\no=''\n"
                "for c in d:\n o+=chr(c^7)\nexec(o)\n")
    return make


def rotated_strings(size, random):
    words = ",".join(f"'{random.getrandbits(60):x}'" for _ in range(size // 18))
    return (f"var t=[{words}];(function(a,b){{while(--b){{a.push(a.shift())}}}}(t,0x1f4));"
            "var g=function(i){return t[i-0x1a]};eval(g(0x1b)+g(0x1c))")


def layers(language):
    """Code in code in code, each encoded; what is unpacked is far longer than what is stored."""
    def make(size, random):
        text = "a=1;" * (size // 4)
        while True:
            packed = base64.b64encode(zlib.compress(text.encode())).decode()
            wrapped = (f"eval(require('zlib').inflateSync(Buffer.from('{packed}','base64')).toString())" if language == "js"
                       else f"exec(__import__('zlib').decompress(__import__('base64').b64decode('{packed}')))")
            if len(wrapped) >= len(text):
                return text
            text = wrapped * max(size // 8 // len(wrapped), 1) if len(text) > size // 2 else wrapped
    return make


def base64_layers(size, _):
    text = "a=1"
    while len(text) < size * 3 // 5:
        text = f"import base64\nexec(base64.b64decode('{base64.b64encode(text.encode()).decode()}'))"
    return text


def inflate_bombs(size, _):
    bomb = base64.b64encode(zlib.compress(b"a=1\n" * (64 << 18), 9)).decode()
    unit = f"exec(zlib.decompress(base64.b64decode('{bomb}')))\n"
    return "import zlib,base64\n" + unit * (size // len(unit) + 1)


def marshal_depth(size, _):
    data = base64.b64encode(b"(\x01\x00\x00\x00" * (size // 8) + b"N").decode()
    return f"import marshal,base64\nexec(marshal.loads(base64.b64decode('{data}')))\n"


def jsfuck(size, random):
    pieces = ["(![]+[])", "(!![]+[])", "([][[]]+[])", "[+[]]", "[+!+[]]", "(+[![]]+[])", "[!+[]+!+[]]"]
    parts, length = ["[][(![]+[])[+[]]+([![]]+[][[]])[+!+[]+[+[]]]]("], 0
    while length < size:
        parts.append("+" + random.choice(pieces[:3]) + random.choice(pieces[3:]))
        length += len(parts[-1])
    return "".join(parts) + ")()"


def quoted_shells(size, _):
    text = "a"
    while len(text) < size // 2:
        text = "sh -c '" + text.replace("'", "'\\''") + "'"
    return text


def noise(size, random):
    return random.randbytes(size)


def token_soup(language):
    words = {"js": "a 1 'b' ( ) [ ] { } ; , . => ... ? : + - ! / ` ${ function class if else for while return async await yield let new "
                   "import export of in instanceof < > << >>> = == <!-- /* */ // \n @ # ?. ?? ** case default try catch get static",
             "py": "a 1 'b' ( ) [ ] { } ; , . : = := + - ~ @ lambda def class if elif else for while return async await yield with as import "
                   "from in is not try except finally match case f'{ ''' \" \\\n # -> ** * global del",
             "ts": "a 1 'b' ( ) [ ] { } ; , . => ? : < > | & extends infer keyof as is enum type interface namespace declare abstract "
                   "readonly public function class import export = satisfies ! @ unique asserts",
             "sh": "a 'b' \" ( ) { } ; & | && || $ $( ${ ` < > << # \\ if then fi while do done case in esac ;; [[ ]] = ! \n"}[language]
    choices = words.split(" ")

    def make(size, random):
        return " ".join(random.choices(choices, k=size // 4))[:size]
    return make


# name: (language, how to make the text)
PROGRAMS = {
    "py indentation pyramids": ("py", indent_pyramids),
    "py deep indentation": ("py", deep_indentation),
    "py odd dedents": ("py", odd_dedents),
    "js call chain of functions": ("js", call_chain("js")),
    "py call chain of functions": ("py", call_chain("py")),
    "js call tree": ("js", call_tree("js")),
    "py call tree": ("py", call_tree("py")),
    "js call web": ("js", call_web("js")),
    "py call web": ("py", call_web("py")),
    "js closures": ("js", closures),
    "js loops": ("js", loops("js")),
    "py loops": ("py", loops("py")),
    "js endless loops": ("js", endless("js")),
    "py endless loops": ("py", endless("py")),
    "js huge results": ("js", huge_results("js")),
    "py huge results": ("py", huge_results("py")),
    "js xor loop": ("js", xor_loop("js")),
    "py xor loop": ("py", xor_loop("py")),
    "js rotated strings": ("js", rotated_strings),
    "js packed layers": ("js", layers("js")),
    "py packed layers": ("py", layers("py")),
    "py base64 layers": ("py", base64_layers),
    "py inflate bombs": ("py", inflate_bombs),
    "py marshal depth": ("py", marshal_depth),
    "js jsfuck soup": ("js", jsfuck),
    "sh quoted shells": ("sh", quoted_shells),
    "js random bytes": ("js", noise),
    "py random bytes": ("py", noise),
    "sh random bytes": ("sh", noise),
    "js token soup": ("js", token_soup("js")),
    "ts token soup": ("ts", token_soup("ts")),
    "py token soup": ("py", token_soup("py")),
    "sh token soup": ("sh", token_soup("sh")),
    "js endless string": ("js", lambda size, _: "var a='" + "b" * size),
    "js endless template": ("js", lambda size, _: "var a=`" + "b$" * (size // 2)),
    "js endless comment": ("js", lambda size, _: "/*" + "*" * size),
    "js endless regex": ("js", lambda size, _: "a=/[" + "(a+)+" * (size // 5)),
    "js endless name": ("js", lambda size, _: "a" * size),
    "js endless number": ("js", lambda size, _: "x=" + "1" * size),
    "js big integer": ("js", lambda size, _: "x=" + "9" * size + "n;y=x*x*x+'';eval(y)"),
    "py endless string": ("py", lambda size, _: "a='" + "b" * size),
    "py endless triple string": ("py", lambda size, _: "a='''" + "b\n" * (size // 2)),
    "py endless number": ("py", lambda size, _: "x=" + "9" * size + "\nexec(str(x*x))\n"),
    "py endless spaces": ("py", lambda size, _: " " * size),
    "sh endless string": ("sh", lambda size, _: "a '" + "b" * size),
    "js spaces": ("js", lambda size, _: "a" + " " * size + "b()"),
    "js NUL bytes": ("js", lambda size, _: "\0" * size),
    "py UTF-16": ("py", lambda size, _: ("a=1\n" * (size // 8)).encode("utf-16")),
    "js line separators": ("js", lambda size, _: "a\u2028" * (size // 4)),
    "js combining characters": ("js", lambda size, _: "var a" + "\u0301" * (size // 2) + "=1"),
    "js invisible characters": ("js", lambda size, _: "eval('" + "\u200b\ufe0f" * (size // 6) + "')"),
    "js base64 blob": ("js", lambda size, random: "eval(atob('" + base64.b64encode(random.randbytes(size * 3 // 4)).decode() + "'))"),
    "py base64 blob": ("py", lambda size, random: "import base64\nexec(base64.b64decode('" +
                       base64.b64encode(random.randbytes(size * 3 // 4)).decode() + "'))"),
    "js many evals of a string": ("js", lambda size, _: "var s='" + "a();" * (size // 8) + "';" + "eval(s);" * (size // 16)),
    "py many execs of a string": ("py", lambda size, _: "s='" + "a();" * (size // 8) + "'\n" + "exec(s)\n" * (size // 16)),
    "js decoder called often": ("js", lambda size, _: "function d(a){var o='';for(var i=0;i<a.length;i++)o+=String.fromCharCode(a.charCodeAt(i)-1);"
                                "return o}" + "eval(d('bcdefghi'));" * (size // 20)),
    "py written modules": ("py", lambda size, _: "".join(f"open('/tmp/long/x{i}/m.py','w').write('a=1')\n" for i in range(2000)) + "import q.m\n" * (size // 11)),
    "py written commands": ("py", lambda size, _: "import os\n" + "".join(f"open('/tmp/long/x{i}','w').write('a=1')\n" for i in range(2000)) +
                            ("os.system('echo " + "b" * 200 + "')\n") * (size // 220)),
    "py one text in many files": ("py", lambda size, _: "s='x'*1000\ns=s*1000\n" + "".join(f"open('/tmp/aaaa{i}','w').write(s)\n" for i in range(size // 36))),
    "py decoder called often": ("py", lambda size, _: "def d(a):\n o=''\n for c in a:\n  o+=chr(ord(c)-1)\n return o\n" + "exec(d('bcdefghi'))\n" * (size // 20)),
}
