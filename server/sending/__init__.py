"""Sends mail: the outbox queues messages, the gate decides, the worker composes and sends them, the transport speaks SMTP."""
