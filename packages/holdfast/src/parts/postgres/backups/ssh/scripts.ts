import { away } from './places.ts';

/** What pgBackRest calls for `ssh`. */
export const sshScript = `#!/bin/sh
# Who could not be reached a moment ago is not waited for again: a standby asks several times before it leads.
failed=/tmp/holdfast-ssh-failed
if [ -n "$(find "$failed" -newermt '-15 seconds' 2>/dev/null)" ]; then
  echo 'the machine of the backups could not be reached a moment ago' >&2
  exit 255
fi
code=0
# One login serves those that come within a while: each standby that takes over asks for several files, one by one.
ssh -F ${away.config} -o ControlMaster=auto -o ControlPath=/tmp/holdfast-ssh-%C -o ControlPersist=20 "$@" || code=$?
[ $code -ne 255 ] || touch "$failed"
exit $code
`;

/**
 * `holdfast-there`: pgBackRest writes backups on the machine of the repository alone. It is run there, and comes back
 * through a tunnel to a server of its own, which is here as long as it takes.
 */
export const thereScript = (destination: string): string => `#!/bin/sh
# usage: holdfast-there OPTION… COMMAND
#
# Runs pgBackRest on the machine of the backups. What it is told there goes when it ends. The passphrase is never in a file.
set -eu
port=8432
work=/tmp/holdfast-there.d

main() {
  exec 9>/tmp/holdfast-there
  flock 9
  # Also of one that was killed.
  rm -rf "$work"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -m 0700 "$work" "$work/sent"
  cp ${away.told} "$work/sent/pgbackrest.conf"
  make_key "$work/sent/key.pem"
  # Both end with this, however it ends.
  setpriv --pdeathsig TERM -- ssh -F ${away.config} -M -S "$work/tunnel" -N ${destination} 9>&- &
  until_up $! through -O check ${destination}
  setpriv --pdeathsig TERM -- pgbackrest server --tls-server-address=127.0.0.1 --tls-server-port=$port \\
    --tls-server-auth="holdfast=$PGBACKREST_STANZA" --tls-server-ca-file="$work/sent/key.pem" \\
    --tls-server-cert-file="$work/sent/key.pem" --tls-server-key-file="$work/sent/key.pem" >&2 9>&- &
  until_up $! pgbackrest server-ping --tls-server-port=$port 127.0.0.1
  back=$(through -O forward -R 127.0.0.1:0:127.0.0.1:$port ${destination})
  { passphrase; tar --create --directory "$work/sent" .; } |
    through ${destination} "$there --stanza=$PGBACKREST_STANZA --pg1-host-port=$back $*"
}

# Of one key, by which both sides know each other. It was never used before, and never will be again.
make_key() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=holdfast \\
    -addext subjectAltName=DNS:127.0.0.1 -keyout "$1" -out "$work/certificate" 2>"$work/openssl" || { cat "$work/openssl" >&2; exit 1; }
  cat "$work/certificate" >>"$1"
}

until_up() {
  process=$1 && shift
  until "$@" >/dev/null 2>&1; do
    kill -0 "$process" 2>/dev/null || { wait "$process"; exit 1; }
    sleep 0.1
  done
}

through() { ssh -F ${away.config} -S "$work/tunnel" "$@"; }

passphrase() { sed -n 's/^repo1-cipher-pass=//p' ${away.passphrase}; }

there='umask 077
work=$(mktemp -d) || exit
trap "rm -rf $work" EXIT
trap "exit 1" HUP INT TERM
IFS= read -r PGBACKREST_REPO1_CIPHER_PASS
export PGBACKREST_REPO1_CIPHER_PASS
tar --extract --directory "$work" || exit
key=$work/key.pem
pgbackrest --config="$work/pgbackrest.conf" --pg1-host-ca-file="$key" --pg1-host-cert-file="$key" --pg1-host-key-file="$key"'

main "$@"
`;
