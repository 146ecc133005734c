"""JSON for machines: bring orders and customers, and ask who somebody is."""
