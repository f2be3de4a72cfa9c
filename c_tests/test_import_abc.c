/* importlib.abc: abstract classes of finders and loaders, who counts as one, and what they bring. */
#include "importers.h"

TEST(classes) {
    name_all();
    name("bootstrap", keep(PyImport_ImportModule("_frozen_importlib")));
    NAME("a", "__import__('importlib.abc').abc");
    E("a.__all__", "['Loader', 'MetaPathFinder', 'PathEntryFinder', 'ResourceLoader', 'InspectLoader', 'ExecutionLoader', 'FileLoader', 'SourceLoader']");
    E("(a.Loader, a.MetaPathFinder, a.SourceLoader, type(a.Loader))", "(<class 'importlib._abc.Loader'>, <class 'importlib.abc.MetaPathFinder'>, <class 'importlib.abc.SourceLoader'>, <class 'abc.ABCMeta'>)");
    E("(a.Loader.__bases__, a.InspectLoader.__mro__, a.FileLoader.__mro__)", "((<class 'object'>,), (<class 'importlib.abc.InspectLoader'>, <class 'importlib._abc.Loader'>, <class 'object'>), (<class 'importlib.abc.FileLoader'>, <class '_frozen_importlib_external.FileLoader'>, <class 'importlib.abc.ResourceLoader'>, <class 'importlib.abc.ExecutionLoader'>, <class 'importlib.abc.InspectLoader'>, <class 'importlib._abc.Loader'>, <class 'object'>))");
    E("a.SourceLoader.__mro__", "(<class 'importlib.abc.SourceLoader'>, <class '_frozen_importlib_external.SourceLoader'>, <class '_frozen_importlib_external._LoaderBasics'>, <class 'importlib.abc.ResourceLoader'>, <class 'importlib.abc.ExecutionLoader'>, <class 'importlib.abc.InspectLoader'>, <class 'importlib._abc.Loader'>, <class 'object'>)");
    E("[a.Loader.__abstractmethods__, sorted(a.FileLoader.__abstractmethods__), sorted(a.SourceLoader.__abstractmethods__), sorted(a.ExecutionLoader.__abstractmethods__)]", "[frozenset(), ['get_source'], ['get_data', 'get_filename'], ['get_filename', 'get_source']]");
    E("a.Loader()", "<importlib._abc.Loader object at 0x...>");
    E("a.ResourceLoader()", "!!TypeError: Can't instantiate abstract class ResourceLoader without an implementation for abstract method 'get_data'");
    E("a.SourceLoader()", "!!TypeError: Can't instantiate abstract class SourceLoader without an implementation for abstract methods 'get_data', 'get_filename'");
    E("a.InspectLoader()", "!!TypeError: Can't instantiate abstract class InspectLoader without an implementation for abstract method 'get_source'");
    E("[issubclass(bootstrap.BuiltinImporter, a.MetaPathFinder), issubclass(external.PathFinder, a.MetaPathFinder), issubclass(external.FileFinder, a.PathEntryFinder), issubclass(external.FileFinder, a.MetaPathFinder)]", "[True, True, True, False]");
    E("[issubclass(external.SourceFileLoader, a.SourceLoader), issubclass(external.SourceFileLoader, a.FileLoader), issubclass(external.SourceFileLoader, a.ExecutionLoader), issubclass(external.SourceFileLoader, a.Loader)]", "[True, True, True, True]");
    E("[issubclass(external.ExtensionFileLoader, a.ExecutionLoader), issubclass(external.ExtensionFileLoader, a.FileLoader), issubclass(external.NamespaceLoader, a.InspectLoader), issubclass(external.SourcelessFileLoader, a.SourceLoader)]", "[True, False, True, False]");
    E("isinstance(external.SourceFileLoader('a', 'b'), a.InspectLoader)", "True");
    E("isinstance(5, a.Loader)", "False");
    E("a.Loader().create_module(5)", "None");
    E("a.Loader().load_module('sys')", "!!ImportError");
    E("a.Loader.create_module", "<function Loader.create_module at 0x...>");
    E("a.Loader().create_module", "<bound method Loader.create_module of <importlib._abc.Loader object at 0x...>>");
    E("a.Loader().create_module()", "!!TypeError: Loader.create_module() missing 1 required positional argument: 'spec'");
    E("a.MetaPathFinder().invalidate_caches()", "None");
    E("a.MetaPathFinder().invalidate_caches(5)", "!!TypeError: MetaPathFinder.invalidate_caches() takes 1 positional argument but 2 were given");
    NAME("L", "type('L', (a.Loader,), {'exec_module': staticmethod(id)})");
    NAME("meta", "type(a.Loader)");
    NAME("L", "meta('L', (a.Loader,), {'exec_module': staticmethod(id)})");
    NAME("spec", "bootstrap.ModuleSpec('made', L())");
    NAME("R", "meta('R', (a.ResourceLoader,), {'get_data': staticmethod(bytes)})");
    E("R().get_data(3)", "b'\\x00\\x00\\x00'");
    E("a.ResourceLoader.get_data(5, 'x')", "!!OSError");
    E("a.InspectLoader.get_source(5, 'x')", "!!ImportError");
    E("a.InspectLoader.is_package(5, 'x')", "!!ImportError");
    E("a.ExecutionLoader.get_filename(5, 'x')", "!!ImportError");
    NAME("I", "meta('I', (a.InspectLoader,), {'get_source': staticmethod({}.get)})");
    E("I().get_code('x')", "None");
    E("I().is_package('x')", "!!ImportError");
    E("I().exec_module(sys)", "!!ImportError: cannot load module 'sys' when get_code() returns None");
    NAME("S", "meta('S', (a.SourceLoader,), {'get_data': staticmethod(str.encode), 'get_filename': staticmethod(str)})");
    E("S().get_source('abc')", "'abc'");
    E("S().path_stats('abc')", "!!OSError");
    E("S().path_mtime('abc')", "!!OSError");
    E("S().is_package('__init__.py')", "True");
    E("S().set_data('abc', b'')", "None");
    E("S().set_data('abc')", "!!TypeError: SourceLoader.set_data() missing 1 required positional argument: 'data'");
    NAME("S", "meta('S', (a.SourceLoader,), {'get_data': staticmethod(str.encode), 'get_filename': staticmethod(str), 'path_mtime': staticmethod(len)})");
    E("S().path_stats('abc')", "!!AttributeError: 'builtin_function_or_method' object has no attribute '__func__'");
    NAME("F", "meta('F', (a.FileLoader,), {'get_source': staticmethod(str)})");
    E("F('a', 'b').get_filename('a')", "'b'");
    E("F('a', 'b').get_data('/nowhere')", "!!FileNotFoundError: [Errno 2] No such file or directory: '/nowhere'");
    E("F('a', 'b').name", "'a'");
    E("F('a', 'b') == F('a', 'b')", "True");
    E("(a.Loader.__module__, a.FileLoader.__module__, a.Loader.load_module.__qualname__, a.Loader.load_module.__module__)", "('importlib._abc', 'importlib.abc', 'Loader.load_module', 'importlib._abc')");
}
CHECK_MAIN()
