// Checksums of files; runs: import
const crypto = require("crypto");
const known = { empty: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" };
function sha256(data) {
  return crypto.createHash("sha256").update(data).digest("hex");
}
console.log(sha256("") === known.empty, sha256("abc").slice(0, 8));
exports.sha256 = sha256;
