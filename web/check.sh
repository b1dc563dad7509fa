#!/bin/sh
# For CI: fails when the committed dist is not what the sources and the lock file give.
set -eu
cd "$(dirname "$0")"

npm ci --no-audit --no-fund
npm run build

# status, not diff: a file that the build adds is a difference too.
if [ -n "$(git status --porcelain -- dist)" ]; then
	git --no-pager diff --stat -- dist
	git status --short -- dist
	echo >&2
	echo "web/dist is not what the sources give. Type this and commit the result:" >&2
	echo "    (cd web && npm ci && npm run build)" >&2
	exit 1
fi
