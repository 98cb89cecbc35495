__fields__: Pytree["pytree_node=False"]
