/* Files that will be executed are opened by a hook, when a program sets one. */
#include "check.h"

static int opened, refusing;
static PyObject *open_code(PyObject *path, void *data) {
    if (PyUnicode_CompareWithASCIIString(path, "forbidden") == 0) { PyErr_SetString(PyExc_PermissionError, "not that one"); return NULL; }
    const char *text = PyUnicode_AsUTF8(path), *end = text ? strrchr(text, '.') : NULL;
    if (end && !strcmp(end, ".mine")) { opened++; return Py_BuildValue("(Os)", path, (const char *)data); }
    PyObject *io = PyImport_ImportModule("_io"), *file = io ? PyObject_CallMethod(io, "open", "Os", path, "rb") : NULL;
    Py_XDECREF(io);
    return file;
}
static int audit(const char *event, PyObject *args, void *data) {
    if (strcmp(event, "setopencodehook") != 0 || !refusing) return 0;
    PyErr_Format(PyExc_RuntimeError, "%s is refused, %d", event, args && PyTuple_Check(args) ? (int)PyTuple_Size(args) : -1);
    (void)data;
    return -1;
}

/* The type of the path is looked at first, hook or none. */
TEST(paths) {
    CHECK_REPR(PyFile_OpenCodeObject(Py_None), "!!TypeError: 'path' must be 'str', not 'NoneType'");
    CHECK_REPR(PyFile_OpenCodeObject(value("y", "bytes")), "!!TypeError: 'path' must be 'str', not 'bytes'");
    CHECK_REPR(PyFile_OpenCode("\xff.mine"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
}

TEST(open_code_hook) {
    CHECK_INT(PySys_AddAuditHook(audit, NULL), "0");
    refusing = 1;
    CHECK_INT(PyFile_SetOpenCodeHook(open_code, "the data"), "-1 !!RuntimeError: setopencodehook is refused, 0");
    refusing = 0;
    CHECK_INT(PyFile_SetOpenCodeHook(NULL, NULL), "0");
    CHECK_INT(PyFile_SetOpenCodeHook(open_code, "the data"), "0");
    CHECK_INT(PyFile_SetOpenCodeHook(open_code, "other data"), "-1 !!SystemError: failed to change existing open_code hook");
    CHECK_INT(PyFile_SetOpenCodeHook(NULL, NULL), "-1 !!SystemError: failed to change existing open_code hook");
    refusing = 1;
    CHECK_INT(PyFile_SetOpenCodeHook(NULL, NULL), "-1 !!RuntimeError: setopencodehook is refused, 0");
    CHECK_REPR(PyFile_OpenCode("a.mine"), "('a.mine', 'the data')");
    CHECK_REPR(PyFile_OpenCode("caf\xc3\xa9.mine"), "('caf\xc3\xa9.mine', 'the data')");
    CHECK_REPR(PyFile_OpenCodeObject(value("s", "b.mine")), "('b.mine', 'the data')");
    CHECK_REPR(PyFile_OpenCodeObject(value("s", "forbidden")), "!!PermissionError: not that one");
    CHECK_REPR(PyFile_OpenCodeObject(value("i", 5)), "!!TypeError: 'path' must be 'str', not 'int'");
    CHECK_INT(opened, "3");
    refusing = 0;
}

/* It is the process's: the next start finds it. */
TEST(another_life) {
    PyFile_SetOpenCodeHook(open_code, "the data");
    PyErr_Clear();
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(PyFile_SetOpenCodeHook(open_code, "other data"), "-1");
    Py_InitializeEx(0);
    CHECK_REPR(PyFile_OpenCode("a.mine"), "('a.mine', 'the data')");
}
CHECK_MAIN()
