"""Mail clients as they meet our mail, imitated strictly after what their vendors document: what they send, and what they refuse."""
