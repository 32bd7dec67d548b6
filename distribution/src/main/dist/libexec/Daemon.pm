# Finds the daemon, and starts it when nobody answers. Nothing here waits for more than a moment, so that a process with
# many connections can go on with the others. Needs nothing but Perl itself.
#
#     my $attempt = Daemon->new(SOCKET, COMMAND...);      COMMAND starts the daemon, and ends when it is ready
#     my $daemon  = $attempt->step;                       again and again, until it is defined
package Daemon;

use strict;
use warnings;
use Errno;
use Fcntl  qw(F_GETFL F_SETFL F_SETFD FD_CLOEXEC O_NONBLOCK);
use Socket qw(PF_UNIX SOCK_STREAM pack_sockaddr_un);

use constant {
    TRIES   => 5,
    LIMIT   => 5,       # seconds that a daemon has to answer
    TICK    => 0.05,    # seconds after which to try another step
    WNOHANG => 1,       # POSIX has it, but is large
};

# Record types and the length of a header.
use constant { GET_VALUES => 9, GET_VALUES_RESULT => 10, HEADER => 8 };

# If it were ignored, the exit status of the command would be lost.
$SIG{CHLD} = 'DEFAULT';

# Web servers leave descriptors open in the programs that they start, and the daemon outlives the web server.
my @leaked;

# The command that runs at the moment, if one does: it is enough for all attempts.
my $command;

sub keep_descriptors_from_children {
    opendir my $directory, '/dev/fd' or return;
    my @open = grep { /^\d+$/ && $_ > 2 } readdir $directory;
    closedir $directory;
    for my $descriptor (@open) {
        open my $handle, '+<&=', $descriptor or next;
        push @leaked, $handle if fcntl $handle, F_SETFD, FD_CLOEXEC;
    }
}

# Called when there is a request already, since a daemon that is about to end waits only a moment for one.
sub new {
    my ($class, $path, @start) = @_;
    return bless {path => $path, start => \@start, step => \&connect_to, deadline => deadline(), tries => TRIES}, $class;
}

# A connection that the daemon has accepted; nothing as long as there is none; 0 if there will be none, and the reason is
# on standard error.
sub step {
    my ($self) = @_;
    my $result = $self->{step}->($self);
    return $result if defined $result || $self->{tries} > 0;
    print STDERR "gangway: nobody answers at unix:$self->{path}\n";
    return 0;
}

# The handle on which the next step depends, if it is one.
sub awaited {
    my ($self) = @_;
    return $self->{daemon};
}

# Waits for the daemon: for callers that have nothing else to do.
sub wait_for {
    my ($self) = @_;
    my $daemon;
    until (defined($daemon = $self->step)) {
        my $readable = '';
        vec($readable, fileno $self->{daemon}, 1) = 1 if $self->{daemon};
        select $readable, undef, undef, TICK;
    }
    return $daemon;
}

sub deadline {
    return time + LIMIT + 1;
}

sub connect_to {
    my ($self) = @_;
    # Out of descriptors: some will be closed.
    socket my $daemon, PF_UNIX, SOCK_STREAM, 0 or return is_late($self) ? try_again($self) : undef;
    fcntl $daemon, F_SETFL, fcntl($daemon, F_GETFL, 0) | O_NONBLOCK;
    if (connect $daemon, pack_sockaddr_un($self->{path})) {
        syswrite $daemon, pack 'CCnnCC', 1, GET_VALUES, 0, 0, 0, 0;
        @{$self}{qw(daemon answer step)} = ($daemon, '', \&answer);
        return answer($self);
    }
    # So many wait that not even this one may.
    return is_late($self) ? try_again($self) : undef if $!{EAGAIN};
    $self->{step} = \&start;
    return start($self);
}

# A connection that waits in the backlog of a daemon that ends is lost. One that has been answered has been accepted.
sub answer {
    my ($self) = @_;
    while ((my $missing = missing($self->{answer})) > 0) {
        my $count = sysread $self->{daemon}, $self->{answer}, $missing, length $self->{answer};
        next if $count;
        return is_late($self) ? try_again($self) : undef if !defined $count && ($!{EAGAIN} || $!{EINTR});
        # The daemon is about to end. It has not answered, so it has not read the request, and the next one may have it.
        select undef, undef, undef, TICK;
        return try_again($self);
    }
    return ord(substr $self->{answer}, 1) == GET_VALUES_RESULT ? delete $self->{daemon} : try_again($self);
}

# How many bytes of a record are still to come.
sub missing {
    my ($record) = @_;
    return HEADER - length $record if length $record < HEADER;
    my (undef, undef, undef, $length, $padding) = unpack 'CCnnC', $record;
    return HEADER + $length + $padding - length $record;
}

# A daemon takes connections before its applications have started, which may be slow.
sub is_late {
    my ($self) = @_;
    return time > $self->{deadline} && !is_starting($self->{path});
}

# What the command writes while it runs, with the time until which it may run.
sub is_starting {
    my ($path) = @_;
    open my $file, '<', $path =~ s/\.sock\z/.state/r or return 0;
    my $state = <$file> // '';
    return $state =~ /^starting (\d+)/ && time < $1;
}

sub try_again {
    my ($self) = @_;
    delete $self->{daemon};
    @{$self}{qw(step deadline)} = (\&connect_to, deadline());
    $self->{tries}--;
    return;
}

sub start {
    my ($self) = @_;
    my $running = $self->{command} //= $command //= run(@{$self->{start}}) // return 0;
    unless (defined $running->{status}) {
        return unless waitpid $running->{pid}, WNOHANG;
        ($running->{status}, $command) = ($?, undef);
    }
    delete $self->{command};
    return $running->{status} == 0 ? try_again($self) : 0;
}

sub run {
    my @words = @_;
    my $pid = fork;
    return {pid => $pid} if $pid;
    exec {$words[0]} @words if defined $pid;
    print STDERR "gangway: $words[0]: $!\n";
    exit 1 if defined $pid;
    return;
}

1;
