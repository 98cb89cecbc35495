# Calls of foreign functions
def ffi_call(target_name: Changed["0.7.0", Any, Static], result_shape_dtypes: Array, *deprecated_args: Until["0.6.0", Any], has_side_effect: Changed["0.7.0", Any, Static] = False, vmap_method: Static = None, input_layouts: Static = None, output_layouts: Static = None, input_output_aliases: Static = None, custom_call_api_version: Static = 4, legacy_backend_config: Changed["0.7.0", Any, Static] = None, vectorized: Until["0.10.0", Any] = ...) -> Since["0.5.0", Unknown]: ...

# What is registered and lowered, not inside jit
register_ffi_target: Since["0.5.0", Concrete]
register_ffi_target_as_batch_partitionable: Since["0.5.3", Concrete]
register_ffi_type: Since["0.8.2", Concrete]
register_ffi_type_id: Since["0.5.0", Concrete]
ffi_lowering: Since["0.5.0", Concrete]
build_ffi_lowering_function: Since["0.7.1", Concrete]
include_dir: Since["0.5.0", Concrete]
pycapsule: Since["0.5.0", Concrete]
abstract_token: Since["0.11.0", Concrete]
