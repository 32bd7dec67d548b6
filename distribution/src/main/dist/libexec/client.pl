# A CGI program: passes the request, which is its environment and standard input, on to the daemon, and the response back.
#
#     perl -I libexec client.pl SOCKET COMMAND...      COMMAND starts the daemon that listens at SOCKET

use strict;
use warnings;
use Daemon;
use Errno;

use constant {
    FCGI_BEGIN_REQUEST => 1,
    FCGI_END_REQUEST   => 3,
    FCGI_PARAMS        => 4,
    FCGI_STDIN         => 5,
    FCGI_STDOUT        => 6,
    FCGI_STDERR        => 7,
};
use constant {
    RESPONDER   => 1,
    REQUEST_ID  => 1,
    MAX_CONTENT => 0xFFF8,
    BLOCK       => 32 * 1024,
    PIPE_BUF    => 4096,               # so much can be written to a pipe that is ready without waiting
    MAX_WAITING => 4 * 1024 * 1024,    # of the response, until the web server takes it
    UNKNOWN     => 9**9**9,            # infinity
    LINGER      => 30,                 # seconds for which the web server may go on sending after the response
};

# What concerns this process and not the request.
my $own = qr/^(?:PATH|HOME|PWD|OLDPWD|SHLVL|_|TMPDIR|TZ|LANG|LC_\w+|LD_LIBRARY_PATH|XDG_\w+|JAVA_\w+|GANGWAY_\w+)$/;

my ($path, @start) = @ARGV;
# To the daemon, from the daemon, to the web server; the web server's bytes that are still to come.
my ($request, $received, $response, $left) = ('', '', '', body_length());
my ($status, $deadline, $answered, $deaf);

$SIG{PIPE} = sub { };
Daemon::keep_descriptors_from_children();
my $daemon = Daemon->new($path, @start)->wait_for or fail('503 Service Unavailable');

begin();
# Web servers that cannot get rid of the whole request may not take the response.
exchange() while !defined $status || $response ne '' || ($left && time < $deadline);
fail('502 Bad Gateway') unless $answered;
exit($status > 255 ? 255 : $status);

sub fail {
    my ($line) = @_;
    print "Status: $line\r\nContent-Type: text/plain\r\n\r\n", substr($line, 4), "\n";
    exit 1;
}

# Without a length there is a body only if it came in chunks. Some web servers then leave a descriptor that never ends.
sub body_length {
    my $length = $ENV{CONTENT_LENGTH};
    return $length if defined $length && $length =~ /^\d+$/;
    return ($ENV{HTTP_TRANSFER_ENCODING} // '') =~ /chunked/i ? UNKNOWN : 0;
}

sub begin {
    $request = record(FCGI_BEGIN_REQUEST, pack 'nCx5', RESPONDER, 0);
    my $params = join '', map { pair($_, $ENV{$_}) } grep { $_ !~ $own } keys %ENV;
    while ($params ne '') {
        $request .= record(FCGI_PARAMS, substr $params, 0, MAX_CONTENT, '');
    }
    $request .= record(FCGI_PARAMS, '');
    $request .= record(FCGI_STDIN,  '') unless $left;
}

sub record {
    my ($type, $content) = @_;
    return pack('CCnnCC', 1, $type, REQUEST_ID, length $content, 0, 0) . $content;
}

sub pair {
    my @pair = @_;
    return join '', (map { length_of($_) } @pair), @pair;
}

sub length_of {
    my $length = length $_[0];
    return $length < 128 ? pack 'C', $length : pack 'N', $length | 1 << 31;
}

# Waits until something can be read or written, and does it. The web server may want to be rid of the whole request before
# it reads any of the response.
sub exchange {
    my ($readable, $writable) = ('', '');
    vec($readable, fileno $daemon, 1) = 1 if !defined $status && length $response < MAX_WAITING;
    vec($readable, 0, 1) = 1 if $left && $request eq '';
    vec($writable, fileno $daemon, 1) = 1 if $request ne '';
    vec($writable, 1, 1) = 1 if $response ne '';
    return if select($readable, $writable, undef, defined $status ? 1 : undef) <= 0;

    write_response() if vec $writable, 1, 1;
    send_request()   if vec $writable, fileno $daemon, 1;
    read_body()      if vec $readable, 0, 1;
    receive()        if vec $readable, fileno $daemon, 1;
}

sub read_body {
    my $count = sysread *STDIN, my $content, $left < BLOCK ? $left : BLOCK;
    return if !defined $count && $!{EINTR};
    # A client that breaks off has gone: the daemon notices when this process ends.
    exit 1 if !$count && $left != UNKNOWN && !defined $status;
    $left = $count ? $left - $count : 0;
    return if $deaf;
    $request = $count ? record(FCGI_STDIN, $content) : '';
    $request .= record(FCGI_STDIN, '') unless $left;
}

sub send_request {
    my $count = syswrite $daemon, $request;
    if (defined $count) {
        substr $request, 0, $count, '';
    }
    elsif (!$!{EINTR} && !$!{EAGAIN}) {
        # It has heard enough, and may have answered.
        ($request, $deaf) = ('', 1);
    }
}

sub receive {
    my $count = sysread $daemon, $received, BLOCK, length $received;
    return if !defined $count && ($!{EINTR} || $!{EAGAIN});
    on_end(1) unless $count;
    while (length $received >= Daemon::HEADER) {
        my (undef, $type, undef, $length, $padding) = unpack 'CCnnC', $received;
        last if length $received < Daemon::HEADER + $length + $padding;
        my $content = substr $received, Daemon::HEADER, $length;
        substr $received, 0, Daemon::HEADER + $length + $padding, '';
        on_record($type, $content);
    }
}

sub on_record {
    my ($type, $content) = @_;
    if ($type == FCGI_STDOUT) {
        $response .= $content;
        $answered = 1;
    }
    elsif ($type == FCGI_STDERR) {
        print {*STDERR} $content;
    }
    elsif ($type == FCGI_END_REQUEST) {
        on_end(unpack 'N', $content);
    }
}

sub on_end {
    ($status, $deadline) = ($_[0], time + LINGER);
    ($request, $deaf)    = ('', 1);
}

sub write_response {
    my $count = syswrite *STDOUT, $response, $left ? PIPE_BUF : length $response;
    if (defined $count) {
        substr $response, 0, $count, '';
    }
    elsif (!$!{EINTR} && !$!{EAGAIN}) {
        # Nobody wants it any more, and the daemon notices when this process ends.
        exit 1;
    }
}
