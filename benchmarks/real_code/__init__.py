"""jitlint on real code: what it reports there, and what it finds again where declarations were removed.

python -m benchmarks.real_code [--help]
"""
