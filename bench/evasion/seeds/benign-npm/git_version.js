// Asks git for the revision when it is called; runs: import
const child = require("child_process");
function revision(folder) {
  try {
    return child.execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: folder, stdio: "pipe" }).toString().trim();
  } catch (error) {
    return "unknown";
  }
}
console.log(typeof revision);
exports.revision = revision;
