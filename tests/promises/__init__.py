"""The promises under everything that can happen: a state machine over people, clock, crashes and the wire (I1-I9)."""
