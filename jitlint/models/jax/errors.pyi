# Exceptions
ConcretizationTypeError: Concrete
InconclusiveDimensionOperation: Since["0.10.2", Concrete]
JAXIndexError: Concrete
JAXTypeError: Concrete
JaxRuntimeError: Since["0.4.35", Concrete]
JaxprTypeError: Since["0.10.2", Concrete]
KeyReuseError: Concrete
NonConcreteBooleanIndexError: Concrete
SimplifiedTraceback: Until["0.8.0", Concrete]
TracerArrayConversionError: Concrete
TracerBoolConversionError: Concrete
TracerIntegerConversionError: Concrete
UnexpectedTracerError: Concrete
