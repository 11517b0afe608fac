#!/bin/sh
# Stands for Claude Code: shows its line for input, writes down what it is told, and commits when it has heard of a failed check to the end.
case $1 in --version) echo 2.1.332; exit;; esac
printf '\033[2J\033[Hready\n❯ '
while read -r line; do
  echo "$line" >> "$HOME/heard-$(basename "$PWD")"
  case $line in *'say so and go on.') git commit -q --allow-empty -m 'mend it';; esac
  printf '\033[2J\033[Hheard it\n❯ '
done
