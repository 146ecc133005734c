"""How well special data is recognised, beside Presidio and deduce."""
