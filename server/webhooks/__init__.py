"""Defines webhooks: endpoints with their secrets, signed bodies (Standard Webhooks 1.0), tests. `flows.webhook_delivery` calls them."""
