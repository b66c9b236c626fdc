"""The same statements run in the same order, but not where they stand."""
from .. import javascript, python
from ..program import indent
from ..registry import transform


def javascript_parts(program):
    return javascript.hoist(javascript.statements(program.text))


@transform("flattening")
def flattening(program, random):
    """A loop around a switch, or an if chain, runs the statements by a list of numbers."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        numbers = random.sample(range(100, 999), len(parts))
        order = "|".join(map(str, numbers))
        cases = [f'    case "{number}":\n      {part}\n      continue;\n' for number, part in zip(numbers, parts)]
        random.shuffle(cases)
        return program.with_text("\n".join(head) + f'\nconst order = "{order}".split("|");\nlet at = 0;\nwhile (true) {{\n  switch (order[at++]) {{\n' +
                                 "".join(cases) + "  }\n  break;\n}\n")
    head, parts = python.split_head(program.text)
    parts = parts or ["pass"]
    numbers = random.sample(range(100, 999), len(parts) + 1)
    branches = []
    for i, part in enumerate(parts):
        branches.append((numbers[i], indent(part + f"\nstate = {numbers[i + 1]}\n", 2)))
    random.shuffle(branches)
    text = "\n".join(head) + f"\nstate = {numbers[0]}\nwhile state != {numbers[-1]}:\n"
    for i, (number, body) in enumerate(branches):
        text += f"    {'if' if i == 0 else 'elif'} state == {number}:\n{body}"
    return program.with_text(text)


@transform("dead-code")
def dead_code(program, random):
    """Harmless statements and functions stand between the others."""
    def filler(n):
        a, b = random.randint(2, 99), random.randint(2, 99)
        if program.is_javascript:
            return random.choice([f"let unused{n} = {a} * {b};", f"function helper{n}(v) {{\n  return v.map((x) => x * {a} + {b});\n}}",
                                  f"if ({a} > {a + b}) {{\n  console.log('never {n}');\n}}", f"for (let i = 0; i < {a % 7}; i++) {{\n  Math.max(i, {b});\n}}"])
        return random.choice([f"unused{n} = {a} * {b}", f"def helper{n}(values):\n    return [v * {a} + {b} for v in values]",
                              f"if {a} > {a + b}:\n    print('never {n}')", f"for _{n} in range({a % 7}):\n    max(_{n}, {b})"])

    parts = javascript.statements(program.text) if program.is_javascript else python.top_statements(program.text)
    mixed = []
    for n, part in enumerate(parts):
        mixed += [filler(3 * n), filler(3 * n + 1), part, filler(3 * n + 2)]
    return program.with_text("\n".join(mixed) + "\n")


@transform("opaque-predicates")
def opaque_predicates(program, random):
    """Each statement stands behind a condition that is always true but must be computed."""
    def truth():
        n = random.randint(3, 50)
        if program.is_javascript:
            return random.choice([f"({n} * {n} + {n}) % 2 === 0", f"Math.pow({n}, 2) >= 0", f"typeof {n} === 'number'",
                                  f"'{n}'.length < 9", f"[{n}].indexOf({n}) === 0", "new Date().getTime() > 0"])
        return random.choice([f"({n} * {n} + {n}) % 2 == 0", f"pow({n}, 2) >= 0", f"isinstance({n}, int)", f"len('{n}') < 9",
                              f"[{n}].index({n}) == 0", "__import__('time').time() > 0"])

    if program.is_javascript:
        head, parts = javascript_parts(program)
        return program.with_text("\n".join(head) + "\n" + "".join(
            f"if ({truth()}) {{\n  {part}\n}} else {{\n  exports.wrong = {random.randint(1, 9)};\n}}\n" for part in parts))
    return program.with_text("".join(
        f"if {truth()}:\n{indent(part + chr(10))}else:\n    wrong = {random.randint(1, 9)}\n" for part in python.top_statements(program.text)))


@transform("try-wrapping")
def try_wrapping(program, random):
    """Each statement stands in a try that hides every error."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        return program.with_text("\n".join(head) + "\n" + "".join(f"try {{\n  {part}\n}} catch (hidden) {{}}\n" for part in parts))
    return program.with_text("".join(f"try:\n{indent(part + chr(10))}except Exception:\n    pass\n" for part in python.top_statements(program.text)))


