# Sends a count of uses, only after the user agreed; runs: import
import json
import os
import platform
import urllib.request
def report(event):
    if os.environ.get("WIDGET_TELEMETRY") != "yes":
        return "telemetry is off"
    body = json.dumps({"event": event, "system": platform.system()}).encode()
    urllib.request.urlopen("https://telemetry.example.test/v1/events", data=body, timeout=2)
    return "sent"
print(report("start"))
