// Writes coloured lines; runs: import
const colors = { info: 36, warn: 33, error: 31 };
let lines = 0;
function log(level, message) {
  lines += 1;
  return "\u001b[" + colors[level] + "m" + level.toUpperCase() + "\u001b[0m " + message;
}
console.log(log("info", "ready"));
console.log(log("warn", "slow disk"), lines);
exports.log = log;
