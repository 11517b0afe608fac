#!/bin/sh
# Stands for Claude Code: asks by its hook and on its screen, takes a digit at once, and then listens.
case $1 in --version) echo 2.1.332; exit;; esac
settings=$2
tell() { "$(sed -n "s/.*|| '\(.*\)' claude-code $1.*/\1/p" "$settings")" claude-code "$1"; }
stty -icanon -echo
echo '{"session_id":"told"}' | tell SessionStart
echo '{"tool_name":"Bash","tool_input":{"command":"npm run migrate"},"cwd":"'"$PWD"'"}' | tell PermissionRequest
cat <<'DIALOG'
 Bash command
╌╌╌╌╌╌╌╌╌╌╌╌
 npm run migrate
╌╌╌╌╌╌╌╌╌╌╌╌
 Do you want to proceed?
 ❯ 1. Yes
   2. No

 Esc to cancel
DIALOG
key=$(dd bs=1 count=1 2>/dev/null)
stty icanon echo
printf '\033[2J\033[Htook %s\n❯ ' "$key"
read -r line
echo "heard $line"
exec sleep 600
