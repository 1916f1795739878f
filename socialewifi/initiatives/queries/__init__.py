"""Reading about initiatives: one module per page or subject."""
