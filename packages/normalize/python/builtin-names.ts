/** Names that the language gives; a star import is not taken to replace them. */
export const builtinNames: ReadonlySet<string> = new Set(
  (
    'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset ' +
    'getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed ' +
    'round set setattr slice sorted staticmethod str sum super tuple type vars zip basestring cmp execfile file long raw_input reduce reload unichr unicode xrange ' +
    'ArithmeticError AssertionError AttributeError BaseException EOFError Exception FileExistsError FileNotFoundError ImportError IndexError IOError KeyError KeyboardInterrupt LookupError ' +
    'NameError NotImplemented NotImplementedError OSError PermissionError RuntimeError StopIteration SyntaxError SystemExit TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError ' +
    'UnicodeError ValueError ZeroDivisionError'
  ).split(' '),
);
