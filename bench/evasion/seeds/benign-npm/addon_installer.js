// Looks for a prebuilt add-on and says when to build; runs: postinstall
const fs = require("fs");
const path = require("path");
const supported = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];
const platform = process.platform + "-" + process.arch;
const file = path.join(__dirname, "prebuilds", platform, "widget.node");
if (fs.existsSync(file)) {
  console.log("using the prebuilt add-on");
} else if (supported.includes(platform)) {
  console.log("no prebuilt add-on, the slow version is used");
} else {
  console.log("this platform has no add-on");
}
