"""Chat over our own API and widget: said by the door, seen by the thread."""
