// Opens a page in the user's browser when it is called; runs: import
const child = require("child_process");
const programs = { darwin: "open", win32: "explorer", linux: "xdg-open" };
function open(address) {
  if (!/^https?:/.test(address)) {
    throw new Error("not an address: " + address);
  }
  return child.spawn(programs[process.platform] || "xdg-open", [address], { detached: true, stdio: "ignore" });
}
try {
  open("docs");
} catch (error) {
  console.log(error.message);
}
exports.open = open;
