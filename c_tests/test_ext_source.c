/* What becomes of importing source and bytecode where nothing can be executed: ImportError, which names module and file, and NotImplementedError as its cause; packages are there without their code. */
#include "importers.h"

/* The exception of an import, with what it carries. */
static PyObject *carried(const char *module) {
    PyObject *result = PyImport_ImportModule(module);
    if (result) return result;
    PyObject *error = PyErr_GetRaisedException(), *cause = PyException_GetCause(error);
    PyObject *all = Py_BuildValue("(ONNN)", (PyObject *)Py_TYPE(error), PyObject_GetAttrString(error, "name"), PyObject_GetAttrString(error, "path"), PyObject_Repr(cause ? cause : Py_None));
    Py_XDECREF(cause);
    Py_DECREF(error);
    return all;
}

TEST(modules) {
    prepare();
    write_file("mod.py", "x = 1\n"); write_file("empty.py", "# nothing\n\n"); write_file("broken.pyc", "abc");
    CHECK_REPR(plain(PyImport_ImportModule("mod")), "\"!!ImportError: cannot import 'mod': <folder>/mod.py is Python source, and this runtime has no bytecode evaluator\"");
    CHECK_REPR(plain(carried("mod")), "'(<class \\'ImportError\\'>, \\'mod\\', \\'<folder>/mod.py\\', \"NotImplementedError(\\'SourceFileLoader.exec_module: this runtime has no bytecode evaluator\\')\")'");
    E("'mod' in sys.modules", "False");
    HERE("m = module_from_spec(PathFinder.find_spec('mod')); m.__loader__.exec_module(m)", "\"!!ImportError: cannot import 'mod': <folder>/mod.py is Python source, and this runtime has no bytecode evaluator\"");
    HERE("PathFinder.find_spec('mod').loader.load_module('mod')", "\"!!ImportError: cannot import 'mod': <folder>/mod.py is Python source, and this runtime has no bytecode evaluator\"");
    E("PathFinder.find_spec('mod').loader.get_code('mod')", "!!NotImplementedError: SourceLoader.source_to_code: this runtime has no bytecode evaluator");
    CHECK_REPR(plain(PyImport_ImportModule("mod.child")), "\"!!ImportError: cannot import 'mod': <folder>/mod.py is Python source, and this runtime has no bytecode evaluator\"");
    /* where there is nothing to execute nothing is missing */
    CHECK_REPR(plain(PyImport_ImportModule("empty")), "\"<module 'empty' from '<folder>/empty.py'>\"");
    CHECK_REPR(plain(PyImport_ImportModule("broken")), "\"!!ImportError: bad magic number in 'broken': b'abc'\"");
    CHECK_REPR(PyImport_ImportModule("nothere"), "!!ModuleNotFoundError: No module named 'nothere'");
    forget();
}

TEST(packages) {
    prepare();
    make_folder("pkg"); write_file("pkg/__init__.py", "x = 1\n"); write_file("pkg/sub.py", "x = 1\n"); link_as("multi", "pkg/multi" SUFFIX);
    warnings_are_errors(PyExc_ImportWarning);
    CHECK_REPR(plain(PyImport_ImportModule("pkg")), "'!!ImportWarning: <folder>/pkg/__init__.py is not executed: this runtime has no bytecode evaluator'");
    warnings_again();
    CHECK_REPR(plain(PyImport_ImportModule("pkg")), "\"<module 'pkg' from '<folder>/pkg/__init__.py'>\"");
    CHECK_REPR(plain(PyImport_ImportModule("pkg.multi")), "\"<module 'pkg.multi' from '<folder>/pkg/multi" SUFFIX "'>\"");
    CHECK_REPR(plain(PyImport_ImportModule("pkg.sub")), "\"!!ImportError: cannot import 'pkg.sub': <folder>/pkg/sub.py is Python source, and this runtime has no bytecode evaluator\"");
    HERE("__import__('pkg', {}, {}, ['sub'])", "\"!!ImportError: cannot import 'pkg.sub': <folder>/pkg/sub.py is Python source, and this runtime has no bytecode evaluator\"");
    CHECK_REPR(plain(PyImport_ReloadModule(keep(PyImport_ImportModule("pkg")))), "\"<module 'pkg' from '<folder>/pkg/__init__.py'>\"");
    forget();
}

