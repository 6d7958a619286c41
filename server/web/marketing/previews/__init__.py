"""What the emails room shows of an email: how each format looks to the person who gets it, and why it goes out or not."""
