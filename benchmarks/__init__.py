"""What the product was measured at. Each benchmark runs in a process and a store of its own; `onrecord bench` runs all.

A benchmark is a module with `run(scale) -> list[Figure]`. Ratios are taken side by side in one run: these machines are
shared, and seconds alone say little.
"""
