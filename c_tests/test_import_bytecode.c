/* Code from files of bytecode: alone, and kept for a file of source; headers that are wrong, and what they hold good for. */
#include "importers.h"

static void name_code(void) {
    name("code", keep((PyObject *)PyCode_NewEmpty("old.py", "kept", 1)));
    name("dumped", keep(PyObject_CallMethod(keep(PyImport_ImportModule("marshal")), "dumps", "O", keep(eval("code")))));
    name("magic", keep(eval("external.MAGIC_NUMBER")));
    name("util", keep(PyImport_ImportModule("importlib.util")));
}

TEST(alone) {
    prepare();
    name_code();
    NAME("less", "SourcelessFileLoader('less', here + '/less.pyc')");
    NAME("keeper", "SourceFileLoader('less', here + '/less.pyc')");
    NAME("plain_header", "magic + bytes(12)");
    E("c = (keeper.set_data(keeper.path, plain_header + dumped), less.get_code('less'))[1]; (c.co_name, c.co_filename)", "('kept', 'old.py')");
    E("c = (keeper.set_data(keeper.path, magic + b'\\x01\\0\\0\\0' + bytes(8) + dumped), less.get_code('less'))[1]; (c.co_name, c.co_filename)", "('kept', 'old.py')");
    E("c = (keeper.set_data(keeper.path, magic + b'\\x03\\0\\0\\0' + bytes(8) + dumped), less.get_code('less'))[1]; (c.co_name, c.co_filename)", "('kept', 'old.py')");
    E("(keeper.set_data(keeper.path, b''), less.get_code('less'))", "!!ImportError: bad magic number in 'less': b''");
    E("(keeper.set_data(keeper.path, b'abcdefghijklmnopqrst'), less.get_code('less'))", "!!ImportError: bad magic number in 'less': b'abcd'");
    E("(keeper.set_data(keeper.path, magic), less.get_code('less'))", "!!EOFError: reached EOF while reading pyc header of 'less'");
    E("(keeper.set_data(keeper.path, magic + b'\\x05\\0\\0\\0' + bytes(8) + dumped), less.get_code('less'))", "!!ImportError: invalid flags 5 in 'less'");
    E("(keeper.set_data(keeper.path, plain_header), less.get_code('less'))", "!!EOFError: EOF read where object expected");
    E("(keeper.set_data(keeper.path, plain_header + b'\\xff'), less.get_code('less'))", "!!ValueError: bad marshal data (unknown type code)");
    HERE("(keeper.set_data(keeper.path, plain_header + b'N'), less.get_code('less'))", "\"!!ImportError: Non-code object in '<folder>/less.pyc'\"");
    E("(keeper.set_data(keeper.path, plain_header + dumped[:10]), less.get_code('less'))", "!!EOFError: marshal data too short");
    forget();
}

TEST(beside_source) {
    prepare();
    name_code();
    write_file("mod.py", "x = 1\n");
    NAME("mod", "SourceFileLoader('mod', here + '/mod.py')");
    NAME("kept_at", "external.cache_from_source(mod.path)");
    NAME("stats", "mod.path_stats(mod.path)");
    NAME("holds_good", "int(stats['mtime']).to_bytes(4, 'little') + stats['size'].to_bytes(4, 'little')");
    NAME("hashed", "util.source_hash(b'x = 1\\n')");
    HERE("c = (mod.set_data(kept_at, magic + bytes(4) + holds_good + dumped), mod.get_code('mod'))[1]; (c.co_name, c.co_filename)", "\"('kept', '<folder>/mod.py')\"");
    /* bytecode by the hash of its source, looked at or not */
    HERE("c = (mod.set_data(kept_at, magic + b'\\x03\\0\\0\\0' + hashed + dumped), mod.get_code('mod'))[1]; (c.co_name, c.co_filename)", "\"('kept', '<folder>/mod.py')\"");
    HERE("c = (mod.set_data(kept_at, magic + b'\\x01\\0\\0\\0' + bytes(8) + dumped), mod.get_code('mod'))[1]; (c.co_name, c.co_filename)", "\"('kept', '<folder>/mod.py')\"");
    NAME("imp", "__import__('_imp')");
    E("setattr(imp, 'check_hash_based_pycs', 'never')", "None");
    E("(mod.set_data(kept_at, magic + b'\\x03\\0\\0\\0' + bytes(8) + dumped), mod.get_code('mod').co_name)", "(None, 'kept')");
    E("setattr(imp, 'check_hash_based_pycs', 'always')", "None");
    E("(mod.set_data(kept_at, magic + b'\\x01\\0\\0\\0' + hashed + dumped), mod.get_code('mod').co_name)", "(None, 'kept')");
    E("setattr(imp, 'check_hash_based_pycs', 'default')", "None");
    /* the code that does not follow the header */
    HERE("(mod.set_data(kept_at, magic + bytes(4) + holds_good + b'N'), mod.get_code('mod'))", "\"!!ImportError: Non-code object in '<folder>/__pycache__/mod.cpython-314.pyc'\"");
    E("(mod.set_data(kept_at, magic + bytes(4) + holds_good), mod.get_code('mod'))", "!!EOFError: EOF read where object expected");
    /* a loader of another kind */
    NAME("S", "type('S', (SourceLoader,), {'get_filename': staticmethod(str), 'get_data': staticmethod({'mod': b'', '__pycache__/modcpython-314.pyc': magic + bytes(12) + dumped}.get), 'path_mtime': staticmethod({'mod': 0}.get)})");
    E("S().path_stats('mod')", "{'mtime': 0}");
    E("c = S().get_code('mod'); (c.co_name, c.co_filename)", "!!KeyError: 'size'");
    E("(S().get_source('mod'), S().is_package('mod'), S().is_package('__init__.x'))", "('', False, True)");
    forget();
}
CHECK_MAIN()
