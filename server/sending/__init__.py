"""How mail leaves: the outbox remembers, the gate decides, the transport speaks SMTP, the worker carries it out."""