/* Loaders that derive from those that are there. */
TEST(derived) {
    prepare();
    write_file("mod.py", "x = 1\n"); make_folder("pkg"); write_file("pkg/__init__.py", "x = 1\n");
    HERE("s = type('S', (SourceFileLoader,), {'get_code': staticmethod(type(None))}); s('mod', here + '/mod.py').exec_module(sys)", "'!!TypeError: NoneType takes no arguments'");
    HERE("s = type('S', (SourceFileLoader,), {'get_code': staticmethod({}.get)}); s('sys', here + '/mod.py').exec_module(sys)", "\"!!ImportError: cannot load module 'sys' when get_code() returns None\"");
    HERE("s = type('S', (SourceFileLoader,), {'get_code': staticmethod(len)}); s('sys', here + '/mod.py').exec_module(sys)", "'!!TypeError: exec() arg 1 must be a string, bytes or code object'");
    HERE("s = type('S', (SourceFileLoader,), {'get_code': staticmethod(str)}); s('sys', here + '/mod.py').exec_module(sys)", "\"!!ImportError: cannot import 'sys': <folder>/mod.py is Python bytecode, and this runtime has no bytecode evaluator\"");
    HERE("s = type('S', (SourceFileLoader,), {}); s('sys', here + '/mod.py').exec_module(sys)", "\"!!ImportError: cannot import 'sys': <folder>/mod.py is Python source, and this runtime has no bytecode evaluator\"");
    HERE("s = type('S', (SourceFileLoader,), {}); s('sys', here + '/pkg/__init__.py').exec_module(sys)", "'None'");
    HERE("s = type('S', (SourceFileLoader,), {}); s('sys', here + '/nothere.py').exec_module(sys)", "\"!!FileNotFoundError: [Errno 2] No such file or directory: '<folder>/nothere.py'\"");
    E("m = type(__import__('importlib.abc').abc.Loader)('F', (__import__('importlib.abc').abc.FileLoader,), {'get_source': staticmethod(str)}); m('a', 'b').load_module('a')", "!!ImportError: cannot import 'a': b is Python source, and this runtime has no bytecode evaluator");
    forget();
}

/* Bytecode that is of no use leaves nothing but a compiler to ask. */
TEST(stale_bytecode) {
    prepare();
    write_file("mod.py", "x = 1\n");
    name("code", keep((PyObject *)PyCode_NewEmpty("old.py", "kept", 1)));
    HERE("mod = SourceFileLoader('mod', here + '/mod.py'); kept = external.cache_from_source(mod.path); data = external.MAGIC_NUMBER + bytes(12) + __import__('marshal').dumps(code); (mod.set_data(kept, data), mod.get_code('mod'))", "'!!NotImplementedError: SourceLoader.source_to_code: this runtime has no bytecode evaluator'");
    HERE("mod = SourceFileLoader('mod', here + '/mod.py'); kept = external.cache_from_source(mod.path); data = external.MAGIC_NUMBER + b'\\x03\\0\\0\\0' + bytes(8) + __import__('marshal').dumps(code); (mod.set_data(kept, data), mod.get_code('mod'))", "'!!NotImplementedError: SourceLoader.source_to_code: this runtime has no bytecode evaluator'");
    HERE("mod = SourceFileLoader('mod', here + '/mod.py'); kept = external.cache_from_source(mod.path); (mod.set_data(kept, b'abc'), mod.get_code('mod'))", "'!!NotImplementedError: SourceLoader.source_to_code: this runtime has no bytecode evaluator'");
    forget();
}
CHECK_MAIN()
