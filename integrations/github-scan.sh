#!/usr/bin/env bash
# The scan of action.yml. What the workflow's author or a pull request gave arrives in variables and is never read as code.
set -uo pipefail

folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/watchward.XXXXXX") || exit 2

options=()
if [ "$INPUT_FAIL_ON" != never ]; then options+=("--severity=$INPUT_FAIL_ON"); fi
if [ -n "$INPUT_BASELINE" ]; then options+=("--baseline=$INPUT_BASELINE"); fi
while IFS= read -r argument; do
  argument=${argument%$'\r'}
  if [ -n "$argument" ]; then options+=("$argument"); fi
done <<< "$INPUT_ARGS"

reports=(--output "$folder/report.json" --output "$folder/report.html" --output "$folder/comment.md")
if [ "$INPUT_SARIF" = true ]; then reports+=(--output "$folder/report.sarif"); fi

watchward() {
  node "$GITHUB_ACTION_PATH/tools/run.mjs" apps/cli/launch.mjs scan --no-progress "$@" ${options[@]+"${options[@]}"} -- "$INPUT_PATH"
}

code=0
watchward "${reports[@]}" || code=$?

# Annotations are commands on stdout; the first scan has filled the cache for this one.
if [ "$INPUT_ANNOTATE" = true ] && [ -s "$folder/report.json" ]; then watchward --quiet --format github || true; fi

if [ -s "$folder/comment.md" ]; then
  cat "$folder/comment.md" >> "$GITHUB_STEP_SUMMARY"
else
  printf '## Watchward: no report\n\nThe scan ended with code %s before it could write one; nothing is known.\n' "$code" >> "$GITHUB_STEP_SUMMARY"
fi
if [ "$INPUT_COMMENT" = true ]; then
  printf '%s\n' "${PULL_REQUEST//[!0-9]/}" > "$folder/pull-request.txt"
else
  rm -f "$folder/comment.md"
fi

node "$GITHUB_ACTION_PATH/integrations/github-outputs.mjs" "$folder" "$code" "$INPUT_FAIL_ON" >> "$GITHUB_OUTPUT"
