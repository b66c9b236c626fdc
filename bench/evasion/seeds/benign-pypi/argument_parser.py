# Parses command line options; runs: import
import argparse
def parse(words):
    parser = argparse.ArgumentParser(prog="widget", description="Shows widgets")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("host", nargs="?", default="localhost")
    return parser.parse_args(words)
print(parse(["--port", "9000", "example.test"]).port)
