#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (!metadata.signature || *metadata.signature == SignatureState::verified) return;
  const bool is_wrong = *metadata.signature == SignatureState::wrong;
  findings.add(is_wrong ? Severity::high : Severity::low, Where{},
               is_wrong ? "has a signature that is not of its name, version and hash"
                        : "has a signature by a key that the registry does not serve");
}

}  // namespace

extern constinit const Rule signature_wrong = {
    .id = "signature-wrong",
    .title = "The registry's signature is not of this package",
    .why =
        "The registry signs name, version and hash of each release. Where its own key does "
        "not fit, something between it and here has changed one of them.",
    .harmless_when = "A proxy that repacks archives, and keys that it does not serve.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a signature of another package", .expect = "package", .bundle = R"(==> package.json
{"name": "other", "version": "1.0.0"}
==> //package
npm other 1.0.0
==> //npm/other.json
{"name": "other", "versions": {"1.0.0": {"dist": {"integrity": "sha512-AAAA", "signatures": [{"keyid": "k",
 "sig": "MEQCIEcRZaCueWV73TG2nZb5GSRzcwDV08V22hDR4W1oayapAiA0pF5inWIbyi1bwETQaggQLcB8g4KLc/nVlGEoBg1Lfg=="}]}}}}
==> //keys.json
{"keys": [{"keyid": "k", "key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4++FUP/S+G1l+xNuxwIFrIcAPUhP1j7QKa2NmQzQU7Yan59ErKuFBSQR2WPwq5izc0lcamsExPpuk1Le0Xp6gw=="}]}
)"},
    {.name = "the right one", .expect = silent, .bundle = R"(==> package.json
{"name": "demo", "version": "1.0.0"}
==> //package
npm demo 1.0.0
==> //npm/demo.json
{"name": "demo", "versions": {"1.0.0": {"dist": {"integrity": "sha512-AAAA", "signatures": [{"keyid": "k",
 "sig": "MEQCIEcRZaCueWV73TG2nZb5GSRzcwDV08V22hDR4W1oayapAiA0pF5inWIbyi1bwETQaggQLcB8g4KLc/nVlGEoBg1Lfg=="}]}}}}
==> //keys.json
{"keys": [{"keyid": "k", "key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4++FUP/S+G1l+xNuxwIFrIcAPUhP1j7QKa2NmQzQU7Yan59ErKuFBSQR2WPwq5izc0lcamsExPpuk1Le0Xp6gw=="}]}
)"},
};
extern const std::span<const Sample> signature_wrong_samples = samples;
#endif

}  // namespace assay::rules
