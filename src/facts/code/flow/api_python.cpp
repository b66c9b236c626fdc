// Python names, 2 and 3.
#include "facts/code/flow/api_rows.h"

namespace assay::code {
namespace {

constexpr Sources remote = Source::remote;

constexpr Api request(std::string_view path, std::int8_t target, std::int8_t data) {
  return {.path = path, .act = Act::fetch, .target = target, .data = data, .result = remote,
          .special = Special::request, .callbacks = Callbacks::now};
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
constexpr Api resolve(std::string_view path) {
  return act(path, Act::resolve, 0, no_argument, Source::dns);
}

constexpr Api rows[] = {
    // The language.
    special("eval", Special::evaluate, Act::run_code, 0),
    special("exec", Special::evaluate, Act::run_code, 0),
    special("execfile", Special::run_file, Act::run_code, 0),
    special("runpy.run_path", Special::run_file, Act::run_code, 0),
    special("importlib.machinery.SourceFileLoader", Special::run_file, Act::run_code, 1),
    special("importlib.util.spec_from_file_location", Special::run_file, Act::run_code, 1),
    special("imp.load_source", Special::run_file, Act::run_code, 1),
    special("ctypes.pythonapi.PyRun_SimpleString", Special::evaluate, Act::run_code, 0),
    special("ctypes.pythonapi.PyRun_String", Special::evaluate, Act::run_code, 0),
    special("code.InteractiveInterpreter().runcode", Special::evaluate, Act::run_code, 0),
    special("code.InteractiveInterpreter().runsource", Special::evaluate, Act::run_code, 0),
    special("types.FunctionType", Special::evaluate, Act::run_code, 0),
    special("types.FunctionType()", Special::none, Act::run_code, from_receiver),
    special("__import__", Special::load, Act::load_module, 0),
    special("importlib.import_module", Special::load, Act::load_module, 0),
    special("importlib.__import__", Special::load, Act::load_module, 0),
    special("runpy.run_module", Special::load, Act::load_module, 0),
    act("sys.path.append", Act::load_module, 0), act("sys.path.insert", Act::load_module, 1),
    act("site.addsitedir", Act::load_module, 0), act("zipimport.zipimporter", Act::load_module, 0),
    act("ctypes.CDLL", Act::load_native, 0), act("ctypes.cdll.LoadLibrary", Act::load_native, 0),
    act("ctypes.WinDLL", Act::load_native, 0), act("ctypes.windll.LoadLibrary", Act::load_native, 0),
    act("ctypes.PyDLL", Act::load_native, 0), act("ctypes.OleDLL", Act::load_native, 0),
    act("cffi.FFI().dlopen", Act::load_native, 0),
    act("ctypes.windll.kernel32.VirtualAlloc", Act::inject_code, no_argument),
    act("ctypes.windll.kernel32.VirtualAllocEx", Act::inject_code, no_argument),
    act("ctypes.windll.kernel32.VirtualProtect", Act::inject_code, no_argument),
    act("ctypes.windll.kernel32.WriteProcessMemory", Act::inject_code, no_argument, 0),
    act("ctypes.windll.kernel32.RtlMoveMemory", Act::inject_code, no_argument, 0),
    act("ctypes.windll.kernel32.CreateThread", Act::inject_code, no_argument),
    act("ctypes.windll.kernel32.CreateRemoteThread", Act::inject_code, no_argument),
    special("setuptools.setup", Special::setup, Act::read_source, no_argument),
    special("distutils.core.setup", Special::setup, Act::read_source, no_argument),
    special("threading.Thread", Special::thread, Act::read_source, no_argument),
    special("threading.Timer", Special::thread, Act::read_source, no_argument),
    special("multiprocessing.Process", Special::thread, Act::read_source, no_argument),
    special("_thread.start_new_thread", Special::thread, Act::read_source, no_argument),
    special("thread.start_new_thread", Special::thread, Act::read_source, no_argument),
    quiet("atexit.register"), quiet("asyncio.run"), quiet("asyncio.create_task"), quiet("asyncio.gather"),
    quiet("asyncio.ensure_future"), quiet("asyncio.get_event_loop().run_until_complete"),
    quiet("concurrent.futures.ThreadPoolExecutor().submit"), quiet("concurrent.futures.ThreadPoolExecutor().map"),
    quiet("loop.run_until_complete"), quiet("signal.signal", {}, Callbacks::later),
    act("os._exit", Act::exit_process, 0), act("os.kill", Act::exit_process, 0),
    act("os.abort", Act::exit_process, no_argument),

    // Processes.
    shell("os.system"), shell("os.popen"), shell("os.popen2"), shell("os.popen3"), shell("os.startfile"),
    shell("commands.getoutput"), shell("commands.getstatusoutput"), shell("subprocess.getoutput"),
    shell("subprocess.getstatusoutput"), shell("asyncio.create_subprocess_shell"), shell("platform.popen"),
    shell("nt.system"), shell("posix.system"), shell("webbrowser.open"),
    program("subprocess.run"), program("subprocess.call"), program("subprocess.Popen"),
    program("subprocess.check_output"), program("subprocess.check_call"), program("pty.spawn"),
    program("asyncio.create_subprocess_exec"), program("pexpect.spawn"), program("os.execl"),
    program("os.execle"), program("os.execlp"), program("os.execv"), program("os.execve"),
    program("os.execvp"), program("os.execvpe"), program("os.spawnl"), program("os.spawnv"),
    program("os.spawnlp"), program("os.spawnvp"), program("os.posix_spawn"), program("_winapi.CreateProcess"),
    program("sh.Command()"), shell("plumbum.local"), shell("win32api.ShellExecute"),
    act("os.dup2", Act::redirect_stream, no_argument, 0),
    program("pip.main"), program("pip._internal.main"), program("pip._internal.cli.main.main"),

    // Network.
    request("requests.get", 0, 1), request("requests.post", 0, 1), request("requests.put", 0, 1),
    request("requests.patch", 0, 1), request("requests.delete", 0, 1), request("requests.head", 0, 1),
    request("requests.options", 0, 1), request("requests.request", 1, 2),
    request("requests.Session().get", 0, 1), request("requests.Session().post", 0, 1),
    request("requests.Session().put", 0, 1), request("requests.Session().request", 1, 2),
    request("requests.session().get", 0, 1), request("requests.session().post", 0, 1),
    request("httpx.get", 0, 1), request("httpx.post", 0, 1), request("httpx.put", 0, 1),
    request("httpx.request", 1, 2), request("httpx.Client().get", 0, 1), request("httpx.Client().post", 0, 1),
    request("httpx.AsyncClient().get", 0, 1), request("httpx.AsyncClient().post", 0, 1),
    request("aiohttp.ClientSession().get", 0, 1), request("aiohttp.ClientSession().post", 0, 1),
    request("aiohttp.ClientSession().request", 1, 2), request("aiohttp.request", 1, 2),
    request("urllib.request.urlopen", 0, 1), request("urllib.request.Request", 0, 1),
    request("urllib2.urlopen", 0, 1), request("urllib2.Request", 0, 1), request("urllib.urlopen", 0, 1),
    request("urllib.request.build_opener().open", 0, 1), request("urllib3.request", 1, 2),
    request("urllib3.PoolManager().request", 1, 2), request("urllib3.PoolManager().urlopen", 1, 2),
    request("http.client.HTTPSConnection().request", from_receiver, 1), request("http.client.HTTPConnection().request", from_receiver, 1),
    request("httplib.HTTPSConnection().request", from_receiver, 1), request("httplib.HTTPConnection().request", from_receiver, 1),
    request("http.client.HTTPSConnection().send", from_receiver, 0), request("http.client.HTTPSConnection().endheaders", from_receiver, 0),
    request("cloudscraper.create_scraper().get", 0, 1), request("cloudscraper.create_scraper().post", 0, 1),
    request("curl_cffi.requests.get", 0, 1), request("curl_cffi.requests.post", 0, 1),
    request("tls_client.Session().post", 0, 1), request("tls_client.Session().get", 0, 1),
    request("discord_webhook.DiscordWebhook", 0, 1), request("discord_webhook.DiscordWebhook().execute", from_receiver, 0),
    request("dhooks.Webhook", 0, 1), request("dhooks.Webhook().send", from_receiver, 0),
    request("discord.SyncWebhook.from_url", 0, 1), request("discord.SyncWebhook.from_url().send", from_receiver, 0),
    request("discord.Webhook.from_url", 0, 1), request("Webhook.from_url", 0, 1),
    request("discord.Webhook.from_url().send", from_receiver, 0), request("Webhook.from_url().send", from_receiver, 0),
    request("telebot.TeleBot().send_message", from_receiver, 0), request("telebot.TeleBot().send_document", from_receiver, 0),
    request("telegram.Bot().send_message", from_receiver, 0), request("telegram.Bot().send_document", from_receiver, 0),
    {.path = "urllib.request.urlretrieve", .act = Act::write_file, .target = 1, .data = 0, .result = remote},
    {.path = "urllib.request.URLopener().retrieve", .act = Act::write_file, .target = 1, .data = 0, .result = remote},
    {.path = "urllib.request.FancyURLopener().retrieve", .act = Act::write_file, .target = 1, .data = 0, .result = remote},
    {.path = "urllib.urlretrieve", .act = Act::write_file, .target = 1, .data = 0, .result = remote},
    {.path = "wget.download", .act = Act::write_file, .target = 1, .data = 0, .result = remote},
    act("socket.socket().connect", Act::connect, 0, no_argument, remote),
    act("socket.socket().connect_ex", Act::connect, 0, no_argument, remote),
    act("socket.create_connection", Act::connect, 0, no_argument, remote),
    act("socket.socket().send", Act::send, from_receiver, 0), act("socket.socket().sendall", Act::send, from_receiver, 0),
    act("socket.socket().sendto", Act::send, 1, 0), act("socket.create_connection().sendall", Act::send, from_receiver, 0),
    act("socket.create_connection().send", Act::send, from_receiver, 0),
    act("ssl.wrap_socket().send", Act::send, from_receiver, 0), act("ssl.wrap_socket().sendall", Act::send, from_receiver, 0),
    quiet("socket.socket", remote), quiet("socket.socket().fileno", remote), quiet("socket.socket().recv", remote), quiet("socket.socket().recvfrom", remote),
    quiet("socket.create_connection().recv", remote),
    act("socket.socket().bind", Act::listen, 0), act("flask.Flask().run", Act::listen, no_argument), act("bottle.run", Act::listen, no_argument),
    act("aiohttp.web.run_app", Act::listen, no_argument), act("uvicorn.run", Act::listen, no_argument),
    act("http.server.HTTPServer().serve_forever", Act::listen, no_argument),
    act("socketserver.TCPServer().serve_forever", Act::listen, no_argument),
    act("websocket.create_connection", Act::connect, 0, no_argument, remote),
    act("websocket.WebSocketApp", Act::connect, 0, no_argument, remote),
    act("websockets.connect", Act::connect, 0, no_argument, remote),
    act("socketio.Client().connect", Act::connect, 0, no_argument, remote),
    act("smtplib.SMTP().sendmail", Act::send, from_receiver, 0), act("smtplib.SMTP_SSL().sendmail", Act::send, from_receiver, 0),
    act("smtplib.SMTP().send_message", Act::send, from_receiver, 0), act("smtplib.SMTP_SSL().send_message", Act::send, from_receiver, 0),
    act("ftplib.FTP().storbinary", Act::send, from_receiver, 0), act("paramiko.SSHClient().connect", Act::connect, 0),
    resolve("socket.gethostbyname"), resolve("socket.gethostbyname_ex"), resolve("socket.getaddrinfo"),
    resolve("dns.resolver.resolve"), resolve("dns.resolver.query"), resolve("dns.resolver.Resolver().resolve"),
    resolve("dns.resolver.Resolver().query"),

    // Files. Handles come from open_file; their methods are resolved on the handle's path.
    special("open", Special::open_file, Act::read_file, 0, 1), special("io.open", Special::open_file, Act::read_file, 0, 1),
    special("tokenize.open", Special::open_file, Act::read_file, 0, no_argument),
    special("codecs.open", Special::open_file, Act::read_file, 0, 1), special("os.open", Special::open_file, Act::read_file, 0, 1),
    special("os.fdopen", Special::open_file, Act::read_file, 0, 1), special("gzip.open", Special::open_file, Act::read_file, 0, 1),
    special("aiofiles.open", Special::open_file, Act::read_file, 0, 1), special("file", Special::open_file, Act::read_file, 0, 1),
    special("tempfile.NamedTemporaryFile", Special::open_file, Act::write_file, no_argument, no_argument),
    special("tempfile.TemporaryFile", Special::open_file, Act::write_file, no_argument, no_argument),
    special("pathlib.Path().open", Special::open_file, Act::read_file, from_receiver, 0),
    special("pathlib.Path().read_text", Special::read, Act::read_file, from_receiver),
    special("pathlib.Path().read_bytes", Special::read, Act::read_file, from_receiver),
    special("pathlib.Path().write_text", Special::write, Act::write_file, from_receiver, 0),
    special("pathlib.Path().write_bytes", Special::write, Act::write_file, from_receiver, 0),
    act("pathlib.Path().unlink", Act::delete_file, from_receiver), act("pathlib.Path().chmod", Act::change_mode, from_receiver),
    act("pathlib.Path().iterdir", Act::list_folder, from_receiver, no_argument, Source::listing),
    act("pathlib.Path().glob", Act::list_folder, from_receiver, no_argument, Source::listing),
    act("pathlib.Path().rglob", Act::list_folder, from_receiver, no_argument, Source::listing),
    special("sqlite3.connect", Special::read, Act::read_file, 0),
    special("linecache.getlines", Special::read, Act::read_file, 0),
    special("zipfile.ZipFile", Special::read, Act::read_file, 0),
    act("zipfile.ZipFile().write", Act::write_file, from_receiver, 0),
    special("pkgutil.get_data", Special::read, Act::read_file, 1),
    special("importlib.resources.read_text", Special::read, Act::read_file, 1),
    special("importlib.resources.read_binary", Special::read, Act::read_file, 1),
    special("configparser.ConfigParser().read", Special::read, Act::read_file, 0),
    act("shutil.copy", Act::write_file, 1, 0), act("shutil.copy2", Act::write_file, 1, 0),
    act("shutil.copyfile", Act::write_file, 1, 0), act("shutil.copytree", Act::write_file, 1, 0),
    act("shutil.move", Act::move_file, 1, 0), act("os.rename", Act::move_file, 1), act("os.replace", Act::move_file, 1),
    act("shutil.rmtree", Act::delete_file, 0), act("os.remove", Act::delete_file, 0),
    act("os.unlink", Act::delete_file, 0), act("os.rmdir", Act::delete_file, 0), act("os.removedirs", Act::delete_file, 0),
    act("os.chmod", Act::change_mode, 0),
    act("os.listdir", Act::list_folder, 0, no_argument, Source::listing),
    act("os.walk", Act::list_folder, 0, no_argument, Source::listing),
    act("os.scandir", Act::list_folder, 0, no_argument, Source::listing),
    act("glob.glob", Act::list_folder, 0, no_argument, Source::listing),
    act("glob.iglob", Act::list_folder, 0, no_argument, Source::listing),
    act("winreg.SetValueEx", Act::write_file, 1, 4), act("winreg.SetValue", Act::write_file, 1, 3),
    act("_winreg.SetValueEx", Act::write_file, 1, 4),

    // Facts about the machine and its user.
    special("os.getenv", Special::environment, Act::read_source, 0), special("os.environ.get", Special::environment, Act::read_source, 0),
    special("os.environ.pop", Special::environment, Act::read_source, 0), special("os.getenvb", Special::environment, Act::read_source, 0),
    special("os.environ.setdefault", Special::environment, Act::read_source, 0),
    source("os.environ.copy", Source::environment), source("os.environ.items", Source::environment),
    source("os.environ.values", Source::environment), source("os.environ.keys", Source::environment),
    source("socket.gethostname", Source::host), source("socket.getfqdn", Source::host),
    source("platform.node", Source::host), source("platform.uname", Source::host), source("os.uname", Source::host),
    quiet("platform.platform", Source::platform), quiet("platform.system", Source::platform),
    quiet("platform.machine", Source::platform), quiet("platform.release", Source::platform), quiet("platform.version", Source::platform), source("uuid.getnode", Source::host), source("uuid.uuid1", {}),
    source("psutil.net_if_addrs", Source::host), source("psutil.disk_partitions", Source::host), source("psutil.process_iter", Source::host),
    source("getpass.getuser", Source::user), source("os.getlogin", Source::user), source("pwd.getpwuid", Source::user),
    source("os.path.expanduser", Source::user), source("pathlib.Path.home", Source::user), source("os.getuid", {}),
    quiet("os.chdir"), source("os.getcwd", Source::path), source("os.getcwdb", Source::path),
    source("getpass.getpass", Source::user_input), source("input", Source::user_input), source("raw_input", Source::user_input),
    source("pyperclip.paste", Source::clipboard), act("pyperclip.copy", Act::write_clipboard, 0, 0),
    source("clipboard.paste", Source::clipboard), act("clipboard.copy", Act::write_clipboard, 0, 0),
    source("win32clipboard.GetClipboardData", Source::clipboard), act("win32clipboard.SetClipboardText", Act::write_clipboard, 0, 0),
    source("tkinter.Tk().clipboard_get", Source::clipboard), source("xerox.paste", Source::clipboard),
    source("PIL.ImageGrab.grab", Source::screen), source("pyautogui.screenshot", Source::screen),
    source("mss.mss().grab", Source::screen), source("mss.mss().shot", Source::screen), source("pyscreenshot.grab", Source::screen),
    source("cv2.VideoCapture", Source::screen), source("cv2.VideoCapture().read", Source::screen),
    act("pynput.keyboard.Listener", Act::capture, no_argument, no_argument, Source::keystrokes),
    act("keyboard.on_press", Act::capture, no_argument, no_argument, Source::keystrokes),
    act("keyboard.on_release", Act::capture, no_argument, no_argument, Source::keystrokes),
    act("keyboard.hook", Act::capture, no_argument, no_argument, Source::keystrokes),
    act("sounddevice.rec", Act::capture, no_argument), act("pyaudio.PyAudio().open", Act::capture, no_argument),
    source("browser_cookie3.load", Source::browser_store), source("browser_cookie3.chrome", Source::browser_store),
    source("browser_cookie3.firefox", Source::browser_store), source("browser_cookie3.edge", Source::browser_store),
    source("browserhistory.get_browserhistory", Source::browser_store), source("browser_cookie3.opera", Source::browser_store),
    source("win32crypt.CryptUnprotectData", Source::browser_store), source("keyring.get_password", Source::credential_file),
    quiet("win32cred.CredRead", Source::credential_file),
};

constexpr std::string_view patched[] = {
    "builtins.__import__", "builtins.open", "http.client.HTTPConnection.request", "pip._internal.main",
    "requests.Session.request", "requests.Session.send", "requests.get", "requests.post",
    "socket.socket.connect", "subprocess.Popen", "sys.meta_path", "urllib.request.urlopen"};

}  // namespace

std::span<const Api> python_rows() { return rows; }
std::span<const std::string_view> python_patched() { return patched; }

}  // namespace assay::code
