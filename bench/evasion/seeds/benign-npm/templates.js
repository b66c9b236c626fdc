// Compiles templates to functions; runs: import
const cache = new Map();
function compile(template) {
  if (cache.has(template)) {
    return cache.get(template);
  }
  const body = "return '" + template.replace(/\{(\w+)\}/g, "' + data['$1'] + '") + "';";
  const made = new Function("data", body);
  cache.set(template, made);
  return made;
}
console.log(compile("Hello {name}, {count} new")({ name: "Ann", count: 3 }));
exports.compile = compile;
