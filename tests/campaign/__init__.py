"""The campaign: real processes, real sockets, real databases, SIGKILL and faults by seed, and an audit at the end."""
