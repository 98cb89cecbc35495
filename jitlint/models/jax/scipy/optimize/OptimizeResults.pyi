# What a minimization gives
x: Array
success: Array
status: Array
fun: Array
jac: Array
hess_inv: Unknown
nfev: Array
njev: Array
nit: Array
