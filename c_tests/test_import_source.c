/* Files of source and of bytecode: how finders find them, what their loaders tell without executing them, where bytecode is kept, and the encodings of source. What becomes of importing them is in test_ext_source.c and test_import_bytecode.c. */
#include "importers.h"

TEST(found) {
    prepare();
    write_file("mod.py", "x = 1\n"); write_file("both.py", ""); write_file("same.py", ""); write_file("same.pyc", ""); write_file("byte.pyc", "abc");
    make_folder("pkg"); write_file("pkg/__init__.py", "y = 2\n"); write_file("pkg/sub.py", "");
    make_folder("both"); write_file("both/__init__.py", "");
    make_folder("bytes"); write_file("bytes/__init__.pyc", ""); make_folder("space");
    write_file("fast.py", ""); link_as("multi", "fast" SUFFIX);
    /* what the finder of a directory knows */
    HERE("FileFinder(here)._loaders", "'[]'");
    HERE("sys.path_hooks[-1](here)._loaders", "\"[('.cpython-314-x86_64-linux-gnu.so', <class '_frozen_importlib_external.ExtensionFileLoader'>), ('.abi3.so', <class '_frozen_importlib_external.ExtensionFileLoader'>), ('.abi3-x86_64-linux-gnu.so', <class '_frozen_importlib_external.ExtensionFileLoader'>), ('.so', <class '_frozen_importlib_external.ExtensionFileLoader'>), ('.py', <class '_frozen_importlib_external.SourceFileLoader'>), ('.pyc', <class '_frozen_importlib_external.SourcelessFileLoader'>)]\"");
    NAME("finder", "sys.path_hooks[-1](here)");
    HERE("[finder.find_spec('mod'), finder.find_spec('pkg'), finder.find_spec('byte')]", "\"[ModuleSpec(name='mod', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/mod.py'), ModuleSpec(name='pkg', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/pkg/__init__.py', submodule_search_locations=['<folder>/pkg']), ModuleSpec(name='byte', loader=<_frozen_importlib_external.SourcelessFileLoader object at 0x...>, origin='<folder>/byte.pyc')]\"");
    HERE("[finder.find_spec('bytes'), finder.find_spec('space'), finder.find_spec('nothere')]", "\"[ModuleSpec(name='bytes', loader=<_frozen_importlib_external.SourcelessFileLoader object at 0x...>, origin='<folder>/bytes/__init__.pyc', submodule_search_locations=['<folder>/bytes']), ModuleSpec(name='space', loader=None, submodule_search_locations=['<folder>/space']), None]\"");
    HERE("[finder.find_spec('both'), finder.find_spec('same'), finder.find_spec('fast').loader]", "\"[ModuleSpec(name='both', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/both/__init__.py', submodule_search_locations=['<folder>/both']), ModuleSpec(name='same', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/same.py'), <_frozen_importlib_external.ExtensionFileLoader object at 0x...>]\"");
    HERE("finder.find_spec('deep.er.mod')", "\"ModuleSpec(name='deep.er.mod', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/mod.py')\"");
    HERE("finder.find_spec('mod').__dict__", "\"{'name': 'mod', 'loader': <_frozen_importlib_external.SourceFileLoader object at 0x...>, 'origin': '<folder>/mod.py', 'loader_state': None, 'submodule_search_locations': None, '_uninitialized_submodules': [], '_set_fileattr': True, '_cached': None}\"");
    HERE("(finder.find_spec('mod').cached, finder.find_spec('pkg').cached, finder.find_spec('byte').cached, finder.find_spec('space').cached)", "\"('<folder>/__pycache__/mod.cpython-314.pyc', '<folder>/pkg/__pycache__/__init__.cpython-314.pyc', '<folder>/byte.pyc', None)\"");
    HERE("(finder._fill_cache(), sorted(finder._path_cache), finder.invalidate_caches(), finder._path_mtime)", "\"(None, ['both', 'both.py', 'byte.pyc', 'bytes', 'fast.cpython-314-x86_64-linux-gnu.so', 'fast.py', 'mod.py', 'pkg', 'same.py', 'same.pyc', 'space'], None, -1)\"");
    /* and what the path does */
    NAME("util", "__import__('importlib.util').util");
    HERE("util.find_spec('mod')", "\"ModuleSpec(name='mod', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/mod.py')\"");
    HERE("util.find_spec('pkg.sub')", "\"ModuleSpec(name='pkg.sub', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/pkg/sub.py')\"");
    HERE("[util.find_spec('pkg').submodule_search_locations, util.find_spec('bytes').submodule_search_locations]", "\"[['<folder>/pkg'], ['<folder>/bytes']]\"");
    HERE("PathFinder.find_spec('mod', [here]).loader.path", "\"'<folder>/mod.py'\"");
    HERE("module_from_spec(PathFinder.find_spec('mod'))", "\"<module 'mod' from '<folder>/mod.py'>\"");
    HERE("m = module_from_spec(PathFinder.find_spec('pkg')); (m, m.__file__, m.__cached__, m.__path__, m.__package__, m.__spec__.has_location)", "\"(<module 'pkg' from '<folder>/pkg/__init__.py'>, '<folder>/pkg/__init__.py', '<folder>/pkg/__pycache__/__init__.cpython-314.pyc', ['<folder>/pkg'], 'pkg', True)\"");
    HERE("sorted(module_from_spec(PathFinder.find_spec('mod')).__dict__)", "\"['__cached__', '__doc__', '__file__', '__loader__', '__name__', '__package__', '__spec__']\"");
    /* files by their names */
    HERE("spec_from_file_location('a', here + '/mod.py')", "\"ModuleSpec(name='a', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<folder>/mod.py')\"");
    E("spec_from_file_location('a', '/x/mod.pyc')", "ModuleSpec(name='a', loader=<_frozen_importlib_external.SourcelessFileLoader object at 0x...>, origin='/x/mod.pyc')");
    E("spec_from_file_location('a', '/x/mod.txt')", "None");
    E("spec_from_file_location('a', '/x/__init__.py').submodule_search_locations", "['/x']");
    E("spec_from_file_location('a', '/x/__init__.pyc').submodule_search_locations", "['/x']");
    E("spec_from_file_location('__init__', '/x/__init__.py').submodule_search_locations", "None");
    E("spec_from_file_location('a', '/x/mod.py', submodule_search_locations=[]).submodule_search_locations", "['/x']");
    E("spec_from_loader('a', SourceFileLoader('a', '/x/mod.py'))", "ModuleSpec(name='a', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='/x/mod.py')");
    E("spec_from_loader('a', SourceFileLoader('b', '/x/mod.py'))", "ModuleSpec(name='a', loader=<_frozen_importlib_external.SourceFileLoader object at 0x...>, origin='<unknown>')");
    E("spec_from_loader('a', SourcelessFileLoader('a', '/x/__init__.pyc'))", "ModuleSpec(name='a', loader=<_frozen_importlib_external.SourcelessFileLoader object at 0x...>, origin='/x/__init__.pyc', submodule_search_locations=['/x'])");
    E("__import__('importlib.machinery').machinery.all_suffixes()", "['.py', '.pyc', '.cpython-314-x86_64-linux-gnu.so', '.abi3.so', '.abi3-x86_64-linux-gnu.so', '.so']");
    E("m = __import__('importlib.machinery').machinery; (m.SOURCE_SUFFIXES is external.SOURCE_SUFFIXES, m.SOURCE_SUFFIXES.append('.x'), m.all_suffixes()[:2], m.SOURCE_SUFFIXES.pop())", "(True, None, ['.py', '.x'], '.x')");
    E("external._get_supported_file_loaders()", "[(<class '_frozen_importlib_external.ExtensionFileLoader'>, ['.cpython-314-x86_64-linux-gnu.so', '.abi3.so', '.abi3-x86_64-linux-gnu.so', '.so']), (<class '_frozen_importlib_external.SourceFileLoader'>, ['.py']), (<class '_frozen_importlib_external.SourcelessFileLoader'>, ['.pyc'])]");
    forget();
}

