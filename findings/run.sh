#!/usr/bin/env bash
# Runs the findings, or those that are named, one after the other, and prints a line for each.
# `bash findings/run.sh [NAME …]`; exits 1 when one of them has changed or could not run.
set -euo pipefail
cd "$(dirname "$0")"

if [[ $# -eq 0 ]]; then
  for file in *.sh; do
    [[ $file == run.sh ]] || set -- "$@" "${file%.sh}"
  done
fi
failed=0
for name in "$@"; do
  mark=ok
  said=$(bash "$name.sh" 2>&1) || failed=1 mark=FAILED
  last=$(tail -n 1 <<< "$said")
  if [[ $mark == FAILED && $last != CHANGED* ]]; then
    last="could not run: $(grep -m 1 -E 'Error: |E[A-Z]{6,}|No such file' <<< "$said" || echo "${last:-no output}")"
  fi
  printf '%-6s %-34s %s\n' "$mark" "$name" "$last"
done
exit "$failed"
