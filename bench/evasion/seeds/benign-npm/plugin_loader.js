// Loads plug-ins by name; runs: import
const builtin = ["path", "url", "util"];
function load(name) {
  if (!builtin.includes(name)) {
    throw new Error("unknown plug-in " + name);
  }
  return require(name);
}
console.log(builtin.map((name) => typeof load(name)).join(" "));
try {
  load("other");
} catch (error) {
  console.log(error.message);
}
exports.load = load;
