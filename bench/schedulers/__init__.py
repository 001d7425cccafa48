"""Schedulers that others made, asked to do what Poruch does; run in the peers' environment."""
