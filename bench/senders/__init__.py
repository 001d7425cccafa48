"""One process each: a sender and what it sends; a peer's runs in the peers' environment."""
