/* The finders and loaders that are there from the start, as classes and at work: sys.meta_path, sys.path_hooks, specs, namespace packages, importlib. */
#include "importers.h"

TEST(from_the_start) {
    name_all();
    E("sys.meta_path", "[<class '_frozen_importlib.BuiltinImporter'>, <class '_frozen_importlib.FrozenImporter'>, <class '_frozen_importlib_external.PathFinder'>]");
    E("(sys.meta_path[0] is BuiltinImporter, sys.meta_path[1] is FrozenImporter, sys.meta_path[2] is PathFinder)", "(True, True, True)");
    E("(type(sys.meta_path), type(sys.path_hooks), type(sys.path_importer_cache))", "(<class 'list'>, <class 'list'>, <class 'dict'>)");
    E("sys.path_hooks[-1].__name__", "'path_hook_for_FileFinder'");
    E("sys.path_hooks[-1]('/')", "FileFinder('/')");
    E("sys.__spec__", "ModuleSpec(name='sys', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("sys.__loader__", "<class '_frozen_importlib.BuiltinImporter'>");
    E("sys.__package__", "''");
    E("sys.__spec__.__dict__", "{'name': 'sys', 'loader': <class '_frozen_importlib.BuiltinImporter'>, 'origin': 'built-in', 'loader_state': None, 'submodule_search_locations': None, '_uninitialized_submodules': [], '_set_fileattr': False, '_cached': None}");
    E("__import__('builtins').__spec__", "ModuleSpec(name='builtins', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("(__import__('builtins').__loader__, __import__('builtins').__package__)", "(<class '_frozen_importlib.BuiltinImporter'>, '')");
    E("__import__('__main__').__loader__", "<class '_frozen_importlib.BuiltinImporter'>");
    E("__import__('__main__').__spec__", "None");
    E("m = __import__('_weakref'); (m.__spec__, m.__loader__, m.__package__, hasattr(m, '__file__'), hasattr(m, '__path__'), hasattr(m, '__cached__'))", "(ModuleSpec(name='_weakref', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in'), <class '_frozen_importlib.BuiltinImporter'>, '', False, False, False)");
    E("m = __import__('_weakref'); m.__spec__.__dict__", "{'name': '_weakref', 'loader': <class '_frozen_importlib.BuiltinImporter'>, 'origin': 'built-in', 'loader_state': None, 'submodule_search_locations': None, '_uninitialized_submodules': [], '_set_fileattr': False, '_cached': None, '_initializing': False}");
    E("(BuiltinImporter.__module__, BuiltinImporter.__name__, BuiltinImporter.__qualname__, PathFinder.__module__, ModuleSpec.__module__, FileFinder.__module__)", "('_frozen_importlib', 'BuiltinImporter', 'BuiltinImporter', '_frozen_importlib_external', '_frozen_importlib', '_frozen_importlib_external')");
    E("(BuiltinImporter.__bases__, PathFinder.__bases__, ModuleSpec.__bases__, NamespaceLoader.__bases__)", "((<class 'object'>,), (<class 'object'>,), (<class 'object'>,), (<class 'object'>,))");
    E("(BuiltinImporter(), FrozenImporter(), PathFinder())", "(<_frozen_importlib.BuiltinImporter object at 0x...>, <_frozen_importlib.FrozenImporter object at 0x...>, <_frozen_importlib_external.PathFinder object at 0x...>)");
}

TEST(builtin_importer) {
    name_all();
    E("BuiltinImporter.find_spec('time')", "ModuleSpec(name='time', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("BuiltinImporter.find_spec('time', ['x'], 5)", "ModuleSpec(name='time', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("BuiltinImporter.find_spec(fullname='time', path=None, target=1)", "ModuleSpec(name='time', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("BuiltinImporter.find_spec('nothere')", "None");
    E("BuiltinImporter.find_spec(5)", "!!TypeError: is_builtin() argument must be str, not int");
    E("BuiltinImporter.find_spec(None)", "!!TypeError: is_builtin() argument must be str, not None");
    E("BuiltinImporter.find_spec()", "!!TypeError: BuiltinImporter.find_spec() missing 1 required positional argument: 'fullname'");
    E("BuiltinImporter.find_spec(path=5)", "!!TypeError: BuiltinImporter.find_spec() missing 1 required positional argument: 'fullname'");
    E("BuiltinImporter.find_spec('time', None, None, 1)", "!!TypeError: BuiltinImporter.find_spec() takes from 2 to 4 positional arguments but 5 were given");
    E("BuiltinImporter.find_spec('time', fullname='time')", "!!TypeError: BuiltinImporter.find_spec() got multiple values for argument 'fullname'");
    E("BuiltinImporter.find_spec('time', nothing=1)", "!!TypeError: BuiltinImporter.find_spec() got an unexpected keyword argument 'nothing'");
    E("BuiltinImporter.create_module(ModuleSpec('nothere', None))", "!!ImportError: 'nothere' is not a built-in module");
    E("BuiltinImporter.create_module(ModuleSpec(5, None))", "!!ImportError: 5 is not a built-in module");
    E("BuiltinImporter.create_module(5)", "!!AttributeError: 'int' object has no attribute 'name'");
    E("m = BuiltinImporter.create_module(ModuleSpec('_weakref', None)); (m, m is __import__('_weakref'), hasattr(m, 'ref'))", "(<module '_weakref'>, False, False)");
    E("m = BuiltinImporter.create_module(ModuleSpec('_weakref', None)); (BuiltinImporter.exec_module(m), hasattr(m, 'ref'))", "(None, True)");
    E("BuiltinImporter.exec_module(5)", "None");
    E("BuiltinImporter.exec_module(sys)", "None");
    E("(BuiltinImporter.get_code('sys'), BuiltinImporter.get_source('sys'), BuiltinImporter.is_package('sys'))", "(None, None, False)");
    E("BuiltinImporter.get_code('nothere')", "!!ImportError: 'nothere' is not a built-in module");
    E("BuiltinImporter.get_source(5)", "!!ImportError: 5 is not a built-in module");
    E("BuiltinImporter.is_package('nothere')", "!!ImportError: 'nothere' is not a built-in module");
    E("BuiltinImporter().find_spec('sys')", "ModuleSpec(name='sys', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("BuiltinImporter.load_module('sys') is sys", "True");
    E("BuiltinImporter.load_module('nothere')", "!!ImportError: 'nothere' is not a built-in module");
    E("a = sys.modules.pop('_weakref', None); m = BuiltinImporter.load_module('_weakref'); (m, m is sys.modules['_weakref'], m.__spec__, m.__loader__)", "(<module '_weakref' (built-in)>, True, ModuleSpec(name='_weakref', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in'), <class '_frozen_importlib.BuiltinImporter'>)");
    E("type('Sub', (BuiltinImporter,), {}).find_spec('sys').loader.__name__", "'Sub'");
}

TEST(frozen_importer) {
    name_all();
    E("FrozenImporter.find_spec('nothere')", "None");
    E("FrozenImporter.find_spec(5)", "!!TypeError: find_frozen() argument 1 must be str, not int");
    E("FrozenImporter.find_spec()", "!!TypeError: FrozenImporter.find_spec() missing 1 required positional argument: 'fullname'");
    E("FrozenImporter.is_package('nothere')", "!!ImportError: 'nothere' is not a frozen module");
    E("FrozenImporter.get_code('nothere')", "!!ImportError: 'nothere' is not a frozen module");
    E("FrozenImporter.get_source('nothere')", "!!ImportError: 'nothere' is not a frozen module");
    E("FrozenImporter.get_source(5)", "!!TypeError: is_frozen() argument must be str, not int");
    E("FrozenImporter.create_module(ModuleSpec('nothere', None))", "<module 'nothere'>");
    E("FrozenImporter.exec_module(sys)", "!!ImportError: No such frozen object named 'sys'");
    E("FrozenImporter.exec_module(5)", "!!AttributeError: 'int' object has no attribute '__spec__'");
    E("FrozenImporter.load_module('nothere')", "!!ImportError: No such frozen object named 'nothere'");
    E("FrozenImporter.create_module(ModuleSpec('x', None, loader_state=type(sys.implementation)(filename='/a/file'))).__file__", "'/a/file'");
}

static const unsigned char number[] = {'i', 5, 0, 0, 0}, nonsense[] = {255, 0, 0};
static struct _frozen table[] = {{"frozen_excluded", NULL, 0, 0}, {"frozen_empty", nonsense, 0, 0}, {"frozen_number", number, 5, 0}, {"frozen_package", number, 5, 1}, {"frozen_package.child", number, 5, 0}, {0}};
TEST(frozen_modules) {
    name_all();
    PyImport_FrozenModules = table;
    PyObject *kept = keep(Py_XNewRef(PySys_GetObject("_stdlib_dir")));
    PySys_SetObject("_stdlib_dir", Py_None);
    E("FrozenImporter.find_spec('frozen_number')", "ModuleSpec(name='frozen_number', loader=<class '_frozen_importlib.FrozenImporter'>, origin='frozen')");
    E("FrozenImporter.find_spec('frozen_number').__dict__", "{'name': 'frozen_number', 'loader': <class '_frozen_importlib.FrozenImporter'>, 'origin': 'frozen', 'loader_state': namespace(filename=None, origname='frozen_number'), 'submodule_search_locations': None, '_uninitialized_submodules': [], '_set_fileattr': False, '_cached': None}");
    E("FrozenImporter.find_spec('frozen_package').__dict__", "{'name': 'frozen_package', 'loader': <class '_frozen_importlib.FrozenImporter'>, 'origin': 'frozen', 'loader_state': namespace(filename=None, origname='frozen_package'), 'submodule_search_locations': [], '_uninitialized_submodules': [], '_set_fileattr': False, '_cached': None}");
    E("FrozenImporter.find_spec('frozen_package.child').parent", "'frozen_package'");
    PySys_SetObject("_stdlib_dir", value("s", "/std"));
    E("FrozenImporter.find_spec('frozen_number').loader_state", "namespace(filename='/std/frozen_number.py', origname='frozen_number')");
    E("s = FrozenImporter.find_spec('frozen_package'); (s.loader_state, s.submodule_search_locations)", "(namespace(filename='/std/frozen_package/__init__.py', origname='frozen_package'), ['/std/frozen_package'])");
    E("FrozenImporter.find_spec('frozen_package.child').loader_state", "namespace(filename='/std/frozen_package/child.py', origname='frozen_package.child')");
    E("FrozenImporter.create_module(FrozenImporter.find_spec('frozen_package.child')).__file__", "'/std/frozen_package/child.py'");
    E("(FrozenImporter.is_package('frozen_package'), FrozenImporter.is_package('frozen_number'), FrozenImporter.get_source('frozen_number'))", "(True, False, None)");
    E("FrozenImporter.get_code('frozen_number')", "!!TypeError: frozen object 'frozen_number' is not a code object");
    E("FrozenImporter.find_spec('frozen_excluded')", "!!ImportError: Excluded frozen object named 'frozen_excluded'");
    E("FrozenImporter.find_spec('frozen_empty')", "!!ImportError: Frozen object named 'frozen_empty' is invalid");
    E("FrozenImporter.is_package('frozen_empty')", "!!ImportError: 'frozen_empty' is not a frozen module");
    CHECK_REPR(PyImport_ImportModule("frozen_excluded"), "!!ImportError: Excluded frozen object named 'frozen_excluded'");
    CHECK_REPR(PyImport_ImportModule("frozen_empty"), "!!ImportError: Frozen object named 'frozen_empty' is invalid");
    CHECK_REPR(PyImport_ImportModule("frozen_number"), "!!TypeError: frozen object 'frozen_number' is not a code object");
    E("'frozen_number' in sys.modules", "False");
    PySys_SetObject("_stdlib_dir", kept);
    PyImport_FrozenModules = NULL;
}

TEST(specs) {
    name_all();
    E("ModuleSpec('a', None)", "ModuleSpec(name='a', loader=None)");
    E("ModuleSpec()", "!!TypeError: ModuleSpec.__init__() missing 2 required positional arguments: 'name' and 'loader'");
    E("ModuleSpec('a')", "!!TypeError: ModuleSpec.__init__() missing 1 required positional argument: 'loader'");
    E("ModuleSpec('a', None, 'origin')", "!!TypeError: ModuleSpec.__init__() takes 3 positional arguments but 4 were given");
    E("ModuleSpec('a', None, 'origin', is_package=1)", "!!TypeError: ModuleSpec.__init__() takes 3 positional arguments but 4 positional arguments (and 1 keyword-only argument) were given");
    E("ModuleSpec('a', None, nothing=1)", "!!TypeError: ModuleSpec.__init__() got an unexpected keyword argument 'nothing'");
    E("ModuleSpec('a', None, loader_states=1)", "!!TypeError: ModuleSpec.__init__() got an unexpected keyword argument 'loader_states'. Did you mean 'loader_state'?");
    E("ModuleSpec('a', None, origin='o', loader_state=3, is_package=True)", "ModuleSpec(name='a', loader=None, origin='o', submodule_search_locations=[])");
    E("ModuleSpec('a', 5, is_package=True).__dict__", "{'name': 'a', 'loader': 5, 'origin': None, 'loader_state': None, 'submodule_search_locations': [], '_uninitialized_submodules': [], '_set_fileattr': False, '_cached': None}");
    E("(ModuleSpec('a', None) == ModuleSpec('a', None), ModuleSpec('a', None) == ModuleSpec('b', None), ModuleSpec('a', None) == 5, ModuleSpec('a', None) != ModuleSpec('a', None))", "(True, False, False, False)");
    E("ModuleSpec('a', None) == sys.implementation", "False");
    E("ModuleSpec('a', None) < ModuleSpec('a', None)", "!!TypeError: '<' not supported between instances of 'ModuleSpec' and 'ModuleSpec'");
    E("hash(ModuleSpec('a', None))", "!!TypeError: unhashable type: 'ModuleSpec'");
    E("(ModuleSpec('a.b', None).parent, ModuleSpec('a.b', None, is_package=True).parent, ModuleSpec('a', None).parent, ModuleSpec('', None).parent)", "('a', 'a.b', '', '')");
    E("ModuleSpec(5, None).parent", "!!AttributeError: 'int' object has no attribute 'rpartition'");
    E("ModuleSpec('a', None, origin='/x/a.py').cached", "None");
    E("s = ModuleSpec('a', None, origin='/x/a.py'); setattr(s, 'has_location', 1); (s.has_location, s.cached, s.__dict__)", "(True, '/x/__pycache__/a.cpython-314.pyc', {'name': 'a', 'loader': None, 'origin': '/x/a.py', 'loader_state': None, 'submodule_search_locations': None, '_uninitialized_submodules': [], '_set_fileattr': True, '_cached': '/x/__pycache__/a.cpython-314.pyc'})");
    E("s = ModuleSpec('a', None, origin='a.py'); setattr(s, 'has_location', 1); s.cached", "'__pycache__/a.cpython-314.pyc'");
    E("s = ModuleSpec('a', None, origin='/a.py'); setattr(s, 'has_location', 1); s.cached", "'__pycache__/a.cpython-314.pyc'");
    E("s = ModuleSpec('a', None, origin='/x/.py'); setattr(s, 'has_location', 1); s.cached", "'/x/__pycache__/py.cpython-314.pyc'");
    E("s = ModuleSpec('a', None, origin='/x/a.b.py'); setattr(s, 'has_location', 1); s.cached", "'/x/__pycache__/a.b.cpython-314.pyc'");
    E("s = ModuleSpec('a', None, origin='/x/a.pyc'); setattr(s, 'has_location', 1); s.cached", "'/x/a.pyc'");
    E("s = ModuleSpec('a', None, origin='/x/a.so'); setattr(s, 'has_location', 1); s.cached", "None");
    E("s = ModuleSpec('a', None, origin=5); setattr(s, 'has_location', 1); s.cached", "!!AttributeError: 'int' object has no attribute 'endswith'");
    E("s = ModuleSpec('a', None); setattr(s, 'cached', 7); (s.cached, s._cached)", "(7, 7)");
    E("delattr(ModuleSpec('a', None), 'cached')", "!!AttributeError: property 'cached' of 'ModuleSpec' object has no deleter");
    E("delattr(ModuleSpec('a', None), 'has_location')", "!!AttributeError: property 'has_location' of 'ModuleSpec' object has no deleter");
    E("s = ModuleSpec('a', None); delattr(s, 'origin'); s", "<no repr>");
    E("s = ModuleSpec('a', None); setattr(s, 'anything', 5); s.anything", "5");
    E("ModuleSpec('a', None).nothing", "!!AttributeError: 'ModuleSpec' object has no attribute 'nothing'");
    E("type('Sub', (ModuleSpec,), {})('a', None)", "Sub(name='a', loader=None)");
    E("type(__import__('_weakref').ref(ModuleSpec('a', None)))", "<class 'weakref.ReferenceType'>");
    E("spec_from_loader('a', None)", "ModuleSpec(name='a', loader=None)");
    E("spec_from_loader('a', BuiltinImporter)", "ModuleSpec(name='a', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    E("spec_from_loader('a', FrozenImporter, origin=None, is_package=None)", "ModuleSpec(name='a', loader=<class '_frozen_importlib.FrozenImporter'>, origin='frozen')");
    E("spec_from_loader('time', BuiltinImporter, origin='x', is_package=True)", "ModuleSpec(name='time', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='x', submodule_search_locations=[])");
    E("spec_from_loader('a.b', ExtensionFileLoader('a.b', '/x/b.so'))", "ModuleSpec(name='a.b', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/b.so')");
    E("spec_from_loader('a.b', ExtensionFileLoader('a.b', '/x/__init__.so'))", "ModuleSpec(name='a.b', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/__init__.so', submodule_search_locations=['/x'])");
    E("spec_from_loader('a.b', ExtensionFileLoader('a.b', '/x/b.so'), is_package=True)", "ModuleSpec(name='a.b', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/b.so', submodule_search_locations=['/x'])");
    E("spec_from_loader('a.b', ExtensionFileLoader('a.b', '/x/__init__.so'), is_package=False)", "ModuleSpec(name='a.b', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/__init__.so')");
    E("spec_from_loader('other', ExtensionFileLoader('a.b', '/x/b.so'))", "ModuleSpec(name='other', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<unknown>')");
    E("spec_from_loader()", "!!TypeError: spec_from_loader() missing 2 required positional arguments: 'name' and 'loader'");
    E("spec_from_file_location('a', '/x/b.so')", "ModuleSpec(name='a', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/b.so')");
    E("spec_from_file_location('a', '/x/__init__.so')", "ModuleSpec(name='a', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/__init__.so', submodule_search_locations=['/x'])");
    E("spec_from_file_location('a', '/x/b.txt')", "None");
    E("spec_from_file_location('a')", "None");
    E("spec_from_file_location('a', 5)", "!!TypeError: expected str, bytes or os.PathLike object, not int");
    E("spec_from_file_location('a', b'/x/b.so')", "!!TypeError: startswith first arg must be bytes or a tuple of bytes, not str");
    E("spec_from_file_location('a', '/x/b.so', loader=5)", "ModuleSpec(name='a', loader=5, origin='/x/b.so')");
    E("spec_from_file_location('a', loader=BuiltinImporter)", "ModuleSpec(name='a', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='<unknown>')");
    E("spec_from_file_location('a', '/x/b.so', submodule_search_locations=['q'])", "ModuleSpec(name='a', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/b.so', submodule_search_locations=['q'])");
    E("spec_from_file_location('a', '/x/b.so', submodule_search_locations=[])", "ModuleSpec(name='a', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/b.so', submodule_search_locations=['/x'])");
    E("spec_from_file_location('a', '/x/__init__.so', submodule_search_locations=None)", "ModuleSpec(name='a', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='/x/__init__.so')");
    E("spec_from_file_location('a', '/x/b.py').cached", "'/x/__pycache__/b.cpython-314.pyc'");
    E("spec_from_file_location('a', '/x/__init__.py').submodule_search_locations", "['/x']");
    E("module_from_spec(ModuleSpec('a', None))", "<module 'a'>");
    E("module_from_spec(ModuleSpec('a', None, is_package=True))", "<module 'a' (namespace) from []>");
    E("m = module_from_spec(ModuleSpec('a', None, is_package=True)); (m.__file__, m.__path__, m.__loader__, m.__spec__.loader is m.__loader__, m.__package__)", "(None, [], <_frozen_importlib_external.NamespaceLoader object at 0x...>, True, 'a')");
    E("module_from_spec(5)", "!!AttributeError: 'int' object has no attribute 'loader'");
    E("module_from_spec(ModuleSpec('a', 5))", "<module 'a' (5)>");
    E("module_from_spec(BuiltinImporter.find_spec('_weakref'))", "<module '_weakref' (built-in)>");
}

TEST(loaders) {
    prepare();
    link_as("multi", "multi" SUFFIX);
    write_file("data", "one\ntwo");
    make_folder("package");
    write_file("package/__init__.py", "# caf\xe9 coding: latin-1\r\n# \xe9\r");
    E("ExtensionFileLoader('a.b', '/x/b.so')", "<_frozen_importlib_external.ExtensionFileLoader object at 0x...>");
    E("ExtensionFileLoader('a.b', '/x/b.so').__dict__", "{'name': 'a.b', 'path': '/x/b.so'}");
    E("ExtensionFileLoader()", "!!TypeError: ExtensionFileLoader.__init__() missing 2 required positional arguments: 'name' and 'path'");
    E("ExtensionFileLoader('a')", "!!TypeError: ExtensionFileLoader.__init__() missing 1 required positional argument: 'path'");
    E("ExtensionFileLoader(1, 2, 3)", "!!TypeError: ExtensionFileLoader.__init__() takes 3 positional arguments but 4 were given");
    E("ExtensionFileLoader(path='b', name='a').__dict__", "{'name': 'a', 'path': 'b'}");
    E("e = ExtensionFileLoader('a.b', '/x/b.so'); (e == ExtensionFileLoader('a.b', '/x/b.so'), e != ExtensionFileLoader('a', 'b'), e == SourceFileLoader('a.b', '/x/b.so'), e == 5)", "(True, True, False, False)");
    E("hash(ExtensionFileLoader('a', 'b')) == hash(ExtensionFileLoader('a', 'b'))", "True");
    E("hash(ExtensionFileLoader('a', []))", "!!TypeError: unhashable type: 'list'");
    E("e = ExtensionFileLoader('a.b', '/x/b.so'); (e.get_filename(), e.get_filename('a.b'), e.get_filename(name=None))", "('/x/b.so', '/x/b.so', '/x/b.so')");
    E("ExtensionFileLoader('a.b', '/x/b.so').get_filename('z')", "!!ImportError: loader for a.b cannot handle z");
    E("e = ExtensionFileLoader('a.b', '/x/b.so'); (e.get_code('z'), e.get_source(5), e.is_package('z'))", "(None, None, False)");
    E("(ExtensionFileLoader('p', '/x/__init__.so').is_package('p'), ExtensionFileLoader('p', '__init__.abi3.so').is_package('q'), ExtensionFileLoader('p', '__init__.txt').is_package('p'))", "(True, True, False)");
    E("ExtensionFileLoader('p', 5).is_package('p')", "!!AttributeError: 'int' object has no attribute 'rfind'");
    E("ExtensionFileLoader('a', 'b').get_data('/nowhere')", "!!FileNotFoundError: [Errno 2] No such file or directory: '/nowhere'");
    HERE("ExtensionFileLoader('a', 'b').get_data(here + '/data')", "\"b'one\\\\ntwo'\"");
    E("ExtensionFileLoader('a', 'b').create_module(5)", "!!AttributeError: 'int' object has no attribute 'name'");
    E("ExtensionFileLoader('a', 'b').create_module(ModuleSpec('x', None))", "!!TypeError: module filename must be a string");
    E("ExtensionFileLoader('a', 'b').create_module(ModuleSpec(5, None, origin='x'))", "!!TypeError: module name must be a string");
    E("ExtensionFileLoader('a', 'b').create_module(ModuleSpec('x', None, origin='/nowhere/x.so'))", "!!ImportError: /nowhere/x.so: cannot open shared object file: No such file or directory");
    E("ExtensionFileLoader('a', 'b').exec_module(5)", "None");
    E("ExtensionFileLoader('a.b', '/nowhere/b.so').load_module('a.b')", "!!ImportError: /nowhere/b.so: cannot open shared object file: No such file or directory");
    E("ExtensionFileLoader('a.b', '/nowhere/b.so').load_module()", "!!ImportError: /nowhere/b.so: cannot open shared object file: No such file or directory");
    E("ExtensionFileLoader('a.b', '/nowhere/b.so').load_module('z')", "!!ImportError: loader for a.b cannot handle z");
    HERE("s = spec_from_file_location('multi', (here + '/multi') + '" SUFFIX "'); m = module_from_spec(s); (m, s.loader.exec_module(m), m.step(), 'multi' in sys.modules)", "\"(<module 'multi' from '<folder>/multi.cpython-314-x86_64-linux-gnu.so'>, None, 101, False)\"");
    HERE("m = ExtensionFileLoader('multi', (here + '/multi') + '" SUFFIX "').load_module('multi'); (m, m.step(), m is sys.modules['multi'])", "\"(<module 'multi' from '<folder>/multi.cpython-314-x86_64-linux-gnu.so'>, 101, True)\"");
    E("SourceFileLoader('p', '/x/__init__.py').is_package('p')", "True");
    E("(SourceFileLoader('p', '/x/y.py').is_package('p'), SourceFileLoader('__init__', '/x/__init__.py').is_package('__init__'), SourceFileLoader('a.__init__', '/x/__init__.py').is_package('a.__init__'))", "(False, False, False)");
    E("SourceFileLoader('p', '/x/__init__.py').is_package('q')", "!!ImportError: loader for p cannot handle q");
    E("SourceFileLoader('p', '/x/__init__.py').get_source('p')", "!!ImportError: source not available through get_data()");
    E("SourceFileLoader('p', '/x/__init__.py').get_code('p')", "!!FileNotFoundError: [Errno 2] No such file or directory: '/x/__init__.py'");
    E("SourceFileLoader('p', '/x/__init__.py').create_module(5)", "None");
    E("SourceFileLoader('p', '/x/__init__.py').path_stats('/nowhere')", "!!FileNotFoundError: [Errno 2] No such file or directory: '/nowhere'");
    E("SourceFileLoader('p')", "!!TypeError: FileLoader.__init__() missing 1 required positional argument: 'path'");
    HERE("SourceFileLoader('package', here + '/package/__init__.py').get_source('package')", "\"'# café coding: latin-1\\\\n# é'\"");
    HERE("SourceFileLoader('package', here + '/package/__init__.py').path_stats(here + '/data')['size']", "'7'");
    E("NamespaceLoader()", "!!TypeError: NamespaceLoader.__init__() missing 3 required positional arguments: 'name', 'path', and 'path_finder'");
    E("NamespaceLoader('n', ['/a'], PathFinder._get_spec).__dict__", "{'_path': _NamespacePath(['/a'])}");
    E("n = NamespaceLoader('n', ['/a'], PathFinder._get_spec); (n.is_package('x'), n.get_source('x'), n.create_module(5), n.exec_module(5))", "(True, '', None, None)");
    E("NamespaceLoader('n', ['/a'], PathFinder._get_spec).load_module('n')", "<module 'n' (namespace) from ['/a']>");
    E("_NamespacePath()", "!!TypeError: _NamespacePath.__init__() missing 3 required positional arguments: 'name', 'path', and 'path_finder'");
    E("p = _NamespacePath('n', ['/a', '/b'], 5); (p, len(p), list(p), p[0], p[-1], '/a' in p, '/z' in p, p.append('/c'), p)", "(_NamespacePath(['/a', '/b', '/c']), 2, ['/a', '/b'], '/a', '/b', True, False, None, _NamespacePath(['/a', '/b', '/c']))");
    E("p = _NamespacePath('n', ['/a', '/b'], 5); p[5]", "!!IndexError: list index out of range");
    E("p = _NamespacePath('n', ['/a', '/b'], 5); p['x']", "!!TypeError: list indices must be integers or slices, not str");
    E("_NamespacePath('n', ['/a'], 5) + ['x']", "!!TypeError: unsupported operand type(s) for +: '_NamespacePath' and 'list'");
    E("_NamespacePath('nothere.n', ['/a'], 5)", "!!KeyError: 'nothere'");
    E("_NamespacePath('sys.n', ['/a'], 5)", "!!AttributeError: module 'sys' has no attribute '__path__'");
    CHECK_INT(PyObject_SetItem(keep(eval("_NamespacePath('n', ['/a'], 5)")), value("i", 0), value("i", 1)), "0");
    CHECK_INT(PyObject_DelItem(keep(eval("_NamespacePath('n', ['/a'], 5)")), value("i", 0)), "-1 !!AttributeError: __delitem__");
    forget();
}

TEST(file_finder) {
    prepare();
    link_as("multi", "one" SUFFIX);
    link_as("multi", "two.abi3.so");
    link_as("multi", "three.so");
    make_folder("both"); link_as("multi", "both.so"); write_file("both/__init__.py", "");
    make_folder("plain"); link_as("multi", "plain.so");
    make_folder("extension"); link_as("multi", "extension/__init__.so"); write_file("extension/__init__.py", "");
    make_folder("empty");
    HERE("FileFinder(here)", "\"FileFinder('<folder>')\"");
    HERE("f = FileFinder(here); (f.path, f._loaders)", "\"('<folder>', [])\"");
    HERE("f = FileFinder(here, (ExtensionFileLoader, ['.so', '.x'])); f._loaders", "\"[('.so', <class '_frozen_importlib_external.ExtensionFileLoader'>), ('.x', <class '_frozen_importlib_external.ExtensionFileLoader'>)]\"");
    E("FileFinder('/')", "FileFinder('/')");
    E("FileFinder()", "!!TypeError: FileFinder.__init__() missing 1 required positional argument: 'path'");
    E("FileFinder(5)", "!!AttributeError: 'int' object has no attribute 'startswith'");
    E("FileFinder(b'/tmp')", "!!TypeError: startswith first arg must be bytes or a tuple of bytes, not str");
    E("FileFinder('/tmp', 5)", "!!TypeError: cannot unpack non-iterable int object");
    E("FileFinder('/tmp', (1, 2, 3))", "!!ValueError: too many values to unpack (expected 2, got 3)");
    E("FileFinder('/tmp', (1,))", "!!ValueError: not enough values to unpack (expected 2, got 1)");
    E("FileFinder('/tmp', (1, 5))", "!!TypeError: 'int' object is not iterable");
    E("f = FileFinder(''); f.path == FileFinder('.').path", "True");
    E("FileFinder('/nowhere').find_spec('x')", "None");
    E("FileFinder('/tmp').find_spec(5)", "!!AttributeError: 'int' object has no attribute 'rpartition'");
    E("FileFinder('/tmp').find_spec()", "!!TypeError: FileFinder.find_spec() missing 1 required positional argument: 'fullname'");
    E("FileFinder('/tmp').invalidate_caches()", "None");
    E("FileFinder('/tmp') == FileFinder('/tmp')", "False");
    name("finder", keep(eval("sys.path_hooks[-1](here)")));
    HERE("finder.find_spec('one')", "\"ModuleSpec(name='one', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/one.cpython-314-x86_64-linux-gnu.so')\"");
    HERE("finder.find_spec('one').__dict__", "\"{'name': 'one', 'loader': <_frozen_importlib_external.ExtensionFileLoader object at 0x...>, 'origin': '<folder>/one.cpython-314-x86_64-linux-gnu.so', 'loader_state': None, 'submodule_search_locations': None, '_uninitialized_submodules': [], '_set_fileattr': True, '_cached': None}\"");
    HERE("finder.find_spec('some.package.one')", "\"ModuleSpec(name='some.package.one', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/one.cpython-314-x86_64-linux-gnu.so')\"");
    HERE("finder.find_spec('two', 5).origin", "\"'<folder>/two.abi3.so'\"");
    HERE("finder.find_spec('three').origin", "\"'<folder>/three.so'\"");
    HERE("finder.find_spec('both')", "\"ModuleSpec(name='both', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/both/__init__.py', submodule_search_locations=['<folder>/both'])\"");
    HERE("finder.find_spec('plain')", "\"ModuleSpec(name='plain', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/plain.so')\"");
    HERE("finder.find_spec('extension')", "\"ModuleSpec(name='extension', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/extension/__init__.so', submodule_search_locations=['<folder>/extension'])\"");
    HERE("finder.find_spec('empty')", "\"ModuleSpec(name='empty', loader=None, submodule_search_locations=['<folder>/empty'])\"");
    HERE("finder.find_spec('empty').__dict__", "\"{'name': 'empty', 'loader': None, 'origin': None, 'loader_state': None, 'submodule_search_locations': ['<folder>/empty'], '_uninitialized_submodules': [], '_set_fileattr': False, '_cached': None}\"");
    HERE("finder.find_spec('')", "'None'");
    HERE("finder.find_spec('both/__init__')", "'None'");
    HERE("finder.find_spec('a\\0b')", "'None'");
    HERE("FileFinder(here, (ExtensionFileLoader, ['.so'])).find_spec('two')", "'None'");
    HERE("FileFinder(here, (ExtensionFileLoader, ['.so'])).find_spec('three')", "\"ModuleSpec(name='three', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/three.so')\"");
    HERE("FileFinder(here, (list, ['.so'])).find_spec('three')", "'!!TypeError: list expected at most 1 argument, got 2'");
    E("FileFinder.path_hook()('/nowhere')", "!!ImportError: only directories are supported");
    E("FileFinder.path_hook()(5000)", "!!ImportError: only directories are supported");
    E("FileFinder.path_hook()('/')", "FileFinder('/')");
    E("FileFinder.path_hook()('/')._loaders", "[]");
    E("FileFinder.path_hook((5, 'ab'))('/')._loaders", "[('a', 5), ('b', 5)]");
    E("sys.path_hooks[-1]('/nowhere')", "!!ImportError: only directories are supported");
    E("sys.path_hooks[-1](b'/tmp')", "!!TypeError: startswith first arg must be bytes or a tuple of bytes, not str");
    E("sys.path_hooks[-1](here) == sys.path_hooks[-1](here)", "False");
    E("sys.path_hooks[-1]('a\\0b')", "!!ValueError: stat: embedded null character in path");
    forget();
}

TEST(path_finder) {
    prepare();
    link_as("multi", "one" SUFFIX);
    HERE("PathFinder.find_spec('one')", "\"ModuleSpec(name='one', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/one.cpython-314-x86_64-linux-gnu.so')\"");
    E("PathFinder.find_spec('nothere')", "None");
    E("PathFinder.find_spec('one', [])", "None");
    HERE("PathFinder.find_spec('one', [5, b'/', here])", "\"ModuleSpec(name='one', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/one.cpython-314-x86_64-linux-gnu.so')\"");
    HERE("PathFinder.find_spec('one', (here,), 5).origin", "\"'<folder>/one.cpython-314-x86_64-linux-gnu.so'\"");
    E("PathFinder.find_spec('one', 5)", "!!TypeError: 'int' object is not iterable");
    E("PathFinder.find_spec('one', '/nowhere')", "None");
    E("PathFinder.find_spec(5)", "!!AttributeError: 'int' object has no attribute 'rpartition'");
    E("PathFinder.find_spec()", "!!TypeError: PathFinder.find_spec() missing 1 required positional argument: 'fullname'");
    E("PathFinder._path_hooks('/nowhere')", "None");
    E("PathFinder._path_hooks('/')", "FileFinder('/')");
    E("(PathFinder._path_importer_cache('/nowhere'), '/nowhere' in sys.path_importer_cache)", "(None, True)");
    E("PathFinder._path_importer_cache('/') is sys.path_importer_cache['/']", "True");
    E("(PathFinder._path_importer_cache(''), '' in sys.path_importer_cache)[1]", "False");
    HERE("PathFinder._get_spec('one', [here]).origin", "\"'<folder>/one.cpython-314-x86_64-linux-gnu.so'\"");
    E("PathFinder._get_spec('one', [])", "ModuleSpec(name='one', loader=None, submodule_search_locations=[])");
    E("PathFinder._get_spec('one')", "!!TypeError: PathFinder._get_spec() missing 1 required positional argument: 'path'");
    E("(PathFinder.invalidate_caches(), '/nowhere' in sys.path_importer_cache, '/' in sys.path_importer_cache)", "(None, False, True)");
    HERE("sys.path_importer_cache[here]", "\"FileFinder('<folder>')\"");
    HERE("PathFinder._path_importer_cache(here) is sys.path_importer_cache[here]", "'True'");
    CHECK_REPR(plain(PyImport_GetImporter(value("s", folder))), "\"FileFinder('<folder>')\"");
    CHECK_REPR(PyImport_GetImporter(value("s", "/nowhere")), "None");
    forget();
}

/* What imports go through: taken out, put in, replaced. */
TEST(at_work) {
    prepare();
    link_as("multi", "multi" SUFFIX);
    link_as("slow", "slow" SUFFIX);
    PyObject *meta = keep(Py_NewRef(PySys_GetObject("meta_path"))), *hooks = keep(Py_NewRef(PySys_GetObject("path_hooks"))), *cache = keep(Py_NewRef(PySys_GetObject("path_importer_cache"))), *path = keep(Py_NewRef(PySys_GetObject("path")));
    PyObject *weak = keep(PyImport_ImportModule("_weakref"));
    keep(PyImport_ImportModule("warnings"));
    E("sys.meta_path.remove(PathFinder)", "None");
    CHECK_REPR(PyImport_ImportModule("multi"), "!!ModuleNotFoundError: No module named 'multi'");
    CHECK_REPR(PyImport_ImportModule("_operator"), "<module '_operator' (built-in)>");
    E("sys.meta_path.append(PathFinder)", "None");
    CHECK_REPR(plain(PyImport_ImportModule("multi")), "\"<module 'multi' from '<folder>/multi.cpython-314-x86_64-linux-gnu.so'>\"");
    E("m = sys.modules['multi']; (m.__loader__ is m.__spec__.loader, m.__package__, hasattr(m, '__path__'), hasattr(m, '__cached__'), m.__spec__.has_location, m.__spec__._initializing)", "(True, '', False, False, True, False)");
    HERE("m = sys.modules['multi']; (m.__loader__.name, m.__loader__.path, m.__file__, m.__spec__)", "\"('multi', '<folder>/multi.cpython-314-x86_64-linux-gnu.so', '<folder>/multi.cpython-314-x86_64-linux-gnu.so', ModuleSpec(name='multi', loader=<_frozen_importlib_external.ExtensionFileLoader object at 0x...>, origin='<folder>/multi.cpython-314-x86_64-linux-gnu.so'))\"");
    E("sys.meta_path.remove(BuiltinImporter)", "None");
    PyDict_DelItemString(PyImport_GetModuleDict(), "_weakref");
    CHECK_REPR(PyImport_ImportModule("_weakref"), "!!ModuleNotFoundError: No module named '_weakref'");
    PyDict_SetItemString(PyImport_GetModuleDict(), "_weakref", weak);
    E("sys.meta_path.insert(0, BuiltinImporter)", "None");
    PySys_SetObject("meta_path", value("[]"));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!ModuleNotFoundError: No module named 'slow'");
    warnings_are_errors(PyExc_ImportWarning);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!ImportWarning: sys.meta_path is empty");
    warnings_again();
    PySys_SetObject("meta_path", meta);
    /* path hooks */
    PyDict_Clear(cache);
    PySys_SetObject("path_hooks", value("[]"));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!ModuleNotFoundError: No module named 'slow'");
    HERE("sys.path_importer_cache[here]", "'None'");
    PyDict_Clear(cache);
    warnings_are_errors(PyExc_ImportWarning);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!ImportWarning: sys.path_hooks is empty");
    warnings_again();
    PyDict_Clear(cache);
    PySys_SetObject("path_hooks", Py_None);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!TypeError: 'NoneType' object is not iterable");
    PySys_SetObject("path_hooks", value("[i]", 5));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!TypeError: 'int' object is not callable");
    PySys_SetObject("path_hooks", NULL);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!AttributeError: module 'sys' has no attribute 'path_hooks'");
    PySys_SetObject("path_hooks", hooks);
    PySys_SetObject("path_importer_cache", NULL);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!AttributeError: module 'sys' has no attribute 'path_importer_cache'");
    PySys_SetObject("path_importer_cache", cache);
    PySys_SetObject("path", NULL);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!AttributeError: module 'sys' has no attribute 'path'");
    PySys_SetObject("path", Py_None);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!TypeError: 'NoneType' object is not iterable");
    PySys_SetObject("path", value("i", 5));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!TypeError: 'int' object is not iterable");
    PySys_SetObject("path", value("[iOss]", 5, Py_None, "/nowhere", folder));
    /* finders that a program put into the cache */
    PyDict_SetItemString(cache, folder, value("i", 5));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!AttributeError: 'int' object has no attribute 'find_spec'");
    PyObject *simple = (PyObject *)Py_TYPE(PySys_GetObject("implementation")), *finder = keep(PyObject_CallNoArgs(simple));
    PyDict_SetItemString(cache, folder, finder);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!AttributeError: 'types.SimpleNamespace' object has no attribute 'find_spec'");
    PyObject_SetAttrString(finder, "find_spec", builtin("max"));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!TypeError: '>' not supported between instances of 'NoneType' and 'str'");
    PyObject_SetAttrString(finder, "find_spec", attr(builtin("ModuleSpec"), "__call__"));
    CHECK_REPR(PyImport_ImportModule("slow"), "!!ImportError: spec missing loader");
    PyDict_SetItemString(cache, folder, Py_None);
    CHECK_REPR(PyImport_ImportModule("slow"), "!!ModuleNotFoundError: No module named 'slow'");
    PyDict_DelItemString(cache, folder);
    CHECK_REPR(plain(PyImport_ImportModule("slow")), "\"<module 'slow' from '<folder>/slow.cpython-314-x86_64-linux-gnu.so'>\"");
    PySys_SetObject("path", path);
    /* the classes can be asked by others: a finder that asks PathFinder itself */
    E("sys.modules.pop('slow').__name__", "'slow'");
    PyObject *asking = keep(PyObject_CallNoArgs(simple));
    PyObject_SetAttrString(asking, "find_spec", attr(builtin("PathFinder"), "find_spec"));
    PySys_SetObject("meta_path", value("[O]", asking));
    CHECK_REPR(plain(PyImport_ImportModule("slow")), "\"<module 'slow' from '<folder>/slow.cpython-314-x86_64-linux-gnu.so'>\"");
    PySys_SetObject("meta_path", meta);
    CHECK_REPR(plain(PyImport_ReloadModule(keep(PyImport_ImportModule("slow")))), "\"<module 'slow' from '<folder>/slow.cpython-314-x86_64-linux-gnu.so'>\"");
    forget();
}

/* Folders that are packages. */
TEST(packages) {
    prepare();
    make_folder("space"); make_folder("space/inner"); link_as("multi", "space/multi" SUFFIX);
    make_folder("second"); make_folder("second/space"); link_as("slow", "second/space/slow" SUFFIX);
    make_folder("source"); write_file("source/__init__.py", "# nothing\n\n"); link_as("multi", "source/multi" SUFFIX);
    make_folder("binary"); link_as("multi", "binary/__init__" SUFFIX);
    CHECK_REPR(plain(PyImport_ImportModule("space")), "\"<module 'space' (namespace) from ['<folder>/space']>\"");
    HERE("sys.modules['space'].__spec__", "\"ModuleSpec(name='space', loader=<_frozen_importlib_external.NamespaceLoader object at 0x...>, submodule_search_locations=_NamespacePath(['<folder>/space']))\"");
    HERE("s = sys.modules['space'].__spec__; (s.has_location, s.parent, s.cached, s.origin, s.loader_state, s._uninitialized_submodules)", "\"(False, 'space', None, None, None, [])\"");
    HERE("m = sys.modules['space']; (m.__file__, m.__path__, m.__package__, m.__loader__, m.__doc__, hasattr(m, '__cached__'))", "\"(None, _NamespacePath(['<folder>/space']), 'space', <_frozen_importlib_external.NamespaceLoader object at 0x...>, None, False)\"");
    HERE("p = sys.modules['space'].__path__; (p is sys.modules['space'].__spec__.submodule_search_locations, p._path_finder == PathFinder._get_spec, p._name)", "\"(True, True, 'space')\"");
    CHECK_REPR(plain(PyImport_ImportModule("space.multi")), "\"<module 'space.multi' from '<folder>/space/multi.cpython-314-x86_64-linux-gnu.so'>\"");
    HERE("m = sys.modules['space.multi']; (m.__package__, m.__spec__.parent, m is sys.modules['space'].multi)", "\"('space', 'space', True)\"");
    CHECK_REPR(plain(PyImport_ImportModule("space.inner")), "\"<module 'space.inner' (namespace) from ['<folder>/space/inner']>\"");
    HERE("sys.modules['space.inner'].__path__", "\"_NamespacePath(['<folder>/space/inner'])\"");
    CHECK_REPR(PyImport_ImportModule("space.slow"), "!!ModuleNotFoundError: No module named 'space.slow'");
    /* a part of it is found later */
    HERE("sys.path.insert(0, here + '/second')", "'None'");
    HERE("(sys.modules['space'].__path__, list(sys.modules['space'].__path__))", "\"(_NamespacePath(['<folder>/second/space', '<folder>/space']), ['<folder>/second/space', '<folder>/space'])\"");
    CHECK_REPR(plain(PyImport_ImportModule("space.slow")), "\"<module 'space.slow' from '<folder>/second/space/slow.cpython-314-x86_64-linux-gnu.so'>\"");
    HERE("sys.modules['space']", "\"<module 'space' (namespace) from ['<folder>/second/space', '<folder>/space']>\"");
    HERE("sys.path.pop(0)", "\"'<folder>/second'\"");
    HERE("len(sys.modules['space'].__path__)", "'1'");
    CHECK_REPR(plain(PyImport_ReloadModule(keep(PyImport_ImportModule("space")))), "\"<module 'space' (namespace) from ['<folder>/space']>\"");
    CHECK_REPR(plain(PyImport_ImportModule("source")), "\"<module 'source' from '<folder>/source/__init__.py'>\"");
    HERE("m = sys.modules['source']; (m.__file__, m.__path__, m.__package__, m.__spec__, m.__cached__)", "\"('<folder>/source/__init__.py', ['<folder>/source'], 'source', ModuleSpec(name='source', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/source/__init__.py', submodule_search_locations=['<folder>/source']), '<folder>/source/__pycache__/__init__.cpython-314.pyc')\"");
    CHECK_REPR(plain(PyImport_ImportModule("source.multi")), "\"<module 'source.multi' from '<folder>/source/multi.cpython-314-x86_64-linux-gnu.so'>\"");
    CHECK_REPR(PyImport_ImportModule("binary"), "!!ImportError: dynamic module does not define module export function (PyInit_binary)");
    forget();
}

/* What sys.path may hold, and what each entry finds. */
static PyObject *along(PyObject *path, const char *name) {
    static const char *const made[] = {"slow", "multi", "p", "p.multi", "dir"};
    PySys_SetObject("path", path);
    PyObject *result = plain(PyImport_ImportModule(name));
    for (int i = 0; i < 5; i++) if (PyDict_DelItemString(PyImport_GetModuleDict(), made[i]) < 0) PyErr_Clear();
    return result;
}
static PyObject *entry(const char *path) { char full[PATH_MAX + 64]; snprintf(full, sizeof full, "%s%s", folder, path); return value("[s]", full); }
TEST(entries) {
    prepare();
    PyObject *before = keep(Py_NewRef(PySys_GetObject("path")));
    link_as("slow", "slow.so");
    make_folder("a"); make_folder("a/p"); write_file("a/p/__init__.py", ""); make_folder("a/dir.so"); make_folder("a/slow.so"); write_file("a/file", "");
    make_folder("b"); make_folder("b/p"); link_as("multi", "b/p/multi.so");
    make_folder("caf\xc3\xa9"); link_as("slow", "caf\xc3\xa9/slow.so");
    make_folder("raw\xff"); link_as("slow", "raw\xff/slow.so");
    char here[PATH_MAX], gone[PATH_MAX + 64];
    if (!getcwd(here, sizeof here) || chdir(folder) != 0) perror("chdir");
    CHECK_REPR(along(value("[ss]", "a", "b"), "p.multi"), "\"!!ModuleNotFoundError: No module named 'p.multi'\"");
    CHECK_REPR(along(value("[ss]", "b", "a"), "p.multi"), "\"!!ModuleNotFoundError: No module named 'p.multi'\"");
    CHECK_REPR(along(value("[s]", "b"), "p.multi"), "\"<module 'p.multi' from '<folder>/b/p/multi.so'>\"");
    CHECK_REPR(along(value("[s]", "b"), "p"), "\"<module 'p' (namespace) from ['<folder>/b/p']>\"");
    CHECK_REPR(along(value("[s]", "a"), "dir"), "\"!!ModuleNotFoundError: No module named 'dir'\"");
    CHECK_REPR(along(value("[s]", "a"), "slow"), "\"!!ModuleNotFoundError: No module named 'slow'\"");
    CHECK_REPR(along(value("[s]", "a/file"), "slow"), "\"!!ModuleNotFoundError: No module named 'slow'\"");
    CHECK_REPR(along(value("[s]", ""), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(value("[s]", "."), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(value("[s]", "./"), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(value("[s]", "a/.."), "slow"), "\"<module 'slow' from '<folder>/a/../slow.so'>\"");
    CHECK_REPR(along(entry(""), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(entry("/"), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(entry("//"), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(entry("/a/../"), "slow"), "\"<module 'slow' from '<folder>/a/../slow.so'>\"");
    CHECK_REPR(along(entry("/caf\xc3\xa9"), "slow"), "\"<module 'slow' from '<folder>/café/slow.so'>\"");
    CHECK_REPR(along(value("(s)", folder), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(value("s", "/tmp"), "slow"), "\"!!ModuleNotFoundError: No module named 'slow'\"");
    CHECK_REPR(along(value("{si}", folder, 5), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(value("[O]", keep(PyUnicode_DecodeFSDefault("raw\xff"))), "nothing"), "\"!!ModuleNotFoundError: No module named 'nothing'\"");
    PySys_SetObject("path", value("[O]", keep(PyUnicode_DecodeFSDefault("raw\xff"))));
    PyObject *module = keep(PyImport_ImportModule("slow")), *file = module ? attr(module, "__file__") : NULL;
    CHECK_INT(file ? PyUnicode_Tailmatch(file, keep(PyUnicode_DecodeFSDefault("/raw\xff/slow.so")), 0, PY_SSIZE_T_MAX, 1) : -2, "-2 !!UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 30: surrogates not allowed");
    if (PyDict_DelItemString(PyImport_GetModuleDict(), "slow") < 0) PyErr_Clear();
    /* a working directory that is gone */
    make_folder("gone");
    snprintf(gone, sizeof gone, "%s/gone", folder);
    if (chdir(gone) != 0 || rmdir(gone) != 0) perror("gone");
    CHECK_REPR(along(value("[ss]", "", folder), "slow"), "\"<module 'slow' from '<folder>/slow.so'>\"");
    CHECK_REPR(along(value("[s]", "new and relative"), "slow"), "\"!!ModuleNotFoundError: No module named 'slow'\"");
    if (chdir(here) != 0) perror("chdir");
    PySys_SetObject("path", before);
    forget();
}

static PyObject *lib(const char *function, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *args = keep(Py_VaBuildValue(format, arguments));
    va_end(arguments);
    PyObject *module = keep(PyImport_ImportModule("importlib.util")), *top = keep(PyImport_ImportModule("importlib"));
    if (!module || !top) return NULL;
    PyObject *found = PyObject_HasAttrString(top, function) ? attr(top, function) : attr(module, function);
    return found ? PyObject_CallObject(found, args) : NULL;
}
TEST(importlib) {
    name_all();
    PyObject *modules = PyImport_GetModuleDict();
    CHECK_REPR(lib("import_module", "(s)", "_weakref"), "<module '_weakref' (built-in)>");
    CHECK_REPR(keep(lib("import_module", "(s)", "importlib.util")) ? PyUnicode_FromString("imported") : NULL, "'imported'");
    CHECK_REPR(lib("import_module", "(s)", ".x"), "!!TypeError: the 'package' argument is required to perform a relative import for '.x'");
    CHECK_REPR(lib("import_module", "(ss)", ".x", ""), "!!TypeError: the 'package' argument is required to perform a relative import for '.x'");
    CHECK_REPR(lib("import_module", "(ss)", "..x", "sys"), "!!ImportError: attempted relative import beyond top-level package");
    CHECK_REPR(lib("import_module", "(ss)", ".x", "sys"), "!!ModuleNotFoundError: No module named 'sys.x'; 'sys' is not a package");
    CHECK_REPR(lib("import_module", "(s)", "nothere"), "!!ModuleNotFoundError: No module named 'nothere'");
    CHECK_REPR(lib("import_module", "(s)", ""), "!!ValueError: Empty module name");
    CHECK_REPR(lib("import_module", "(i)", 5), "!!AttributeError: 'int' object has no attribute 'startswith'");
    CHECK_REPR(lib("import_module", "()"), "!!TypeError: import_module() missing 1 required positional argument: 'name'");
    CHECK_REPR(lib("reload", "(i)", 5), "!!TypeError: reload() argument must be a module");
    CHECK_REPR(lib("reload", "(O)", keep(PyImport_ImportModule("sys"))), "<module 'sys' (built-in)>");
    CHECK_REPR(lib("invalidate_caches", "()"), "None");
    CHECK_REPR(lib("find_spec", "(s)", "sys"), "ModuleSpec(name='sys', loader=<class '_frozen_importlib.BuiltinImporter'>, origin='built-in')");
    CHECK_REPR(lib("find_spec", "(s)", "nothere"), "None");
    CHECK_REPR(lib("find_spec", "(s)", "nothere.child"), "!!ModuleNotFoundError: No module named 'nothere'");
    CHECK_REPR(lib("find_spec", "(s)", "sys.child"), "!!ModuleNotFoundError: __path__ attribute not found on 'sys' while trying to find 'sys.child'");
    CHECK_REPR(lib("find_spec", "(s)", ".x"), "!!ImportError: no package specified for '.x' (required for relative module names)");
    CHECK_REPR(lib("find_spec", "()"), "!!TypeError: find_spec() missing 1 required positional argument: 'name'");
    PyDict_SetItemString(modules, "weird", keep(PyModule_New("weird")));
    CHECK_REPR(lib("find_spec", "(s)", "weird"), "!!ValueError: weird.__spec__ is None");
    PyDict_SetItemString(modules, "weird", Py_True);
    CHECK_REPR(lib("find_spec", "(s)", "weird"), "!!ValueError: weird.__spec__ is not set");
    PyDict_SetItemString(modules, "weird", Py_None);
    CHECK_REPR(lib("find_spec", "(s)", "weird"), "None");
    PyDict_DelItemString(modules, "weird");
    CHECK_REPR(lib("resolve_name", "(ss)", "a", "b"), "'a'");
    CHECK_REPR(lib("resolve_name", "(ss)", ".a", "b"), "'b.a'");
    CHECK_REPR(lib("resolve_name", "(ss)", "..a", "b.c"), "'b.a'");
    CHECK_REPR(lib("resolve_name", "(ss)", "...a", "b.c"), "!!ImportError: attempted relative import beyond top-level package");
    CHECK_REPR(lib("resolve_name", "(ss)", ".", "b"), "'b'");
    CHECK_REPR(lib("resolve_name", "(sO)", ".a", Py_None), "!!ImportError: no package specified for '.a' (required for relative module names)");
    CHECK_REPR(lib("cache_from_source", "(s)", "/a/b.py"), "'/a/__pycache__/b.cpython-314.pyc'");
    CHECK_REPR(lib("cache_from_source", "(s)", "b"), "'__pycache__/bcpython-314.pyc'");
    CHECK_REPR(lib("cache_from_source", "(i)", 5), "!!TypeError: expected str, bytes or os.PathLike object, not int");
    PyObject *machinery = keep(PyImport_ImportModule("importlib.machinery"));
    CHECK(attr(machinery, "PathFinder") == builtin("PathFinder") && attr(machinery, "ModuleSpec") == builtin("ModuleSpec"));
    CHECK_REPR(PyObject_GetAttrString(machinery, "EXTENSION_SUFFIXES"), "['.cpython-314-x86_64-linux-gnu.so', '.abi3.so', '.abi3-x86_64-linux-gnu.so', '.so']");
    CHECK_REPR(PyObject_GetAttrString(machinery, "SOURCE_SUFFIXES"), "['.py']");
    CHECK_REPR(PyObject_GetAttrString(keep(PyImport_ImportModule("importlib.util")), "MAGIC_NUMBER"), "b'+\\x0e\\r\\n'");
}
CHECK_MAIN()
