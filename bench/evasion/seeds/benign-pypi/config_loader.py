# Finds settings in the project and in the home folder; runs: import
import configparser
import os
def load(name):
    parser = configparser.ConfigParser()
    parser.read([os.path.expanduser("~/.config/widget/" + name), os.path.join(os.getcwd(), name)])
    color = "never" if os.environ.get("NO_COLOR") else "auto"
    return parser.get("ui", "color", fallback=color)
print(load("settings-that-nobody-has.ini"))
