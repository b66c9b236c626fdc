// The smallest HTTP server that a client can be tested against: one connection at a time on a port
// of the system's choosing, and answers written out byte by byte by the test.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/check.h"

namespace assay {

class LoopbackServer {
 public:
  // Given the head of a request, returns everything that is sent back before the connection closes.
  using Answer = std::function<std::string(const std::string& head)>;

  explicit LoopbackServer(Answer answer) : answer_(std::move(answer)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    CHECK(::bind(listening_, plain, size) == 0 && ::listen(listening_, 16) == 0);
    CHECK(::getsockname(listening_, plain, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~LoopbackServer() {
    CHECK(::eventfd_write(stop_, 1) == 0);
    thread_.join();
    ::close(stop_);
    ::close(listening_);
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  std::vector<std::string> heads() const {
    const std::lock_guard lock(mutex_);
    return heads_;
  }

 private:
  bool wait_for(int descriptor) const {
    pollfd waiting[] = {{stop_, POLLIN, 0}, {descriptor, POLLIN, 0}};
    return ::poll(waiting, 2, -1) > 0 && waiting[0].revents == 0;
  }

  void serve() {
    while (wait_for(listening_)) {
      const int connection = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      converse(connection);
      ::close(connection);
    }
  }

  void converse(int connection) {
    std::string head;
    char buffer[4096];
    while (head.find("\r\n\r\n") == std::string::npos && wait_for(connection)) {
      const ssize_t count = ::read(connection, buffer, sizeof buffer);
      if (count <= 0) return;
      head.append(buffer, static_cast<std::size_t>(count));
      if (head[0] == '\x16') break;  // TLS, which this server does not speak.
    }
    {
      const std::lock_guard lock(mutex_);
      heads_.push_back(head);
    }
    const std::string bytes = answer_(head);
    std::string_view left = bytes;
    while (!left.empty()) {
      const ssize_t sent = ::send(connection, left.data(), left.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // The client had enough.
      left.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  Answer answer_;
  int listening_ = -1;
  int stop_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> heads_;
  std::thread thread_;
};

}  // namespace assay
