// Public key signatures, verified by OpenSSL.
#pragma once

#include <string_view>

namespace assay {

// ECDSA over SHA-256 as npm's registry signs (https://docs.npmjs.com/about-registry-signatures):
// `key` is a DER SubjectPublicKeyInfo, `signature` a DER Ecdsa-Sig-Value. False for a key or a
// signature that cannot be read, too.
bool verifies_ecdsa_sha256(std::string_view key, std::string_view message,
                           std::string_view signature);

}  // namespace assay
