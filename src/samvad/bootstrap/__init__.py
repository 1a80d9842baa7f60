"""The only place that builds real things and hands them to the rooms."""
