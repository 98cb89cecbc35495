# Annotations
ArrayLike: Concrete
DTypeLike: Concrete
