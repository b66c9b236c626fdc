// Encodes and decodes text; runs: import
function encode(text) {
  return Buffer.from(text, "utf8").toString("base64");
}
function decode(text) {
  return Buffer.from(text, "base64").toString("utf8");
}
console.log(encode("hello world"), decode("aGVsbG8gd29ybGQ="));
exports.encode = encode;
exports.decode = decode;
