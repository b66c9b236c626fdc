// Texts in several languages; runs: import
const texts = JSON.parse('{"en": {"hello": "Hello, {0}!"}, "de": {"hello": "Hallo, {0}!"}, "ja": {"hello": "\\u3053\\u3093\\u306b\\u3061\\u306f {0}"}}');
function say(language, key, value) {
  const table = texts[language] || texts.en;
  return table[key].replace("{0}", value);
}
console.log(say("de", "hello", "Ann"), say("xx", "hello", "Bob"), say("ja", "hello", "C"));
exports.say = say;
