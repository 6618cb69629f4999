"""Real processes on real disks over real sockets, and everything that can befall them."""
