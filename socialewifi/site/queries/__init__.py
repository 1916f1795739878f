"""What pages that combine rooms read."""
