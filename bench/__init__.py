"""
How fast it is: a separate database with 20,000 initiatives, the web processes of production, and a table of figures.

``make bench`` runs it; docs/performance.md tells what the figures mean.
"""
