# shellcheck shell=sh
# Docker Engine: found where one answers, else started. Sourced after lib.sh.

engine_log="$ROOT/.cache/dockerd.log"
engine_patience=60

engine_answers() {
  answer=0
  node "$ROOT/script/engine.ts" || answer=$?
  case "$answer" in
    0 | 3) return "$answer" ;;
    *) fail "could not look for Docker Engine" "script/engine.ts broke, as it says above" "mend it" ;;
  esac
}

ensure_engine() {
  [ -z "${DOCKER_HOST:-}" ] || fail "no Docker Engine answers" "$(why_silent)" "start the one that DOCKER_HOST names, or unset it" 3
  is_root || fail "no Docker Engine answers" "$(why_silent)" "start it: sudo systemctl start docker; or join the group docker" 3
  say "docker: starting the Engine"
  start_engine
  wait_for_engine
}

why_silent() { node "$ROOT/script/engine.ts" --why || true; }

start_engine() {
  runs dockerd && return
  if [ -d /run/systemd/system ]; then
    systemctl enable --now docker >/dev/null 2>&1 || true
  else
    forget_the_dead
    mount_cgroups
    mkdir -p "$ROOT/.cache"
    setsid nohup dockerd >"$engine_log" 2>&1 </dev/null &
  fi
}

# A process that ended and was not yet taken note of does not run.
runs() {
  for process in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$process" || continue
    case "$line" in
      *"($1) Z"*) ;;
      *"($1) "*) return 0 ;;
    esac
  done
  return 1
}

# A machine that lost power, or a container's file system that lived on, keeps files of daemons that are gone;
# their process ids may belong to others now.
forget_the_dead() {
  rm -f /var/run/docker.pid
  runs containerd || rm -f /run/containerd/containerd.sock /var/run/docker/containerd/containerd.pid
}

# Some small machines have no init system that did it.
mount_cgroups() {
  [ -d /sys/fs/cgroup ] && ! grep -q ' /sys/fs/cgroup' /proc/mounts || return 0
  mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null || true
}

wait_for_engine() {
  waited=0
  until engine_answers; do
    [ "$waited" -lt "$engine_patience" ] || engine_failed "it did not answer within $engine_patience s"
    sleep 1
    waited=$((waited + 1))
    [ "$waited" -lt 5 ] || runs dockerd || engine_failed "dockerd ended"
  done
}

engine_failed() {
  if [ -d /run/systemd/system ]; then
    said=$(journalctl -u docker -n 15 --no-pager 2>/dev/null || true)
  else
    said=$(tail -n 15 "$engine_log" 2>/dev/null || true)
  fi
  fail "Docker Engine could not be started: $1" "its last words:
$said" "mend what it says, or point DOCKER_HOST at an Engine that runs" 3
}
