// Converts colours; runs: import
class Color {
  constructor(hex) {
    this.red = parseInt(hex.slice(1, 3), 16);
    this.green = parseInt(hex.slice(3, 5), 16);
    this.blue = parseInt(hex.slice(5, 7), 16);
  }
  grey() {
    return Math.round((this.red + this.green + this.blue) / 3);
  }
}
console.log(new Color("#336699").grey());
exports.Color = Color;
