// Sends a count of uses, only after the user agreed; runs: import
const https = require("https");
const os = require("os");
function report(event) {
  if (process.env.WIDGET_TELEMETRY !== "yes") {
    return "telemetry is off";
  }
  const body = JSON.stringify({ event: event, platform: os.platform(), version: "1.0.0" });
  const request = https.request({ hostname: "telemetry.example.test", path: "/v1/events", method: "POST" });
  request.on("error", () => {});
  request.end(body);
  return "sent";
}
console.log(report("start"));
exports.report = report;
