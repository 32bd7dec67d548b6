# Starts php-fpm: sh php-fpm.sh PORT SOCKET, in the directory of the benchmark.
set -eu
for program in /usr/sbin/php-fpm*; do [ -x "$program" ] || exit 127; done
pool() {
    printf '[%s]\nlisten = %s\nlisten.backlog = 1024\npm = static\npm.max_children = 40\nuser = %s\ngroup = %s\n' \
        "$1" "$2" "$(id -un)" "$(id -gn)"
    printf 'php_admin_value[post_max_size] = 16M\n'
}
{ printf '[global]\nerror_log = %s/php-fpm.errors\n' "$PWD"; pool tcp "127.0.0.1:$1"; pool unix "$2"; } >php-fpm.conf
"$program" --nodaemonize --allow-to-run-as-root --fpm-config php-fpm.conf </dev/null >/dev/null 2>&1 &
until [ -S "$2" ]; do kill -0 $! && sleep 0.1; done
echo ready
# What the benchmark asks, nothing here can tell.
while read -r _; do echo -1; done
kill $!
wait