TEST(loaders) {
    prepare();
    write_file("mod.py", "x = 1\n"); write_file("latin.py", "# coding: latin-1\n# \xe9\r\n"); write_file("data", "abc"); make_folder("folder");
    NAME("mod", "SourceFileLoader('mod', here + '/mod.py')");
    HERE("(mod.get_filename(), mod.get_filename('mod'), mod.is_package('mod'), mod.path_stats(here + '/data')['size'])", "\"('<folder>/mod.py', '<folder>/mod.py', False, 3)\"");
    HERE("(mod.get_source('mod'), mod.get_data(here + '/data'), mod.create_module(5))", "\"('x = 1\\\\n', b'abc', None)\"");
    E("mod.get_filename('other')", "!!ImportError: loader for mod cannot handle other");
    E("mod.get_source('other')", "!!ImportError: loader for mod cannot handle other");
    E("mod.is_package('other')", "!!ImportError: loader for mod cannot handle other");
    HERE("mod.get_data(here + '/nothere')", "\"!!FileNotFoundError: [Errno 2] No such file or directory: '<folder>/nothere'\"");
    E("mod.path_stats(5000)", "!!OSError: [Errno 9] Bad file descriptor: 5000");
    HERE("SourceFileLoader('latin', here + '/latin.py').get_source('latin')", "\"'# coding: latin-1\\\\n# é\\\\n'\"");
    HERE("SourceFileLoader('nothere', here + '/nothere.py').get_source('nothere')", "'!!ImportError: source not available through get_data()'");
    HERE("SourceFileLoader('nothere', here + '/nothere.py').get_code('nothere')", "\"!!FileNotFoundError: [Errno 2] No such file or directory: '<folder>/nothere.py'\"");
    HERE("SourceFileLoader('folder', here + '/folder').get_source('folder')", "'!!ImportError: source not available through get_data()'");
    E("(mod == SourceFileLoader('mod', mod.path), mod == SourcelessFileLoader('mod', mod.path), hash(mod) == hash(SourceFileLoader('mod', mod.path)))", "(True, False, True)");
    HERE("(mod.set_data(here + '/new/folder/file', b'xyz'), mod.get_data(here + '/new/folder/file'))", "\"(None, b'xyz')\"");
    HERE("(mod.set_data(here + '/new/folder/file', bytearray(b'other')), mod.get_data(here + '/new/folder/file'))", "\"(None, b'other')\"");
    HERE("(mod._cache_bytecode(here + '/mod.py', here + '/new/kept', b'kept'), mod.get_data(here + '/new/kept'))", "\"(None, b'kept')\"");
    HERE("(mod.set_data(here + '/data/file', b'xyz'), mod.set_data(here + '/folder', b'xyz'))", "'(None, None)'");
    E("mod.set_data(here + '/x', 'text')", "!!TypeError: a bytes-like object is required, not 'str'");
    NAME("less", "SourcelessFileLoader('less', here + '/less.pyc')");
    HERE("(less.get_filename('less'), less.is_package('less'), less.get_source('less'))", "\"('<folder>/less.pyc', False, None)\"");
    E("less.get_code('other')", "!!ImportError: loader for less cannot handle other");
    HERE("less.get_code('less')", "\"!!FileNotFoundError: [Errno 2] No such file or directory: '<folder>/less.pyc'\"");
    forget();
}

