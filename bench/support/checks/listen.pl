#!/usr/bin/perl
# Workers with names of their own, each of which listens on four ports.
use strict;
use warnings;
use IO::Socket::INET;

for my $worker (1 .. 5) {
  next if fork;
  $0 = "worker-$worker";
  my @open = map { IO::Socket::INET->new(Listen => 5, LocalPort => 8000 + $worker * 10 + $_, ReuseAddr => 1) or die "$!" } 0 .. 3;
  sleep;
}
$SIG{TERM} = sub { exit };
sleep;
