// A client of a web service that authenticates when it is called; runs: import
const https = require("https");
function client(token) {
  const headers = { authorization: "Bearer " + token, "user-agent": "widget/1.0.0" };
  function get(route) {
    return new Promise((resolve, reject) => {
      https.get({ hostname: "api.example.test", path: route, headers: headers }, (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve(JSON.parse(text)));
      }).on("error", reject);
    });
  }
  return { get: get, headers: headers };
}
console.log(client("none").headers.authorization);
exports.client = client;
