// A function in WebAssembly kept as base64; runs: import
const bytes = Buffer.from("AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABagsAJARuYW1lAAYFYWRkMzIBBgEAA2FkZAIPAQACAAFhAQFi", "base64");
console.log(bytes.length, bytes.slice(1, 4).toString());
exports.load = function () {
  return WebAssembly.instantiate(bytes);
};
