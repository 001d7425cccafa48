sealed-line = Not available right now. Please try again later.
