#!/usr/bin/env bash
# Update README.md on the remote's main branch, unless it is up to date.
set -euo pipefail

for _ in 1 2 3; do
  git fetch --quiet origin main
  git reset --quiet --hard FETCH_HEAD
  .venv/bin/vlm-survey readme
  if git diff --quiet -- README.md; then exit 0; fi
  git -c user.name='github-actions[bot]' \
    -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    commit --quiet --message='docs: update README from the records' -- README.md
  # If somebody has pushed in the meantime, retry from the new state.
  if git push --quiet origin HEAD:main; then exit 0; fi
done
echo '::error title=readme::main changed three times in the meantime; run this workflow again'
exit 1
