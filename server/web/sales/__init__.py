"""Pages of those who call people back: leads, tasks, bookings, and the answers behind them."""
