# A client by Net::FastCGI: says a few requests and prints what its own parser finds in the answers.
use strict;
use warnings FATAL => 'all';
use IO::Socket::INET;
use IO::Socket::UNIX;
use Net::FastCGI::Constant qw(:all);
use Net::FastCGI::IO qw(read_record);
use Net::FastCGI::Protocol qw(:all);

my ($kind, $address) = split /:/, $ARGV[0], 2;
my $socket =
    $kind eq 'unix'
    ? IO::Socket::UNIX->new(Peer => $address)
    : IO::Socket::INET->new(PeerAddr => $address);
die "no connection to $ARGV[0]" unless $socket;
$SIG{ALRM} = sub { die "no answer\n" };
alarm 60;

sub say_octets {
    my ($octets) = @_;
    while (length $octets) {
        my $written = syswrite $socket, $octets;
        die "cannot write: $!" unless $written;
        substr $octets, 0, $written, '';
    }
}

sub params {
    my ($method, $uri, $length) = @_;
    return {
        REQUEST_METHOD => $method,
        REQUEST_URI => $uri,
        QUERY_STRING => $uri =~ /\?(.*)/ ? $1 : '',
        SERVER_PROTOCOL => 'HTTP/1.1',
        SERVER_NAME => 'perl.example',
        SERVER_PORT => 80,
        REMOTE_ADDR => '192.0.2.7',
        CONTENT_LENGTH => $length,
        HTTP_X_LONG => 'x' x 300,
    };
}

# What comes for a request, up to its END_REQUEST.
sub answer {
    my ($id) = @_;
    my ($stdout, $closed) = ('', 0);
    while (my ($type, $request, $content) = read_record($socket)) {
        my $record = parse_record_body($type, $request, $content);
        die 'unexpected ' . dump_record_body($type, $request, $content) if $request != $id;
        if ($type == FCGI_STDOUT) {
            $stdout .= $content;
            $closed ||= !length $content;
        } elsif ($type == FCGI_END_REQUEST) {
            my ($header, $body) = $stdout =~ /^(.*?)\r\n\r\n(.*)$/s or die 'no header';
            my ($status) = $header =~ /^Status: (\d+)/m;
            my $sum = unpack '%32C*', $body;
            print "request $id: status $status, ", length $body, " bytes, sum $sum, closed $closed, "
                . "appStatus $record->{app_status}, protocolStatus $record->{protocol_status}\n";
            return;
        } else {
            die 'unexpected ' . dump_record_body($type, $request, $content);
        }
    }
    die "connection closed";
}

say_octets(build_record(FCGI_GET_VALUES, FCGI_NULL_REQUEST_ID, build_params({ FCGI_MPXS_CONNS => '' })));
my ($type, $id, $content) = read_record($socket);
my $values = parse_params($content);
print get_type_name($type), " $id: ", join(' ', map { "$_=$values->{$_}" } sort keys %$values), "\n";

say_octets(build_record(99, FCGI_NULL_REQUEST_ID, 'who knows'));
($type, $id, $content) = read_record($socket);
print get_type_name($type), " $id: ", scalar parse_unknown_type_body($content), "\n";

say_octets(build_begin_request(7, FCGI_RESPONDER, FCGI_KEEP_CONN, params('GET', '/probe/bytes?n=200000&seed=1', '')));
answer(7);

my $body = join '', map { chr(ord('a') + $_ % 26) } 0 .. 99_999;
say_octets(build_begin_request(65535, FCGI_RESPONDER, FCGI_KEEP_CONN, params('POST', '/probe/sink', length $body), $body));
answer(65535);

say_octets(build_begin_request(1, 9, FCGI_KEEP_CONN, params('GET', '/', '')));
answer(1);

say_octets(build_begin_request(1, FCGI_RESPONDER, 0, params('GET', '/no/such/page', '')));
answer(1);
print 'then ', defined read_record($socket) ? 'more' : 'the end', "\n";
