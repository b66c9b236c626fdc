// Tells about a newer version when asked to look; runs: import
const https = require("https");
const current = "1.0.0";
function newer(a, b) {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < 3; i++) {
    if (left[i] !== right[i]) {
      return left[i] > right[i];
    }
  }
  return false;
}
function look(done) {
  https.get("https://updates.example.test/widget.json", (response) => {
    response.setEncoding("utf8");
    response.on("data", (text) => done(newer(JSON.parse(text).version, current)));
  });
}
console.log(newer("1.2.0", current), newer("0.9.9", current));
exports.look = look;