TEST(caches) {
    name_all();
    NAME("cache", "external.cache_from_source");
    NAME("source", "external.source_from_cache");
    E("cache('a.py')", "'__pycache__/a.cpython-314.pyc'");
    E("cache('/x/a.b.py')", "'/x/__pycache__/a.b.cpython-314.pyc'");
    E("(cache('/x/a'), cache(''), cache('/x/'))", "('/x/__pycache__/acpython-314.pyc', '__pycache__/cpython-314.pyc', '/x/__pycache__/cpython-314.pyc')");
    E("(cache('a.py', optimization=''), cache('a.py', optimization=2), cache('a.py', optimization='x1'), cache('a.py', optimization=None))", "('__pycache__/a.cpython-314.pyc', '__pycache__/a.cpython-314.opt-2.pyc', '__pycache__/a.cpython-314.opt-x1.pyc', '__pycache__/a.cpython-314.pyc')");
    E("cache('a.py', optimization='x!')", "!!ValueError: 'x!' is not alphanumeric");
    E("cache('a.py', optimization=b'')", "!!ValueError: \"b''\" is not alphanumeric");
    E("(cache('a.py', True), cache('a.py', False), cache('a.py', debug_override=0))", "('__pycache__/a.cpython-314.pyc', '__pycache__/a.cpython-314.opt-1.pyc', '__pycache__/a.cpython-314.opt-1.pyc')");
    E("cache('a.py', 1, optimization=1)", "!!TypeError: debug_override or optimization must be set to None");
    E("cache(b'a.py')", "!!TypeError: argument should be integer or bytes-like object, not 'str'");
    E("cache(5)", "!!TypeError: expected str, bytes or os.PathLike object, not int");
    E("cache()", "!!TypeError: cache_from_source() missing 1 required positional argument: 'path'");
    E("source('/a/__pycache__/b.cpython-314.pyc')", "'/a/b.py'");
    E("source('/a/__pycache__/b.cpython-314.opt-1.pyc')", "'/a/b.py'");
    E("source('__pycache__/b.c.pyc')", "'b.py'");
    E("source('/a/b.pyc')", "!!ValueError: __pycache__ not bottom-level directory in '/a/b.pyc'");
    E("source('/a/__pycache__/b.pyc')", "!!ValueError: expected only 2 or 3 dots in 'b.pyc'");
    E("source('/a/__pycache__/b.c.d.e.pyc')", "!!ValueError: expected only 2 or 3 dots in 'b.c.d.e.pyc'");
    E("source('/a/__pycache__/b.cpython-314.x-1.pyc')", "!!ValueError: optimization portion of filename does not start with 'opt-'");
    E("source('/a/__pycache__/b.cpython-314.opt-x!.pyc')", "!!ValueError: optimization level 'opt-x!' is not an alphanumeric value");
    E("source('/__pycache__/.pyc')", "!!ValueError: expected only 2 or 3 dots in '.pyc'");
    E("source(5)", "!!TypeError: expected str, bytes or os.PathLike object, not int");
    PySys_SetObject("pycache_prefix", value("s", "/pre"));
    E("(cache('/x/a.py'), source('/pre/x/a.cpython-314.pyc'), source('/y/__pycache__/a.cpython-314.pyc'))", "('/pre/x/a.cpython-314.pyc', '/x/a.py', '/y/a.py')");
    E("source('/pre/x/a.pyc')", "!!ValueError: expected only 2 or 3 dots in 'a.pyc'");
    PySys_SetObject("pycache_prefix", Py_None);
    NAME("kept", "sys.implementation.cache_tag");
    E("setattr(sys.implementation, 'cache_tag', None)", "None");
    E("cache('a.py')", "!!NotImplementedError: sys.implementation.cache_tag is None");
    E("source('/a/__pycache__/b.cpython-314.pyc')", "!!NotImplementedError: sys.implementation.cache_tag is None");
    E("spec_from_file_location('a', '/x/mod.py').cached", "None");
    E("setattr(sys.implementation, 'cache_tag', kept)", "None");
}

