// JavaScript names, sorted by path.
#include "facts/code/flow/api_rows.h"

namespace assay::code {
namespace {

constexpr Sources remote = Source::remote;
constexpr Special special_request = Special::request;

constexpr Api request(std::string_view path, std::int8_t target, std::int8_t data) {
  return {.path = path, .act = Act::fetch, .target = target, .data = data, .result = remote,
          .special = special_request, .callbacks = Callbacks::now};
}
constexpr Api source(std::string_view path, Sources result) {
  return {.path = path, .act = Act::read_source, .result = result};
}
constexpr Api quiet(std::string_view path, Sources result = {}, Callbacks callbacks = Callbacks::now) {
  return {.path = path, .result = result, .callbacks = callbacks, .acts = false};
}
constexpr Api act(std::string_view path, Act what, std::int8_t target, std::int8_t data = no_argument,
                  Sources result = {}) {
  return {.path = path, .act = what, .target = target, .data = data, .result = result,
          .callbacks = Callbacks::now};
}
constexpr Api special(std::string_view path, Special how, Act what, std::int8_t target,
                      std::int8_t data = no_argument, Sources result = {}) {
  return {.path = path, .act = what, .target = target, .data = data, .result = result, .special = how,
          .callbacks = Callbacks::now};
}
constexpr Api shell(std::string_view path) {
  return special(path, Special::shell, Act::run_shell, 0, no_argument, Source::command_output);
}
constexpr Api program(std::string_view path) {
  return special(path, Special::program, Act::run_program, 0, no_argument, Source::command_output);
}
constexpr Api read(std::string_view path) {
  return special(path, Special::read, Act::read_file, 0);
}
constexpr Api write(std::string_view path) {
  return special(path, Special::write, Act::write_file, 0, 1);
}
constexpr Api resolve(std::string_view path) {
  return act(path, Act::resolve, 0, no_argument, Source::dns);
}

constexpr Api rows[] = {
    // The language.
    special("eval", Special::evaluate, Act::run_code, 0),
    special("Function", Special::make_function, Act::run_code, 0),
    special("AsyncFunction", Special::make_function, Act::run_code, 0),
    special("GeneratorFunction", Special::make_function, Act::run_code, 0),
    special("vm.runInThisContext", Special::evaluate, Act::run_code, 0),
    special("vm.runInNewContext", Special::evaluate, Act::run_code, 0),
    special("vm.runInContext", Special::evaluate, Act::run_code, 0),
    special("vm.compileFunction", Special::evaluate, Act::run_code, 0),
    special("vm.Script", Special::evaluate, Act::run_code, 0),
    special("vm2.VM().run", Special::evaluate, Act::run_code, 0),
    special("module._compile", Special::evaluate, Act::run_code, 0),
    special("module.constructor()._compile", Special::evaluate, Act::run_code, 0),
    special("module()._compile", Special::evaluate, Act::run_code, 0),
    special("module.Module()._compile", Special::evaluate, Act::run_code, 0),
    special("eval-string", Special::evaluate, Act::run_code, 0),
    special("require-from-string", Special::evaluate, Act::run_code, 0),
    special("require", Special::load, Act::load_module, 0),
    special("module.require", Special::load, Act::load_module, 0),
    special("module.constructor._load", Special::load, Act::load_module, 0),
    special("module._load", Special::load, Act::load_module, 0),
    special("module.Module._load", Special::load, Act::load_module, 0),
    special("require.main.require", Special::load, Act::load_module, 0),
    special("process.mainModule.require", Special::load, Act::load_module, 0),
    special("module.createRequire()", Special::load, Act::load_module, 0),
    special("module.Module.createRequire()", Special::load, Act::load_module, 0),
    special("process.binding", Special::none, Act::load_native, 0),
    special("process.getBuiltinModule", Special::load, Act::load_module, 0),
    special("import", Special::load, Act::load_module, 0),
    special("Reflect.apply", Special::reflect_apply, Act::read_source, 0),
    special("setTimeout", Special::callback_first, Act::run_code, 0),
    special("setInterval", Special::callback_first, Act::run_code, 0),
    special("setImmediate", Special::callback_first, Act::run_code, 0),
    special("queueMicrotask", Special::callback_first, Act::run_code, 0),
    special("process.nextTick", Special::callback_first, Act::run_code, 0),
    quiet("Promise.all"), quiet("Promise.race"), quiet("Promise.resolve"), quiet("Promise.allSettled"),
    quiet("process.on"), quiet("process.once"), quiet("util.promisify"), quiet("document.addEventListener"),
    quiet("window.addEventListener"), quiet("addEventListener"),
    act("process.exit", Act::exit_process, 0),
    act("process.kill", Act::exit_process, 0),
    act("process.dlopen", Act::load_native, 1),
    act("ffi-napi.Library", Act::load_native, 0), act("ffi.Library", Act::load_native, 0),
    act("koffi.load", Act::load_native, 0), act("bindings", Act::load_native, 0),

    // Processes.
    shell("child_process.exec"), shell("child_process.execSync"),
    program("child_process.execFile"), program("child_process.execFileSync"),
    program("child_process.spawn"), program("child_process.spawnSync"), program("child_process.fork"),
    program("cross-spawn"), program("cross-spawn.sync"), program("cross-spawn.spawn"),
    program("execa"), program("execa.execa"), program("execa.sync"), program("execa.execaSync"),
    shell("execa.command"), shell("execa.commandSync"), shell("execa.execaCommand"),
    program("execa.node"), shell("shelljs.exec"), shell("zx.$"), program("Bun.spawn"),
    program("Bun.spawnSync"), program("Deno.run"), program("Deno.Command"), program("worker_threads.Worker"),
    shell("node-cmd.run"), shell("node-cmd.get"), shell("node-cmd.runSync"), shell("sudo-prompt.exec"),
    shell("child-process-promise.exec"), program("child-process-promise.spawn"), program("node-pty.spawn"),
    program("open"), program("opn"),

    // Network.
    request("fetch", 0, 1), request("node-fetch", 0, 1), request("cross-fetch", 0, 1),
    request("isomorphic-fetch", 0, 1), request("make-fetch-happen", 0, 1), request("undici.fetch", 0, 1),
    request("undici.request", 0, 1), request("http.request", 0, 1), request("http.get", 0, 1),
    request("https.request", 0, 1), request("https.get", 0, 1), request("follow-redirects.https.get", 0, 1),
    request("follow-redirects.http.get", 0, 1), request("follow-redirects.https.request", 0, 1),
    request("http2.connect", 0, 1), request("http2.connect().request", from_receiver, 0),
    request("axios", 0, 1), request("axios.get", 0, 1), request("axios.post", 0, 1),
    request("axios.put", 0, 1), request("axios.patch", 0, 1), request("axios.delete", 0, 1),
    request("axios.head", 0, 1), request("axios.request", 0, 1), request("axios.default", 0, 1),
    request("request", 0, 1), request("request.get", 0, 1), request("request.post", 0, 1),
    request("request.put", 0, 1), request("got", 0, 1), request("got.get", 0, 1),
    request("got.post", 0, 1), request("got.put", 0, 1), request("got.stream", 0, 1),
    request("needle", 1, 2), request("needle.get", 0, 1), request("needle.post", 0, 1),
    request("superagent.get", 0, 1), request("superagent.post", 0, 1), request("ky", 0, 1),
    request("ky.get", 0, 1), request("ky.post", 0, 1), request("phin", 0, 1), request("bent()", 0, 1),
    request("sync-request", 1, 2), request("urllib.request", 0, 1), request("wreck.get", 0, 1),
    request("download", 0, no_argument), request("node-downloader-helper.DownloaderHelper", 0, no_argument),
    request("navigator.sendBeacon", 0, 1), request("$.ajax", 0, 1), request("$.get", 0, 1),
    request("$.post", 0, 1), request("jQuery.ajax", 0, 1), request("jQuery.get", 0, 1),
    request("jQuery.post", 0, 1), request("importScripts", 0, no_argument),
    act("XMLHttpRequest().open", Act::fetch, 1, no_argument, remote),
    act("XMLHttpRequest().send", Act::send, from_receiver, 0, remote),
    act("http.request().write", Act::send, from_receiver, 0), act("https.request().write", Act::send, from_receiver, 0),
    act("http.request().end", Act::send, from_receiver, 0), act("https.request().end", Act::send, from_receiver, 0),
    act("WebSocket", Act::connect, 0, no_argument, remote), act("ws", Act::connect, 0, no_argument, remote),
    act("ws.WebSocket", Act::connect, 0, no_argument, remote),
    act("ethereum.request", Act::ask_wallet, 0, no_argument), act("window.ethereum.request", Act::ask_wallet, 0, no_argument),
    act("ethereum.send", Act::ask_wallet, 0, no_argument), act("window.ethereum.send", Act::ask_wallet, 0, no_argument),
    act("solana.connect", Act::ask_wallet, no_argument), act("window.solana.connect", Act::ask_wallet, no_argument),
    act("solana.signAndSendTransaction", Act::ask_wallet, no_argument), act("window.solana.signAndSendTransaction", Act::ask_wallet, no_argument),
    act("WebSocket().send", Act::send, from_receiver, 0), act("ws().send", Act::send, from_receiver, 0),
    act("EventSource", Act::connect, 0, no_argument, remote),
    act("socket.io-client", Act::connect, 0, no_argument, remote),
    act("socket.io-client.io", Act::connect, 0, no_argument, remote),
    act("socket.io-client.connect", Act::connect, 0, no_argument, remote),
    act("socket.io-client().emit", Act::send, from_receiver, 0),
    act("net.connect", Act::connect, 0, no_argument, remote),
    act("net.createConnection", Act::connect, 0, no_argument, remote),
    act("net.Socket().connect", Act::connect, 0, no_argument, remote),
    act("tls.connect", Act::connect, 0, no_argument, remote),
    act("net.connect().write", Act::send, from_receiver, 0), act("net.Socket().write", Act::send, from_receiver, 0),
    act("net.createConnection().write", Act::send, from_receiver, 0),
    act("tls.connect().write", Act::send, from_receiver, 0),
    act("net.connect().pipe", Act::redirect_stream, from_receiver), act("net.Socket().pipe", Act::redirect_stream, from_receiver),
    act("net.createConnection().pipe", Act::redirect_stream, from_receiver),
    act("net.Socket().connect().pipe", Act::redirect_stream, from_receiver),
    act("dgram.createSocket().send", Act::send, 2, 0),
    act("nodemailer.createTransport().sendMail", Act::send, from_receiver, 0),
    act("discord.js.WebhookClient().send", Act::send, from_receiver, 0),
    act("discord-webhook-node.Webhook().send", Act::send, from_receiver, 0),
    act("discord-webhook-node.Webhook().sendFile", Act::send, from_receiver, 0),
    act("@slack/webhook.IncomingWebhook().send", Act::send, from_receiver, 0),
    act("node-telegram-bot-api().sendMessage", Act::send, from_receiver, 1),
    act("node-telegram-bot-api().sendDocument", Act::send, from_receiver, 1),
    act("node-telegram-bot-api().sendPhoto", Act::send, from_receiver, 1),
    act("telegraf.Telegraf().telegram.sendMessage", Act::send, from_receiver, 1),
    act("telegraf.Telegraf().telegram.sendDocument", Act::send, from_receiver, 1),
    act("grammy.Bot().api.sendMessage", Act::send, from_receiver, 1),
    act("octokit.Octokit().request", Act::send, from_receiver, 0), act("@octokit/core.Octokit().request", Act::send, from_receiver, 0),
    act("octokit.Octokit().rest.repos.createOrUpdateFileContents", Act::send, from_receiver, 0),
    act("octokit.Octokit().rest.gists.create", Act::send, from_receiver, 0),
    act("@octokit/rest.Octokit().repos.createOrUpdateFileContents", Act::send, from_receiver, 0),
    act("@octokit/rest.Octokit().rest.repos.createOrUpdateFileContents", Act::send, from_receiver, 0),
    act("@octokit/rest.Octokit().gists.create", Act::send, from_receiver, 0),
    act("@octokit/rest.Octokit().request", Act::send, from_receiver, 0),
    act("basic-ftp.Client().uploadFrom", Act::send, from_receiver, 0), act("ssh2-sftp-client().put", Act::send, from_receiver, 0),
    act("aws-sdk.S3().putObject", Act::send, from_receiver, 0), act("aws-sdk.S3().upload", Act::send, from_receiver, 0),
    act("net.createServer().listen", Act::listen, 0), act("http.createServer().listen", Act::listen, 0),
    act("https.createServer().listen", Act::listen, 0), act("express().listen", Act::listen, 0),
    quiet("net.createServer", {}, Callbacks::later), quiet("http.createServer", {}, Callbacks::later),
    resolve("dns.lookup"), resolve("dns.resolve"), resolve("dns.resolve4"), resolve("dns.resolve6"),
    resolve("dns.resolveTxt"), resolve("dns.resolveCname"), resolve("dns.resolveAny"),
    resolve("dns.promises.lookup"), resolve("dns.promises.resolve"), resolve("dns.promises.resolveTxt"),
    resolve("dns.promises.resolve4"), resolve("dns.Resolver().resolve"), resolve("dns.Resolver().resolve4"),
    resolve("dns.Resolver().resolveTxt"),

    // Files.
    read("fs.readFile"), read("fs.readFileSync"), read("fs.promises.readFile"), read("fs.createReadStream"),
    read("fs.readJson"), read("fs.readJsonSync"), read("fs.promises.open"), read("Bun.file"), read("Deno.readTextFile"),
    write("fs.writeFile"), write("fs.writeFileSync"), write("fs.promises.writeFile"), write("fs.appendFile"),
    write("fs.appendFileSync"), write("fs.promises.appendFile"), write("fs.createWriteStream"),
    write("fs.outputFile"), write("fs.outputFileSync"), write("fs.writeJson"), write("fs.writeJsonSync"),
    write("Bun.write"), write("Deno.writeTextFile"), act("fs.createWriteStream().write", Act::write_file, from_receiver, 0),
    act("fs.createWriteStream().end", Act::write_file, from_receiver, 0),
    act("fs.copyFile", Act::write_file, 1, 0), act("fs.copyFileSync", Act::write_file, 1, 0),
    act("fs.promises.copyFile", Act::write_file, 1, 0), act("fs.copySync", Act::write_file, 1, 0),
    act("fs.copy", Act::write_file, 1, 0), act("fs.cpSync", Act::write_file, 1, 0),
    act("fs.unlink", Act::delete_file, 0), act("fs.unlinkSync", Act::delete_file, 0),
    act("fs.promises.unlink", Act::delete_file, 0), act("fs.rm", Act::delete_file, 0),
    act("fs.rmSync", Act::delete_file, 0), act("fs.promises.rm", Act::delete_file, 0),
    act("fs.rmdir", Act::delete_file, 0), act("fs.rmdirSync", Act::delete_file, 0),
    act("fs.promises.rmdir", Act::delete_file, 0), act("fs.remove", Act::delete_file, 0),
    act("fs.removeSync", Act::delete_file, 0), act("fs.emptyDirSync", Act::delete_file, 0),
    act("rimraf", Act::delete_file, 0), act("rimraf.sync", Act::delete_file, 0),
    act("rimraf.rimrafSync", Act::delete_file, 0), act("del", Act::delete_file, 0),
    act("fs.rename", Act::move_file, 1), act("fs.renameSync", Act::move_file, 1),
    act("fs.promises.rename", Act::move_file, 1),
    act("fs.chmod", Act::change_mode, 0), act("fs.chmodSync", Act::change_mode, 0),
    act("fs.promises.chmod", Act::change_mode, 0),
    act("fs.readdir", Act::list_folder, 0, no_argument, Source::listing),
    act("fs.readdirSync", Act::list_folder, 0, no_argument, Source::listing),
    act("fs.promises.readdir", Act::list_folder, 0, no_argument, Source::listing),
    act("glob.sync", Act::list_folder, 0, no_argument, Source::listing),
    act("fast-glob.sync", Act::list_folder, 0, no_argument, Source::listing),

    // Facts about the machine and its user.
    source("os.hostname", Source::host), source("os.networkInterfaces", Source::host),
    source("os.userInfo", Source::user), source("os.homedir", Source::user),
    source("process.cwd", Source::path), quiet("os.tmpdir"), quiet("os.platform", Source::platform), quiet("os.type", Source::platform),
    quiet("os.arch", Source::platform), quiet("os.release", Source::platform), quiet("os.cpus", Source::platform),
    source("systeminformation.osInfo", Source::platform), source("systeminformation.system", Source::host),
    source("node-machine-id.machineId", Source::host), source("node-machine-id.machineIdSync", Source::host),
    source("ip.address", Source::host), source("public-ip.v4", Source::host | Source::remote),
    source("username", Source::user), source("username.sync", Source::user),
    source("clipboardy.read", Source::clipboard), source("clipboardy.readSync", Source::clipboard),
    source("navigator.clipboard.readText", Source::clipboard),
    act("clipboardy.write", Act::write_clipboard, 0, 0), act("clipboardy.writeSync", Act::write_clipboard, 0, 0),
    act("navigator.clipboard.writeText", Act::write_clipboard, 0, 0),
    source("screenshot-desktop", Source::screen),
    act("iohook.start", Act::capture, no_argument, no_argument, Source::keystrokes),
    act("node-global-key-listener.GlobalKeyboardListener", Act::capture, no_argument, no_argument, Source::keystrokes),
    source("document.cookie", Source::browser_store), source("localStorage.getItem", {}),
    special("keytar.getPassword", Special::none, Act::read_source, no_argument, no_argument, Source::credential_file),
    special("keytar.findCredentials", Special::none, Act::read_source, no_argument, no_argument, Source::credential_file),
};

// Built-ins and members whose replacement lets a package see or change others' traffic.
constexpr std::string_view patched[] = {
    "XMLHttpRequest.prototype.open", "XMLHttpRequest.prototype.send", "child_process.exec",
    "child_process.spawn", "ethereum.request", "fetch", "http.request", "https.request",
    "module._extensions", "module._load", "module.prototype.require", "module.Module._load",
    "module.Module.prototype.require", "module.Module.prototype._compile", "net.Socket.prototype.connect",
    "window.ethereum.request", "window.ethereum.send", "window.fetch"};

}  // namespace

std::span<const Api> javascript_rows() { return rows; }
std::span<const std::string_view> javascript_patched() { return patched; }

}  // namespace assay::code
