"""
The platform's own PostgreSQL, for whoever has none.

Named as database ENGINE it behaves as Django's own PostgreSQL, but starts its server at the first connection
(``base``). ``place`` decides where it lives, ``server`` starts, finds and stops it.
"""
