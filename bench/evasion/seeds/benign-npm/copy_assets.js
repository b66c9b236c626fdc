// Copies a default file into the package's own folder; runs: postinstall
const fs = require("fs");
const path = require("path");
const folder = path.join(__dirname, "generated");
fs.mkdirSync(folder, { recursive: true });
const constants = { version: "1.0.0", levels: ["low", "high"] };
fs.writeFileSync(path.join(folder, "constants.json"), JSON.stringify(constants, null, 2));
console.log(fs.readFileSync(path.join(folder, "constants.json"), "utf8").length);
