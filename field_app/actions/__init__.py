"""What people can do on the tablet: each verb one function, each edit one group in the outbox."""
