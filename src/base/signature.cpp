#include "base/signature.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace assay {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool verifies_ecdsa_sha256(std::string_view key, std::string_view message,
                           std::string_view signature) {
  const unsigned char* at = bytes_of(key);
  const Key public_key(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.size())));
  if (!public_key || EVP_PKEY_get_base_id(public_key.get()) != EVP_PKEY_EC) return false;
  const Context context(EVP_MD_CTX_new());
  return context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, public_key.get()) ==
             1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                          message.size()) == 1;
}

}  // namespace assay
