# Shared by the scripts of this folder, which source it after `set -eu`: `root` is the checkout.

root=$(dirname "$(dirname "$(readlink -f "$0")")")
name=scripts/$(basename "$0")
venv=$root/.venv
explained=

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$name: $*"
    explained=yes
    exit 1
}

trap 'code=$?; [ "$code" -eq 0 ] || [ "$explained" ] || say "$name: stopped with exit code $code, see above."' EXIT

# A fingerprint of files, named as they are so that a moved checkout is set up anew.
fingerprint() { cksum "$@" | cksum; }

# The sentence for a failed step, from its output in file $2; $1 says what was being done.
explain() {
    if grep -qi 'no space left\|disk quota\|ENOSPC\|EDQUOT' "$2"; then
        die "the disk is full while $1."
    elif grep -q 'DO NOT MATCH THE HASHES\|EINTEGRITY' "$2"; then
        die "a download differs from the hash in the lock while $1 (details: $2)."
    elif grep -qi 'connection\|timed out\|name resolution\|name or service\|unreachable\|proxy\|EAI_AGAIN\|ENOTFOUND\|ETIMEDOUT\|ECONN' "$2"; then
        die "the network did not answer while $1: check the connection or proxy (details: $2)."
    elif grep -qi 'permission denied\|read-only file system\|EACCES\|EROFS' "$2"; then
        die "$root cannot be written while $1 (details: $2)."
    elif grep -q 'No matching distribution' "$2"; then
        die "a package is not available for this Python and machine, while $1 (details: $2)."
    fi
    die "failed while $1 (details: $2)."
}

# Run "$@" quietly and keep its output; $1 says what is being done, for humans.
quietly() {
    doing=$1
    shift
    "$@" >"$venv/setup.log" 2>&1 </dev/null || explain "$doing" "$venv/setup.log"
}

node_works() {
    command -v node >/dev/null && command -v npm >/dev/null || return 1
    node -e 'const [a, b] = process.versions.node.split(".").map(Number)
        process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null || return 1
    npm --version >/dev/null 2>&1
}

# Node of the system when it is new enough, else the one in the environment, put there by setup.
use_node() {
    node_works && return
    PATH=$venv/bin:$PATH
    export PATH
    node_works
}

# Whether /dev/shm is there, may hold programs and has 6 GB to spare, of 12 GB of free memory.
roomy_memory() {
    [ -w /dev/shm ] || return 1
    ! grep -q '^[^ ]* /dev/shm [^ ]* [^ ]*noexec' /proc/mounts || return 1
    [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 6000000 ] || return 1
    [ "$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)" -gt 12000000 ]
}
