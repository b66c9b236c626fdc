#include "ecosystems/repository/location.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

std::string url_of(std::string_view text) {
  const Result<RepositoryLocation> location = locate_repository(text);
  return location ? location->url : "none";
}

TEST(RepositoryLocation, Has_one_address_for_all_spellings) {
  for (const std::string_view text :
       {"https://code.example.test/ann/widget", "https://code.example.test/ann/widget.git",
        "git+https://code.example.test/ann/widget.git", "git://code.example.test/ann/widget.git",
        "git+ssh://git@code.example.test/ann/widget.git", "git@code.example.test:ann/widget.git",
        "ssh://git@code.example.test:22/ann/widget", "http://code.example.test/ann/widget/",
        "https://ann:secret@code.example.test/ann/widget#readme",
        "https://www.code.example.test/ann/widget?tab=readme",
        "https://git@code.example.test:ann/widget.git",
        "  HTTPS://code.example.test/ann/widget "}) {
    EXPECT_EQ(url_of(text), "https://code.example.test/ann/widget") << text;
  }
}

TEST(RepositoryLocation, Of_shorthands_is_what_npm_takes_them_for) {
  EXPECT_EQ(url_of("ann/widget"), "https://github.com/ann/widget");
  EXPECT_EQ(url_of("github:ann/widget"), "https://github.com/ann/widget");
  EXPECT_EQ(url_of("gitlab:ann/widget"), "https://gitlab.com/ann/widget");
  EXPECT_EQ(url_of("bitbucket:ann/widget"), "https://bitbucket.org/ann/widget");
}

TEST(RepositoryLocation, Of_a_page_is_the_repository_and_the_folder) {
  const RepositoryLocation page =
      locate_repository("https://github.com/ann/widget/tree/main/packages/core").value();
  EXPECT_EQ(page.url, "https://github.com/ann/widget");
  EXPECT_EQ(page.folder, "packages/core");
  EXPECT_EQ(url_of("https://github.com/ann/widget/issues"), "https://github.com/ann/widget");
  const RepositoryLocation deep =
      locate_repository("https://gitlab.example.test/group/sub/widget/-/tree/main/a").value();
  EXPECT_EQ(deep.url, "https://gitlab.example.test/group/sub/widget");
  EXPECT_EQ(deep.folder, "a");
}

TEST(RepositoryLocation, Keeps_a_port_of_https_and_not_one_of_ssh) {
  EXPECT_EQ(url_of("https://code.example.test:8443/ann/widget"),
            "https://code.example.test:8443/ann/widget");
  EXPECT_EQ(url_of("ssh://git@code.example.test:2222/ann/widget"),
            "https://code.example.test/ann/widget");
}

TEST(RepositoryLocation, Is_refused_for_what_is_no_repository) {
  for (const std::string_view text :
       {"", "file:///etc/passwd", "/etc/passwd", "../up", "gist:11081aaa281", "--upload-pack=x",
        "https://code.example.test/", "https://widget.example.test", "https://localhost/a/b",
        "https://github.com/sponsors/ann", "ext::sh -c touch% /tmp/x", "https://a b/c/d", "widget",
        "https://code.example.test/\x01/b"}) {
    EXPECT_EQ(url_of(text), "none") << text;
  }
}

}  // namespace
}  // namespace assay
