"""Mail that comes back, on both engines."""
