#include "rules/wallet_addresses.h"

#include <gtest/gtest.h>

namespace assay::rules {
namespace {

TEST(WalletAddresses, Are_counted_once_each) {
  EXPECT_EQ(wallet_addresses_in("'0x00000000000000000000000000000000000000a1' "
                                "\"0x00000000000000000000000000000000000000a1\" "
                                "1RepicaRepicaRepicaRepicaRe"),
            2u);
}

TEST(WalletAddresses, Are_not_seen_in_hashes_and_names) {
  EXPECT_EQ(wallet_addresses_in("0x00a1 d41d8cd98f00b204e9800998ecf8427e createElementNamespace"),
            0u);
}

}  // namespace
}  // namespace assay::rules
