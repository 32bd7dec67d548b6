# What a web server starts instead of a JVM: passes every connection to the listening socket on descriptor 0 on to the
# daemon, byte for byte, and starts the daemon if it is gone. Ends on SIGTERM, after the connections in progress.
#
#     perl -I libexec relay.pl SOCKET COMMAND...      COMMAND starts the daemon that listens at SOCKET

use strict;
use warnings;
use Daemon;
use Errno;
use Fcntl  qw(F_GETFL F_SETFL O_NONBLOCK);
use Socket qw(AF_INET AF_INET6 AF_UNIX SHUT_WR SO_ACCEPTCONN SOL_SOCKET
    inet_ntoa inet_ntop sockaddr_family unpack_sockaddr_in unpack_sockaddr_in6);

use constant {
    BLOCK     => 64 * 1024,
    LINGER    => 30,          # seconds for which a client may go on sending after the daemon has ended
    STOP      => 8,           # seconds that connections have after SIGTERM, since mod_fcgid kills after 9
    TICK      => 5,           # seconds: a signal just before select() is noticed no later
};

my ($path, @start) = @ARGV;
my ($listener, $stopping, $pausing_until) = (undef, 0, 0);
my (%links, %web_servers);
# What the variable says about connections to this process does not hold for the daemon.
my $web_servers = delete $ENV{FCGI_WEB_SERVER_ADDRS};

$SIG{PIPE} = sub { };
$SIG{$_} = \&stop for qw(TERM INT HUP USR1);

listen_on_descriptor_zero();
read_web_servers() if defined $web_servers;
Daemon::keep_descriptors_from_children();
serve();
exit 0;

sub stop {
    return if $stopping;
    $stopping = 1;
    $SIG{ALRM} = sub { exit 0 };
    alarm STOP;
}

sub fail {
    print STDERR "gangway: @_\n";
    exit 1;
}

sub listen_on_descriptor_zero {
    open $listener, '+<&=', 0 or fail("descriptor 0: $!");
    my $option = getsockopt $listener, SOL_SOCKET, SO_ACCEPTCONN;
    fail('descriptor 0 is not a listening socket; gangway fcgid is for web servers and spawn-fcgi to start,'
            . ' gangway run serves without them')
        unless $option && unpack 'i', $option;
    my $address = getsockname $listener;
    # FCGI-157: a peer can claim any client address, user or certificate, so peers have to be restricted.
    fail('descriptor 0 is reachable from other machines, and whoever can connect to a FastCGI port can claim'
            . ' to be any client; use a loopback address or a Unix-domain socket')
        unless is_local($address);
    # So that the daemon can warn of what anybody who connects there could claim.
    delete $ENV{GANGWAY_RELAY_ADDRESS};
    $ENV{GANGWAY_RELAY_ADDRESS} = 'tcp:' . tcp_address($address) if sockaddr_family($address) != AF_UNIX;
}

sub tcp_address {
    my ($address) = @_;
    my ($port, $ip) = sockaddr_family($address) == AF_INET ? unpack_sockaddr_in($address) : unpack_sockaddr_in6($address);
    return inet_ntop(sockaddr_family($address), $ip) . ":$port";
}

sub is_local {
    my ($address) = @_;
    my $family = sockaddr_family($address);
    return 1 if $family == AF_UNIX;
    return (unpack_sockaddr_in($address))[1] =~ /^\x7f/s if $family == AF_INET;
    return (unpack_sockaddr_in6($address))[1] =~ /^(?:\0{15}\x01|\0{10}\xff\xff\x7f)/s if $family == AF_INET6;
    return 0;
}

# FCGI-11: a malformed list must not mean that all may connect.
sub read_web_servers {
    my $byte = qr/25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d/;
    for my $address ($web_servers eq '' ? '' : split /,/, $web_servers, -1) {
        fail("the environment variable FCGI_WEB_SERVER_ADDRS: '$address' is not an IPv4 address")
            unless $address =~ /^(?:(?:$byte)\.){3}(?:$byte)\z/;
        $web_servers{$address} = 1;
    }
}

# FCGI-9, FCGI-10
sub is_web_server {
    my ($address) = @_;
    return 1 unless defined $web_servers;
    my $family = sockaddr_family($address);
    my $ip = $family == AF_INET ? (unpack_sockaddr_in($address))[1]
        : $family == AF_INET6 ? (unpack_sockaddr_in6($address))[1] =~ s/^\0{10}\xff\xff//r
        :                       '';
    return length $ip == 4 && $web_servers{inet_ntoa($ip)};
}

sub blocking {
    my ($handle, $blocking) = @_;
    my $flags = fcntl $handle, F_GETFL, 0;
    fcntl $handle, F_SETFL, $blocking ? $flags & ~O_NONBLOCK : $flags | O_NONBLOCK;
}

