// Finds settings in the project and in the home folder; runs: import
const fs = require("fs");
const os = require("os");
const path = require("path");
function load(name) {
  const places = [path.join(process.cwd(), name), path.join(os.homedir(), name)];
  for (const place of places) {
    if (fs.existsSync(place)) {
      return JSON.parse(fs.readFileSync(place, "utf8"));
    }
  }
  return { color: process.env.NO_COLOR ? "never" : "auto" };
}
console.log(typeof load(".widget-settings-that-nobody-has.json"));
exports.load = load;
