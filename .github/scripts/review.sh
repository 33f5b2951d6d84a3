#!/usr/bin/env bash
# Review all changes since $BASE: annotations on standard output, the summary of each record in the
# step summary and in review/, from where it is posted.
set -euo pipefail

options=()
if [ "${MAY_MIX:-false}" = true ]; then options+=(--may-mix); fi
command=(.venv/bin/vlm-survey review "${options[@]}")

mkdir -p review
printf '%s\n' "$NUMBER" >review/number
status=0
"${command[@]}" --format github -- "$BASE" || status=$?
"${command[@]}" --format markdown -- "$BASE" >review/review.md || true
cat review/review.md >>"$GITHUB_STEP_SUMMARY"

# The README is updated after the merge; report manual edits.
if ! git diff --quiet "$BASE" -- README.md && ! .venv/bin/vlm-survey readme --check; then
  echo '::error file=README.md,line=1,title=readme::README.md is generated from the records; undo the change, or run: vlm-survey readme'
  status=1
fi
exit "$status"
