"""The functions of the expression language, grouped as Microsoft's reference groups them."""
