"""What the engine knows of a program: abstract values, and the functions that move them."""
