// Parses command line options; runs: import
const defaults = { port: 8080, host: "localhost", verbose: false };
function parse(list) {
  const options = Object.assign({}, defaults);
  for (let i = 0; i < list.length; i++) {
    const word = list[i];
    if (word === "--port") {
      options.port = Number(list[++i]);
    } else if (word === "--verbose") {
      options.verbose = true;
    } else {
      options.host = word;
    }
  }
  return options;
}
console.log(JSON.stringify(parse(["--port", "9000", "example.test", "--verbose"])));
exports.parse = parse;
