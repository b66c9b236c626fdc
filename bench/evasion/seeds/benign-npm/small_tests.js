// A tiny test runner; runs: import
const tests = [];
function test(name, check) {
  tests.push({ name: name, check: check });
}
test("adds", () => 1 + 1 === 2);
test("joins", () => ["a", "b"].join("") === "ab");
let passed = 0;
for (const one of tests) {
  if (one.check()) {
    passed++;
  }
}
console.log(passed + " of " + tests.length + " passed");
exports.test = test;
