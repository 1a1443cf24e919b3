#!/bin/sh
# Runs the PostgreSQL server that the arguments name, and stops it cleanly on the signals that end a process.
#
# On SIGTERM the server waits for its clients to disconnect, and the orchestrator kills it before they do; on SIGINT it
# closes their connections and its files cleanly (https://www.postgresql.org/docs/18/server-shutdown.html).
# Its log goes to stdout: nothing in it is an error just because PostgreSQL writes its log to stderr.
"$@" 2>&1 &
server=$!
trap 'kill -INT "$server" 2>/dev/null' TERM INT HUP

# A trapped signal ends a wait early.
while kill -0 "$server" 2>/dev/null; do
  wait "$server"
  status=$?
done
exit "$status"
