// Reads settings from lines of text; runs: import
function parse(text) {
  const result = {};
  for (const line of text.split("\n")) {
    const match = line.match(/^\s*([\w.]+)\s*=\s*(.*?)\s*$/);
    if (match) {
      result[match[1]] = match[2].replace(/^"|"$/g, "");
    }
  }
  return result;
}
const values = parse('PORT=3000\nNAME="the widget"\n# note\n');
for (const name of Object.keys(values)) {
  if (process.env[name] === undefined) {
    process.env[name] = values[name];
  }
}
console.log(values.PORT, values.NAME);
exports.parse = parse;
