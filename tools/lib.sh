# What the scripts of this folder share. Source it; it defines names and makes the cache folder, nothing else.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${PATHWAYS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pathways}
mkdir -p "$CACHE"

say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
note() { printf '  %s\n' "$*" >&2; }
die() { printf '\033[1m✗ %s\033[0m\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Where cargo puts what it builds, as an absolute path.
target_dir() { realpath -m "${CARGO_TARGET_DIR:-$ROOT/target}"; }

# need COMMAND HINT stops with the hint when the command is missing.
need() { have "$1" || die "$1 is needed. $2"; }

# need_node stops with a hint when there is no npm, or no Node that is new enough.
need_node() {
  need npm "Install Node 20 or later: https://nodejs.org"
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || die "Node $(node --version) is too old. Install Node 20 or later: https://nodejs.org"
}

# need_packages NAME:FILE ... installs the Debian packages whose FILE is missing (NAME: alone is always missing); where
# that is not allowed, it stops with the exact command to type.
need_packages() {
  local missing=() entry sudo=''
  for entry in "$@"; do [ -e "${entry#*:}" ] || missing+=("${entry%%:*}"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || die "please install these with your package manager, then run this again: ${missing[*]}"
  local command="apt-get install --yes --no-install-recommends ${missing[*]}" typed
  # The same for a person: with a package list that is up to date, and as whoever may do it here.
  typed="sudo sh -c 'apt-get update && $command'"
  have sudo || typed="su - -c 'apt-get update && $command'"
  if [ "$(id -u)" = 0 ]; then
    typed="apt-get update && $command"
  else
    sudo='sudo -n'
    { have sudo && sudo -n true 2>/dev/null; } ||
      die "system packages are needed and this account may not install them. Type this, then run it again:
  $typed"
  fi
  say "installing the system packages ${missing[*]} (about a minute)"
  # A stale package list is brought up to date only when the first try fails: two out of three runs need no update.
  $sudo env DEBIAN_FRONTEND=noninteractive $command -qq >&2 2>/dev/null || {
    $sudo apt-get update -qq >&2 && $sudo env DEBIAN_FRONTEND=noninteractive $command -qq >&2
  } || die "that failed. To see why, type: $typed"
}
