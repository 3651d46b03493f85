#!/bin/sh
# Starts the Chainferry of this folder with the Node of this folder, also through a link to this file.
file=$0
while [ -L "$file" ]; do
  target=$(readlink "$file")
  case $target in /*) file=$target ;; *) file=$(dirname "$file")/$target ;; esac
done
here=$(CDPATH= cd -- "$(dirname -- "$file")" && pwd -P)
exec "$here/node" "$here/app/launch.mjs" "$@"
