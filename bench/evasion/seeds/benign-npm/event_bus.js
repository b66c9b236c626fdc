// Tells listeners about events; runs: import
const { EventEmitter } = require("events");
const bus = new EventEmitter();
const seen = [];
bus.on("saved", (name) => {
  seen.push(name);
});
bus.emit("saved", "a.txt");
bus.emit("saved", "b.txt");
console.log(seen.join(","));
module.exports = bus;
