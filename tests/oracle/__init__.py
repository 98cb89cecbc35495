"""JAX as the oracle: random programs on which jitlint and JAX must agree. docs/oracle.md describes it."""
