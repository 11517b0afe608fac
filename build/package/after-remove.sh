#!/bin/sh
# Debian's package: takes back what after-install.sh made. Homes of people stay as they are.
set -e
[ "$1" = upgrade ] && exit 0

rm -f '/usr/bin/${executable}'
if [ "$(readlink /usr/bin/athene)" = '/opt/${sanitizedProductName}/resources/runtime/bin/athene' ]; then rm -f /usr/bin/athene; fi

if [ -f '/etc/apparmor.d/${executable}' ]; then
  apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
  rm -f '/etc/apparmor.d/${executable}'
fi

if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
