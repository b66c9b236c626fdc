#include "base/signature.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace assay {
namespace {

// A key pair made for this test alone; its private half was thrown away.
const std::string key = *base64_decode(
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4++FUP/"
    "S+G1l+xNuxwIFrIcAPUhP1j7QKa2NmQzQU7Yan59ErKuFBSQR2WPwq5izc0lcamsExPpuk1Le0Xp6gw==");
const std::string signature = *base64_decode(
    "MEQCIEcRZaCueWV73TG2nZb5GSRzcwDV08V22hDR4W1oayapAiA0pF5inWIbyi1bwETQaggQLcB8g4KLc/"
    "nVlGEoBg1Lfg==");

TEST(Signature, Of_the_right_message_by_the_right_key_verifies_and_no_other) {
  EXPECT_TRUE(verifies_ecdsa_sha256(key, "demo@1.0.0:sha512-AAAA", signature));
  EXPECT_FALSE(verifies_ecdsa_sha256(key, "demo@1.0.0:sha512-AAAB", signature));
  EXPECT_FALSE(verifies_ecdsa_sha256(key, "demo@1.0.0:sha512-AAAA", signature.substr(1)));
}

TEST(Signature, Keys_and_signatures_that_are_none_verify_nothing) {
  EXPECT_FALSE(verifies_ecdsa_sha256("", "demo@1.0.0:sha512-AAAA", signature));
  EXPECT_FALSE(verifies_ecdsa_sha256("junk", "demo@1.0.0:sha512-AAAA", signature));
  EXPECT_FALSE(verifies_ecdsa_sha256(key, "demo@1.0.0:sha512-AAAA", ""));
}

}  // namespace
}  // namespace assay
