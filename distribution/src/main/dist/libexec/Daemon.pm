# Connections to the daemon, which is started when nobody answers. Needs nothing but Perl itself.
package Daemon;

use strict;
use warnings;
use Errno;
use Fcntl  qw(F_SETFD FD_CLOEXEC);
use Socket qw(PF_UNIX SOCK_STREAM pack_sockaddr_un);

use constant TRIES => 5;

# Record types and the length of a header.
use constant { GET_VALUES => 9, GET_VALUES_RESULT => 10, HEADER => 8 };

# Web servers leave descriptors open in the programs that they start, and the daemon outlives the web server.
my @leaked;

sub keep_descriptors_from_children {
    opendir my $directory, '/dev/fd' or return;
    my @open = grep { /^\d+$/ && $_ > 2 } readdir $directory;
    closedir $directory;
    for my $descriptor (@open) {
        open my $handle, '+<&=', $descriptor or next;
        push @leaked, $handle if fcntl $handle, F_SETFD, FD_CLOEXEC;
    }
}

# A connection that the daemon has accepted. Its path comes first, then the command that starts it. Without a daemon that
# can be started: nothing, and the reason is on standard error. To be called for a request that is there already: a daemon
# that is about to end waits no longer than a moment.
sub connect_to {
    my ($path, @start) = @_;
    # Whoever ignores it would not hear how the command ends.
    local $SIG{CHLD} = 'DEFAULT';
    for (1 .. TRIES) {
        socket my $daemon, PF_UNIX, SOCK_STREAM, 0 or die "gangway: socket: $!\n";
        if (connect_fully($daemon, $path)) {
            return $daemon if answers($daemon);
            # It is about to end: what has not been answered has not been read either, so another may have it.
            select undef, undef, undef, 0.05;
        }
        elsif (system(@start) != 0) {
            return;
        }
    }
    print STDERR "gangway: nobody answers at unix:$path\n";
    return;
}

sub connect_fully {
    my ($daemon, $path) = @_;
    my $address = pack_sockaddr_un($path);
    until (connect $daemon, $address) {
        return unless $!{EINTR};
    }
    return 1;
}

# A connection that waits in the backlog of a daemon that ends is lost. One that has been answered has been accepted.
sub answers {
    my ($daemon) = @_;
    syswrite $daemon, pack 'CCnnCC', 1, GET_VALUES, 0, 0, 0, 0;
    my $header = read_fully($daemon, HEADER) or return;
    my (undef, $type, undef, $length, $padding) = unpack 'CCnnC', $header;
    return $type == GET_VALUES_RESULT && defined read_fully($daemon, $length + $padding);
}

# So many bytes, or nothing if there are not so many.
sub read_fully {
    my ($from, $length) = @_;
    my $bytes = '';
    while (length $bytes < $length) {
        my $count = sysread $from, $bytes, $length - length $bytes, length $bytes;
        next if !defined $count && $!{EINTR};
        return unless $count;
    }
    return $bytes;
}

1;