@transform("exceptions")
def exceptions(program, random):
    """The program runs in the handler of an exception that always comes."""
    if program.is_javascript:
        half = len(javascript_parts(program)[1]) // 2
        head, parts = javascript_parts(program)
        first, second = "\n  ".join(parts[:half]), "\n  ".join(parts[half:])
        return program.with_text("\n".join(head) + f"\ntry {{\n  null.missing();\n}} catch (first) {{\n  {first}\n}}\n"
                                 f"try {{\n  throw {{ code: 7 }};\n}} catch (second) {{\n  if (second.code === 7) {{\n  {second}\n  }}\n}} finally {{\n  exports.done = true;\n}}\n")
    parts = python.top_statements(program.text)
    half = len(parts) // 2
    first, second = ("\n".join(part) + "\n" or "pass\n" for part in (parts[:half] or ["pass"], parts[half:]))
    return program.with_text(f"try:\n    1 / 0\nexcept ZeroDivisionError:\n{indent(first)}"
                             f"try:\n    raise KeyError(7)\nexcept KeyError as key:\n    if key.args[0] == 7:\n{indent(second, 2)}finally:\n    done = True\n")


@transform("generator")
def generator(program, random):
    """The statements stand in a generator that a loop drives."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "".join(f"  yield {n};\n  {part}\n" for n, part in enumerate(parts))
        return program.with_text("\n".join(head) + f"\nfunction* steps() {{\n{body}}}\nfor (const step of steps()) {{\n  if (step < 0) {{\n    break;\n  }}\n}}\n")
    body = "".join(f"    yield {n}\n{indent(part + chr(10))}" for n, part in enumerate(python.top_statements(program.text)))
    return program.with_text(f"def steps():\n    {python.global_line(program.text)}{body}for step in steps():\n    if step < 0:\n        break\n")


@transform("asynchronous")
def asynchronous(program, random):
    """The program runs in async functions that wait for one another."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n  await null;\n  ".join(parts)
        return program.with_text("\n".join(head) + f"\nconst pause = (value) => new Promise((done) => done(value));\nasync function main(ready) {{\n  await pause(1);\n  {body}\n  return ready;\n}}\n"
                                 "(async () => {\n  const value = await main(true);\n  return value;\n})();\n")
    body = python.global_line(program.text) + "await asyncio.sleep(0)\n" + program.text
    return program.with_text(f"import asyncio\nasync def main():\n{indent(body)}async def outer():\n    await asyncio.gather(main())\n"
                             "loop = asyncio.new_event_loop()\nloop.run_until_complete(outer())\n")


@transform("promise-chain", "javascript")
def promise_chain(program, random):
    """Each statement is a link of a promise chain."""
    head, parts = javascript_parts(program)
    links = "".join(f"  .then(() => {{\n    {part}\n  }})\n" for part in parts)
    return program.with_text("\n".join(head) + f"\nPromise.resolve()\n{links}  .catch(() => {{}});\n")


@transform("timers")
def timers(program, random):
    """The program runs from a timer, or a thread."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n  ".join(parts)
        start = random.choice(["setTimeout(later, 10);", "setImmediate(later);", "process.nextTick(() => later());",
                               "const handle = setInterval(() => {\n  clearInterval(handle);\n  later();\n}, 5);"])
        return program.with_text("\n".join(head) + f"\nfunction later() {{\n  {body}\n}}\n{start}\n")
    start = random.choice(["threading.Thread(target=later).start()", "threading.Timer(0.01, later).start()",
                           "worker = threading.Thread(None, later, 'w', (), {})\nworker.daemon = False\nworker.start()"])
    return program.with_text(f"import threading\ndef later():\n{indent(python.global_line(program.text) + program.text)}{start}\n")


@transform("events")
def events(program, random):
    """The program is a listener that an event calls."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n  ".join(parts)
        return program.with_text("\n".join(head) + '\nconst Emitter = require("events");\nconst bus = new Emitter();\n'
                                 f'bus.once("ready", () => {{\n  {body}\n}});\nbus.emit("ready");\n')
    return program.with_text(
        "import atexit\nlisteners = {}\ndef on(name):\n    def keep(function):\n        listeners.setdefault(name, []).append(function)\n        return function\n    return keep\n"
        f"@on('ready')\ndef ready():\n{indent(python.global_line(program.text) + program.text)}"
        "def emit(name):\n    for listener in listeners.get(name, []):\n        listener()\nemit('ready')\n")


@transform("at-exit")
def at_exit(program, random):
    """The program runs when the process ends."""
    if program.is_javascript:
        head, parts = javascript_parts(program)
        body = "\n  ".join(parts)
        event = random.choice(["exit", "beforeExit"])
        once = "once" if event == "beforeExit" else "on"
        return program.with_text("\n".join(head) + f'\nprocess.{once}("{event}", () => {{\n  {body}\n}});\n')
    return program.with_text(f"import atexit\n@atexit.register\ndef last():\n{indent(python.global_line(program.text) + program.text)}")
