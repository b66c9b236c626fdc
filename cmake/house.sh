# Shared by ./assay and ./test: has what a build needs, and builds a preset quietly.
# Sets nothing but functions; expects `root`, the folder of the checkout.

build_packages=(g++ cmake ninja-build ccache pkg-config libsimdjson-dev
  nlohmann-json3-dev libcurl4-openssl-dev libssl-dev zlib1g-dev liblzma-dev libbz2-dev libzstd-dev
  libfmt-dev libcli11-dev libdeflate-dev libyara-dev)
test_packages=(libgtest-dev libgmock-dev librapidcheck-dev python3 python3-jsonschema)

# All messages go to stderr: stdout belongs to the program.
say() { printf 'assay: %s\n' "$*" >&2; }

# The progress line is only for people, and leaves no trace.
progress() { if [[ -t 2 ]]; then printf '\r\033[Kassay: %s' "$*" >&2; fi; }
end_progress() { if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi; }

# Installs those of the packages named that are missing. Elsewhere than on Debian and its kin CMake
# is left to say what it lacks.
need_packages() {
  command -v dpkg-query apt-get >/dev/null 2>&1 || return 0
  local package missing=() log=$root/build/apt.log
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    say "building needs packages that only root can install: apt-get install ${missing[*]}"
    return 1
  fi
  say "installing ${#missing[@]} packages with apt-get (log: $log)"
  local install=(apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}")
  export DEBIAN_FRONTEND=noninteractive
  "${install[@]}" >"$log" 2>&1 </dev/null 9>&- && return 0
  apt-get -o DPkg::Lock::Timeout=300 update >>"$log" 2>&1 </dev/null 9>&- &&
    "${install[@]}" >>"$log" 2>&1 </dev/null 9>&- && return 0
  say "apt-get could not install ${missing[*]}: $(grep -m1 '^E:' "$log" || echo "see $log")"
  return 1
}

# build_preset PRESET [TARGET...]: configures when that was never done, and builds.
build_preset() {
  local preset=$1 folder=$root/build/$1 log=$root/build/$1.log line
  shift
  cd "$root" || return 1
  if [[ ! -f $folder/build.ninja ]]; then
    progress "configuring $preset"
    if ! cmake --preset "$preset" >"$log" 2>&1 </dev/null 9>&-; then
      end_progress
      say "cmake could not configure: $(grep -m1 -A2 'CMake Error' "$log" | tr -s ' \n' ' ')(log: $log)"
      return 1
    fi
  fi
  NINJA_STATUS='[%f/%t] ' ninja -C "$folder" "$@" 2>&1 </dev/null 9>&- | while IFS= read -r line; do
    printf '%s\n' "$line"
    [[ $line =~ ^(\[[0-9]+/[0-9]+\]) ]] && progress "building $preset ${BASH_REMATCH[1]}"
  done >"$log"
  local status=${PIPESTATUS[0]}
  end_progress
  if ((status != 0)); then
    grep -E -m3 'error:|FAILED:|ninja: error' "$log" >&2
    say "the build failed (log: $log)"
    return 1
  fi
}

# Runs a command while no other build of this checkout does.
with_build_lock() {
  mkdir -p "$root/build" 2>/dev/null && : 2>/dev/null >>"$root/build/lock" || {
    say "cannot write to $root/build, where the program is built"
    return 1
  }
  exec 9>"$root/build/lock"
  flock -n 9 || {
    say "another build of this checkout is running, waiting for it"
    flock 9
  }
  local status=0
  "$@" || status=$?
  exec 9>&-
  return "$status"
}
