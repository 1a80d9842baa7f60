"""What the assistant says by itself: a tenant's rules, and its own words in eight languages."""
