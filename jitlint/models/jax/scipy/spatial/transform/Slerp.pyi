# What it is made from
times: Array
timedelta: Array
rotations: Object["jax.scipy.spatial.transform.Rotation"]
rotvecs: Array

# Making and using it
def init(times: Array, rotations: Array) -> Object["jax.scipy.spatial.transform.Slerp"]: ...
def __call__(self: Array, times: Array) -> Object["jax.scipy.spatial.transform.Rotation"]: ...
