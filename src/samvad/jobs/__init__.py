"""Things to do later: timers with a lease, kept in the transaction of the fact that made them."""
