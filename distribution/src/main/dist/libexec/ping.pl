# Asks for a page by FastCGI, as a web server does: for health checks, which shall not start a JVM each. Needs nothing but
# Perl itself.
#
#     perl ping.pl ping ADDRESS [/PATH]
#
# GANGWAY_SECRET   what the server wants to be told, if it has --secret-file

use strict;
use warnings;
use Errno;
use Socket qw(PF_UNIX SOCK_STREAM getaddrinfo pack_sockaddr_un);

use constant {
    FCGI_BEGIN_REQUEST => 1,
    FCGI_END_REQUEST   => 3,
    FCGI_PARAMS        => 4,
    FCGI_STDIN         => 5,
    FCGI_STDOUT        => 6,
};
use constant {
    RESPONDER  => 1,
    REQUEST_ID => 1,
    HEADER     => 8,
    BLOCK      => 32 * 1024,
    LIMIT      => 5,            # seconds for all of it
    HEAD       => 64 * 1024,    # of an answer, whose rest does not matter
};

my $usage = <<'END';
Usage: gangway ping ADDRESS [/PATH]

Asks a running server for a page by FastCGI, as its web server does, and says whether that succeeds. Starts no JVM.

  ADDRESS   where it listens: unix:PATH or tcp:HOST:PORT
  /PATH     the path of --ping, or a page of an application; without it /ping

A server with --secret-file wants the secret in the environment, as GANGWAY_SECRET.

Exit status:
  0   it has answered with a status from 200 to 399
  1   it has answered with another one, or not within 5 seconds
  2   mistake on the command line
END

my (undef, @words) = @ARGV;
if (grep { /^(?:-h|--help)\z/ } @words) {
    print $usage;
    exit 0;
}
misuse('name an address, and at most one path') unless @words == 1 || @words == 2;
my ($address, $target) = (@words, '/ping');
misuse("the path is '$target', want one that begins with /") unless $target =~ m{^/[!-~]*\z};

$SIG{ALRM} = sub { fail('does not answer within ' . LIMIT . ' s') };
$SIG{PIPE} = 'IGNORE';
alarm LIMIT;
my $server = connection();
send_all(request());
my $answer = answer();

my $status = $answer =~ /^Status: *(\d{3})/im ? $1 : 200;
my ($head, $text) = split /\r?\n\r?\n/, $answer, 2;
if ($status < 200 || $status > 399) {
    my ($line) = $head =~ m{^Content-Type: *text/plain}im ? ($text // '') =~ /^([ -~]{1,80})/ : ();
    fail("answers $status to $target" . (defined $line ? ": $line" : ''));
}
print "$status\n";

sub misuse {
    my ($mistake) = @_;
    print STDERR "gangway: $mistake (see gangway ping --help)\n";
    exit 2;
}

sub fail {
    my ($what) = @_;
    print STDERR "gangway: $address $what\n";
    exit 1;
}

sub connection {
    my ($path) = $address =~ m{^unix:(.{1,107})\z}s;
    return connection_to(PF_UNIX, pack_sockaddr_un($path)) if defined $path;
    my ($host, $port) = $address =~ /^tcp:\[?([^\]]+?)\]?:(\d+)\z/
        or misuse("the address is '$address', want unix:PATH or tcp:HOST:PORT");
    my ($error, @found) = getaddrinfo($host, $port, {socktype => SOCK_STREAM});
    fail("is not known: $error") if $error;
    return connection_to(@{$found[0]}{qw(family addr)});
}

sub connection_to {
    my ($family, $place) = @_;
    socket my $socket, $family, SOCK_STREAM, 0 or fail("cannot be asked: $!");
    connect $socket, $place or fail("cannot be reached: $!");
    return $socket;
}

sub request {
    my ($path, $query) = split /\?/, $target, 2;
    my %params = (
        GATEWAY_INTERFACE => 'CGI/1.1',
        SERVER_PROTOCOL   => 'HTTP/1.1',
        SERVER_SOFTWARE   => 'gangway-ping',
        SERVER_NAME       => 'localhost',
        SERVER_PORT       => 80,
        REMOTE_ADDR       => '127.0.0.1',
        REQUEST_METHOD    => 'GET',
        REQUEST_URI       => $target,
        SCRIPT_NAME       => $path,
        QUERY_STRING      => $query // '',
        HTTP_HOST         => 'localhost',
    );
    $params{GANGWAY_SECRET} = $ENV{GANGWAY_SECRET} if defined $ENV{GANGWAY_SECRET};
    my $params = join '', map { pack('NN', length $_ | 1 << 31, length $params{$_} | 1 << 31) . $_ . $params{$_} }
        sort keys %params;
    return
          record(FCGI_BEGIN_REQUEST, pack 'nCx5', RESPONDER, 0)
        . record(FCGI_PARAMS, $params)
        . record(FCGI_PARAMS, '')
        . record(FCGI_STDIN,  '');
}

sub record {
    my ($type, $content) = @_;
    return pack('CCnnCC', 1, $type, REQUEST_ID, length $content, 0, 0) . $content;
}

sub send_all {
    my ($bytes) = @_;
    while ($bytes ne '') {
        my $count = syswrite $server, $bytes;
        if (defined $count) {
            substr $bytes, 0, $count, '';
        }
        elsif (!$!{EINTR}) {
            # It may have said why.
            return;
        }
    }
}

# The beginning of what it answers, at least the whole head.
sub answer {
    my ($answer, $received) = ('', '');
    while (length $answer < HEAD) {
        while (length $received >= HEADER) {
            my (undef, $type, undef, $length, $padding) = unpack 'CCnnC', $received;
            last if length $received < HEADER + $length + $padding;
            $answer .= substr $received, HEADER, $length if $type == FCGI_STDOUT;
            substr $received, 0, HEADER + $length + $padding, '';
            return $answer if $type == FCGI_END_REQUEST && $answer ne '';
        }
        my $count = sysread $server, $received, BLOCK, length $received;
        next if !defined $count && $!{EINTR};
        fail('ends the connection without an answer') unless $count;
    }
    return $answer;
}
