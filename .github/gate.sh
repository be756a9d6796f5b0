#!/usr/bin/env bash
# What the gate's workflow runs, and anybody by hand: BASE=origin/main .github/gate.sh
# Annotations go to standard output, the whole to the job's summary, SARIF to a file for the upload.
set -euo pipefail
exec corrigenda gate --base "${BASE:-origin/main}" --tracked --format github --format "sarif=${SARIF:-corrigenda.sarif}"
