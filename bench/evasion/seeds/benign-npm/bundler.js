// Joins modules into one text; runs: import
const modules = {
  "./a": "exports.name = 'a';",
  "./b": "exports.name = require('./a').name + 'b';",
};
function bundle(entry) {
  const parts = Object.keys(modules).map((name) => JSON.stringify(name) + ": function (module, exports, require) {\n" + modules[name] + "\n}");
  return "run({\n" + parts.join(",\n") + "\n}, " + JSON.stringify(entry) + ");";
}
const text = bundle("./b");
console.log(text.length, text.split("\n").length);
exports.bundle = bundle;
