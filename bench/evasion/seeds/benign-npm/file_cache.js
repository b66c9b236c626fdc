// A cache in the folder for temporary files; runs: import
const fs = require("fs");
const os = require("os");
const path = require("path");
const crypto = require("crypto");
const folder = path.join(os.tmpdir(), "widget-cache");
function place(key) {
  return path.join(folder, crypto.createHash("sha256").update(key).digest("hex").slice(0, 16));
}
function put(key, value) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(place(key), JSON.stringify(value));
}
function get(key) {
  return JSON.parse(fs.readFileSync(place(key), "utf8"));
}
console.log(path.basename(place("answer")));
exports.put = put;
exports.get = get;
