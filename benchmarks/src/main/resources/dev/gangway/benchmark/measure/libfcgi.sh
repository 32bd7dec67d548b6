# Compiles and starts libfcgi.c: sh libfcgi.sh PORT SOCKET, in the directory of the benchmark.
set -eu
command -v cc >/dev/null && [ -e /usr/include/fcgiapp.h ] || exit 127
cc -O2 -o libfcgi libfcgi.c -lfcgi
exec ./libfcgi "$@"
