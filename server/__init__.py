"""The part with state: what happened, what it means, what to do next."""