sub serve {
    # Another process that shares the socket may accept first.
    blocking($listener, 0);
    # A process that spawn-fcgi has started leads its group, and need not watch its parent. Otherwise this process is in the
    # group of the web server, after whose end nobody else would end it.
    my $web_server = getpgrp == $$ ? undef : getppid;
    until ($stopping && !%links) {
        my ($readable, $writable) = await_events();
        accept_all() if $stopping == 1 || vec $readable, 0, 1;
        find_daemon($_) for grep { $_->{attempt} } values %links;
        # What came before the signal has been accepted.
        $stopping = 2 if $stopping;
        pass_on($_, $readable, $writable) for map { @{$_->{flows}} } values %links;
        close_ended();
        last if !%links && defined $web_server && getppid != $web_server;
    }
    blocking($listener, 1);
}

sub await_events {
    my ($readable, $writable) = ('', '');
    vec($readable, 0, 1) = 1 if !$stopping && time >= $pausing_until;
    my @attempts = grep { defined } map { $_->{attempt} } values %links;
    vec($readable, fileno $_, 1) = 1 for grep { defined } map { $_->awaited } @attempts;
    for my $flow (map { @{$_->{flows}} } values %links) {
        if ($flow->{buffer} ne '') {
            vec($writable, fileno $flow->{to}, 1) = 1 if $flow->{to};
        }
        elsif (!$flow->{ended}) {
            vec($readable, fileno $flow->{from}, 1) = 1;
        }
    }
    my $events = select $readable, $writable, undef, $stopping == 1 ? 0 : @attempts ? Daemon::TICK : TICK;
    return $events > 0 ? ($readable, $writable) : ('', '');
}

# A link is a client's connection and the daemon's, a flow is what goes from one of them to the other.
sub accept_all {
    while (1) {
        my $address = accept my $client, $listener or last;
        next unless is_web_server($address);
        blocking($client, 0);
        my $link = {client => $client};
        $link->{flows} = [flow($link, $client, undef)];
        $links{fileno $client} = $link;
    }
    # Out of descriptors: to try again at once would only keep a processor busy.
    $pausing_until = time + 1 if $!{EMFILE} || $!{ENFILE};
}

sub flow {
    my ($link, $from, $to) = @_;
    return {link => $link, from => $from, to => $to, buffer => '', ended => 0};
}

# The links that have theirs go on meanwhile.
sub find_daemon {
    my ($link) = @_;
    my $daemon = $link->{attempt}->step // return;
    delete $link->{attempt};
    if ($daemon) {
        $link->{daemon} = $link->{flows}[0]{to} = $daemon;
        push @{$link->{flows}}, flow($link, $daemon, $link->{client});
    }
    else {
        $link->{broken} = 1;
    }
}

sub pass_on {
    my ($flow, $readable, $writable) = @_;
    my $link = $flow->{link};
    return if $link->{broken};
    if (!$flow->{ended} && $flow->{buffer} eq '' && vec $readable, fileno $flow->{from}, 1) {
        receive($flow);
        $link->{attempt} = Daemon->new($path, @start) if !$flow->{to} && $flow->{buffer} ne '';
    }
    elsif ($flow->{buffer} eq '' || !$flow->{to} || !vec $writable, fileno $flow->{to}, 1) {
        return;
    }
    find_daemon($link) if $link->{attempt};
    send_on($flow) if $flow->{buffer} ne '' && $flow->{to} && !$link->{broken};
    shutdown $flow->{to}, SHUT_WR if $flow->{to} && $flow->{ended} && $flow->{buffer} eq '';
}

sub receive {
    my ($flow) = @_;
    my $count = sysread $flow->{from}, $flow->{buffer}, BLOCK;
    return if $count || (!defined $count && ($!{EINTR} || $!{EAGAIN}));
    my $link = $flow->{link};
    # A client that breaks off has gone; a daemon may have read no more than it wanted.
    $link->{broken} = 1 if !defined $count && $flow->{from} == $link->{client};
    $link->{deadline} = time + LINGER if $flow->{to} && $flow->{to} == $link->{client};
    $flow->{ended} = 1;
}

sub send_on {
    my ($flow) = @_;
    my $link = $flow->{link};
    my $count = $flow->{deaf} ? length $flow->{buffer} : syswrite $flow->{to}, $flow->{buffer};
    if (defined $count) {
        substr $flow->{buffer}, 0, $count, '';
    }
    elsif (!$!{EINTR} && !$!{EAGAIN}) {
        if ($flow->{to} == $link->{client}) {
            $link->{broken} = 1;
        }
        else {
            # The response may still be on its way, and the client may send all of its request before it reads.
            $flow->{deaf}   = 1;
            $flow->{buffer} = '';
        }
    }
}

sub close_ended {
    for my $id (keys %links) {
        my $link = $links{$id};
        my $open = grep { !$_->{ended} || $_->{buffer} ne '' } @{$link->{flows}};
        next if $open && !$link->{broken} && !($link->{deadline} && time > $link->{deadline});
        # The flows name the link, which would keep both alive.
        delete $link->{flows};
        close $_ for grep { $_ } @{$link}{qw(client daemon)};
        delete $links{$id};
    }
}
