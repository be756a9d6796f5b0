"""Great Expectations classes of our own, only where no built-in expectation says it. Importing registers them."""