TEST(encodings) {
    name_all();
    NAME("decode", "external.decode_source");
    E("(decode(b''), decode(b'abc'), decode(b'a\\r\\nb\\rc\\n'), decode(b'a\\r'))", "('', 'abc', 'a\\nb\\nc\\n', 'a')");
    E("decode(b'# coding: latin-1\\n\\xe9')", "'# coding: latin-1\\né'");
    E("decode(b'#!x\\n#coding=utf8\\n\\xc3\\xa9')", "'#!x\\n#coding=utf8\\né'");
    E("decode(b'# -*- coding: iso-8859-15 -*-\\r\\n\\xa4')", "'# -*- coding: iso-8859-15 -*-\\n€'");
    E("decode(b'\\n# vim: fileencoding=latin-1 :\\n\\xe9')", "'\\n# vim: fileencoding=latin-1 :\\né'");
    E("decode(b'  # coding coding: latin-1\\n\\xe9')", "'  # coding coding: latin-1\\né'");
    E("decode(b'# coding: Latin-1-unix\\n\\xe9')", "'# coding: Latin-1-unix\\né'");
    E("decode(b'# coding: UTF-8-foo\\nx')", "'# coding: UTF-8-foo\\nx'");
    E("decode(b'\\xef\\xbb\\xbf# coding: utf-8\\nx')", "'# coding: utf-8\\nx'");
    E("decode(b'\\xef\\xbb\\xbfx')", "'x'");
    E("decode(b'\\xef\\xbb\\xbf# coding: latin-1\\n')", "!!SyntaxError: encoding problem: utf-8");
    E("decode(b'# coding: nothing\\nx')", "!!SyntaxError: unknown encoding: nothing");
    E("decode(b'\\xff\\n')", "!!SyntaxError: invalid or missing encoding declaration");
    E("decode(b'\\n\\n\\n\\xff')", "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 3: invalid start byte");
    E("decode(b'# coding: utf-8\\n\\n\\xff')", "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 17: invalid start byte");
    E("decode(b'x = 1 # coding: latin-1\\n\\xe9')", "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 24: unexpected end of data");
    E("decode(b'x\\n# coding: latin-1\\n\\n\\xe9')", "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 21: unexpected end of data");
    E("decode(b'# \\xe9 coding: latin-1\\n')", "'# é coding: latin-1\\n'");
    E("decode(b'\\x00')", "!!SyntaxError: source code cannot contain null bytes");
    E("decode(b'x\\n\\n\\x00')", "'x\\n\\n\\x00'");
    E("decode(bytearray(b'a\\rb'))", "'a\\nb'");
    E("decode(memoryview(b'a'))", "!!AttributeError: 'memoryview' object has no attribute 'decode'");
    E("decode('a')", "!!TypeError: a bytes-like object is required, not 'str'");
    E("decode(source_bytes=b'a')", "'a'");
    E("decode()", "!!TypeError: decode_source() missing 1 required positional argument: 'source_bytes'");
}
CHECK_MAIN()
