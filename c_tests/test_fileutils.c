/* Paths, text of the locale, files and descriptors. */
#include "check.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <wchar.h>

PyAPI_FUNC(wchar_t *) _Py_normpath(wchar_t *path, Py_ssize_t size);
PyAPI_FUNC(int) _Py_IsValidFD(int fd);
PyAPI_FUNC(int) _Py_dup(int fd);
PyAPI_FUNC(int) _Py_set_inheritable(int fd, int inheritable, int *atomic_flag_works);
PyAPI_FUNC(int) _Py_open(const char *pathname, int flags);
PyAPI_FUNC(Py_ssize_t) _Py_write(int fd, const void *buf, size_t count);
PyAPI_FUNC(int) _Py_fstat(int fd, struct stat *status);
PyAPI_FUNC(int) _Py_stat(PyObject *path, struct stat *status);
PyAPI_FUNC(PyObject *) _Py_strerror(int code);
PyAPI_FUNC(int) _PyLong_FileDescriptor_Converter(PyObject *, void *);

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }

static const char *normal(const wchar_t *path) {
    static char out[256];
    wchar_t copy[256];
    wcscpy(copy, path);
    snprintf(out, sizeof out, "%ls", _Py_normpath(copy, -1));
    return out;
}
TEST(normpath) {
    CHECK_STR_EQ(normal(L""), "");
    CHECK_STR_EQ(normal(L"/"), "/");
    CHECK_STR_EQ(normal(L"//"), "//");
    CHECK_STR_EQ(normal(L"///a"), "/a");
    CHECK_STR_EQ(normal(L"./a/./b//c/"), "a/b/c");
    CHECK_STR_EQ(normal(L"a/../../b"), "../b");
    CHECK_STR_EQ(normal(L"/a/../.."), "/");
    CHECK_STR_EQ(normal(L"a/b/../../.."), "..");
    CHECK_STR_EQ(normal(L"../../a"), "../../a");
    CHECK_STR_EQ(normal(L"a/.."), "");
    CHECK_STR_EQ(normal(L"..//..//a/"), "../../a");
    CHECK_STR_EQ(normal(L"x/././y/.."), "x");
}

static PyObject *converted(int (*converter)(PyObject *, void *), PyObject *arg) {
    PyObject *result = NULL;
    int status = converter(arg, &result);
    return status ? Py_BuildValue("(iN)", status, result) : NULL;
}
static PyObject *path_of(PyObject *self, PyObject *ignored) { (void)ignored; return Py_NewRef(self); }
/* An instance of a class whose __fspath__ gives `answer`. */
static PyObject *path(PyObject *answer, PyMethodDef *def) {
    PyObject *class = new_class("P", NULL), *function = keep(PyCFunction_New(def, answer));
    PyObject_SetAttrString(class, "__fspath__", keep(PyObject_CallFunction(builtin("staticmethod"), "O", function)));
    return keep(PyObject_CallNoArgs(class));
}
TEST(converters) {
    static PyMethodDef def = {"__fspath__", path_of, METH_NOARGS, NULL};
    PyObject *args[] = {str("a\xc3\xa9"), value("y", "a\xff"), value("y#", "a\0b", (Py_ssize_t)3), keep(PyUnicode_FromStringAndSize("a\0b", 3)), value("i", 1), Py_None};
    for (int i = 0; i < 6; i++) keep(args[i] ? Py_NewRef(args[i]) : NULL);
    CHECK_REPR(converted(PyUnicode_FSConverter, args[0]), "(131072, b'a\\xc3\\xa9')");
    CHECK_REPR(converted(PyUnicode_FSConverter, args[1]), "(131072, b'a\\xff')");
    CHECK_REPR(converted(PyUnicode_FSConverter, args[2]), "!!ValueError: embedded null byte");
    CHECK_REPR(converted(PyUnicode_FSConverter, args[3]), "!!ValueError: embedded null byte");
    CHECK_REPR(converted(PyUnicode_FSConverter, args[4]), "!!TypeError: expected str, bytes or os.PathLike object, not int");
    CHECK_REPR(converted(PyUnicode_FSDecoder, args[0]), "(131072, 'aé')");
    CHECK_REPR(converted(PyUnicode_FSDecoder, args[2]), "!!ValueError: embedded null character");
    CHECK_REPR(converted(PyUnicode_FSDecoder, args[3]), "!!ValueError: embedded null character");
    CHECK_REPR(converted(PyUnicode_FSDecoder, args[5]), "!!TypeError: expected str, bytes or os.PathLike object, not NoneType");
    PyObject *made = PyBytes_FromString("given back");
    CHECK_INT(PyUnicode_FSConverter(NULL, &made), "1");
    CHECK(made == NULL);
    CHECK_REPR(PyOS_FSPath(path(args[0], &def)), "'aé'");
    CHECK_REPR(PyOS_FSPath(path(args[2], &def)), "b'a\\x00b'");
    CHECK_REPR(PyOS_FSPath(path(args[4], &def)), "!!TypeError: expected P.__fspath__() to return str or bytes, not int");
    CHECK_REPR(PyOS_FSPath(args[0]), "'aé'");
    CHECK_REPR(PyOS_FSPath(args[4]), "!!TypeError: expected str, bytes or os.PathLike object, not int");
}

TEST(wide) {
    size_t size = 7;
    wchar_t *wide = Py_DecodeLocale("plain", &size);
    CHECK(wide && !wcscmp(wide, L"plain"));
    CHECK_INT(size, "5");
    char *back = Py_EncodeLocale(wide, &size);
    CHECK_STR_EQ(back, "plain");
    CHECK_INT(size, "-1");
    PyMem_Free(back);
    PyMem_RawFree(wide);
    wide = Py_DecodeLocale("a\xff", NULL);
    CHECK_INT(wide ? wide[1] : 0, "56575");
    back = Py_EncodeLocale(wide, NULL);
    CHECK(back && !strcmp(back, "a\xff"));
    PyMem_Free(back);
    PyMem_RawFree(wide);
    CHECK(Py_EncodeLocale(L"ab\xd800", &size) == NULL);
    CHECK_INT(size, "2");
    CHECK_REPR(PyUnicode_DecodeFSDefault("plain"), "'plain'");
    CHECK_REPR(PyUnicode_DecodeFSDefaultAndSize("plainer", 5), "'plain'");
    CHECK_REPR(PyUnicode_DecodeFSDefault("a\xff"), "'a\\udcff'");
    CHECK_REPR(PyUnicode_EncodeFSDefault(keep(PyUnicode_DecodeFSDefault("a\xff"))), "b'a\\xff'");
    CHECK_REPR(PyUnicode_EncodeFSDefault(Py_None), "!!TypeError: bad argument type for built-in operation");
}

TEST(files) {
    char name[] = "/tmp/test_fileutils_XXXXXX";
    int fd = mkstemp(name), atomic = -1;
    CHECK_INT(_Py_write(fd, "one\rtwo\r\nthree\n", 15), "15");
    CHECK_INT(_Py_set_inheritable(fd, 1, NULL), "0");
    CHECK_INT(fcntl(fd, F_GETFD) & FD_CLOEXEC, "0");
    CHECK_INT(_Py_set_inheritable(fd, 0, &atomic), "0");
    CHECK_INT((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0, "1");
    struct stat status;
    CHECK_INT(_Py_stat(str(name), &status), "0");
    CHECK_INT(status.st_size, "15");
    CHECK_INT(_Py_stat(value("i", 1), &status), "-2 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(_Py_IsValidFD(fd), "1");
    int copy = _Py_dup(fd);
    CHECK(copy > fd && (fcntl(copy, F_GETFD) & FD_CLOEXEC));
    close(copy);
    close(fd);
    CHECK_INT(_Py_IsValidFD(fd), "0");
    CHECK_INT(_Py_IsValidFD(-1), "0");
    CHECK_INT(_Py_dup(fd), "-1 !!OSError: [Errno 9] Bad file descriptor");
    CHECK_INT(_Py_write(fd, "x", 1), "-1 !!OSError: [Errno 9] Bad file descriptor");
    CHECK_INT(_Py_set_inheritable(fd, 0, NULL), "-1 !!OSError: [Errno 9] Bad file descriptor");
    FILE *file = Py_fopen(str(name), "rb");
    CHECK(file != NULL && (fcntl(fileno(file), F_GETFD) & FD_CLOEXEC));
    char line[16];
    CHECK_STR_EQ(Py_UniversalNewlineFgets(line, 16, file, NULL), "one\n");
    CHECK_STR_EQ(Py_UniversalNewlineFgets(line, 16, file, NULL), "two\n");
    CHECK_STR_EQ(Py_UniversalNewlineFgets(line, 3, file, NULL), "th");
    CHECK_STR_EQ(Py_UniversalNewlineFgets(line, 16, file, NULL), "ree\n");
    CHECK(Py_UniversalNewlineFgets(line, 16, file, NULL) == NULL);
    CHECK(Py_UniversalNewlineFgets(line, 16, file, Py_None) == NULL && errno == ENXIO);
    CHECK_INT(Py_fclose(file), "0");
    fd = _Py_open(name, O_RDONLY);
    CHECK(fd >= 0 && (fcntl(fd, F_GETFD) & FD_CLOEXEC));
    int got = -7;
    CHECK_INT(_PyLong_FileDescriptor_Converter(value("i", 5), &got), "1");
    CHECK_INT(got, "5");
    CHECK_INT(_PyLong_FileDescriptor_Converter(value("i", -5), &got), "0 !!ValueError: file descriptor cannot be a negative integer (-5)");
    CHECK_INT(_PyLong_FileDescriptor_Converter(Py_None, &got), "0 !!TypeError: argument must be an int, or have a fileno() method.");
    close(fd);
    unlink(name);
    CHECK_INT(_Py_open("/no such file", O_RDONLY), "-1 !!FileNotFoundError: [Errno 2] No such file or directory: '/no such file'");
    CHECK_REPR(Py_fopen(str("/no such file"), "rb") ? Py_None : NULL, "!!FileNotFoundError: [Errno 2] No such file or directory: '/no such file'");
    CHECK_REPR(Py_fopen(value("i", 1), "rb") ? Py_None : NULL, "!!TypeError: expected str, bytes or os.PathLike object, not int");
    CHECK_REPR(_Py_strerror(ENOENT), "'No such file or directory'");
}

/* The same without exceptions: -1 with errno, and no thread state is needed. */
PyAPI_FUNC(int) _Py_open_noraise(const char *pathname, int flags);
PyAPI_FUNC(Py_ssize_t) _Py_write_noraise(int fd, const void *buf, size_t count);
PyAPI_FUNC(int) _Py_fstat_noraise(int fd, struct stat *status);
PyAPI_FUNC(int) _Py_set_inheritable_async_safe(int fd, int inheritable, int *atomic_flag_works);
PyAPI_FUNC(void) _Py_closerange(int first, int last);
PyAPI_FUNC(char *) _Py_UniversalNewlineFgetsWithSize(char *buf, int n, FILE *stream, PyObject *fobj, size_t *size);
#define WITH_ERRNO(expression) (errno = 0, (int)(expression) * 1000 + errno)

TEST(without_exceptions) {
    char name[] = "/tmp/test_fileutils_XXXXXX";
    struct stat status;
    int fd, atomic = -1;
    close(mkstemp(name));
    Py_BEGIN_ALLOW_THREADS
    fd = _Py_open_noraise(name, O_RDWR);
    CHECK(fd >= 0 && (fcntl(fd, F_GETFD) & FD_CLOEXEC));
    CHECK(_Py_write_noraise(fd, "a\0bc", 4) == 4 && _Py_write_noraise(fd, "", 0) == 0);
    CHECK(_Py_fstat_noraise(fd, &status) == 0 && status.st_size == 4 && S_ISREG(status.st_mode));
    CHECK(_Py_set_inheritable_async_safe(fd, 1, NULL) == 0 && !(fcntl(fd, F_GETFD) & FD_CLOEXEC));
    CHECK(_Py_set_inheritable_async_safe(fd, 0, &atomic) == 0 && (fcntl(fd, F_GETFD) & FD_CLOEXEC));
    CHECK(_Py_set_inheritable_async_safe(fd, 1, &atomic) == 0 && !(fcntl(fd, F_GETFD) & FD_CLOEXEC));
    close(fd);
    Py_END_ALLOW_THREADS
    unlink(name);
    CHECK_INT(WITH_ERRNO(_Py_open_noraise(name, O_RDONLY)), "-998");
    CHECK_INT(WITH_ERRNO(_Py_open_noraise("/", O_RDWR)), "-979");
    CHECK_INT(WITH_ERRNO(_Py_write_noraise(fd, "x", 1)), "-991");
    CHECK_INT(WITH_ERRNO(_Py_write_noraise(-1, "x", 1)), "-991");
    CHECK_INT(WITH_ERRNO(_Py_fstat_noraise(fd, &status)), "-991");
    CHECK_INT(WITH_ERRNO(_Py_set_inheritable_async_safe(fd, 0, NULL)), "-991");
    CHECK_INT(WITH_ERRNO(_Py_set_inheritable_async_safe(fd, 1, NULL)), "-991");
    int ends[2];
    CHECK(pipe(ends) == 0);
    signal(SIGPIPE, SIG_IGN);
    close(ends[0]);
    CHECK_INT(WITH_ERRNO(_Py_write_noraise(ends[1], "x", 1)), "-968");
    close(ends[1]);
}

TEST(close_range) {
    int open[5] = {0}, from = _Py_open("/dev/null", O_RDONLY);
    for (int i = 0; i < 5; i++) CHECK(dup2(from, 100 + i) == 100 + i);
#define OPEN() (open[0] = _Py_IsValidFD(100) * 10000 + _Py_IsValidFD(101) * 1000 + _Py_IsValidFD(102) * 100 + _Py_IsValidFD(103) * 10 + _Py_IsValidFD(104), open[0])
    CHECK_INT(OPEN(), "11111");
    _Py_closerange(101, 102);
    CHECK_INT(OPEN(), "10011");
    _Py_closerange(104, 103);
    CHECK_INT(OPEN(), "10011");
    _Py_closerange(104, 104);
    CHECK_INT(OPEN(), "10010");
    _Py_closerange(100, INT_MAX);
    CHECK_INT(OPEN(), "0");
    close(from);
}

static PyObject *line_of(FILE *file, int room, PyObject *object) {
    char buffer[32];
    size_t size = 77;
    memset(buffer, '#', sizeof buffer);
    char *line = _Py_UniversalNewlineFgetsWithSize(buffer, room, file, object, &size);
    return line ? Py_BuildValue("(y#n)", line, (Py_ssize_t)strnlen(line, sizeof buffer) > (Py_ssize_t)size ? (Py_ssize_t)strnlen(line, sizeof buffer) : (Py_ssize_t)size, (Py_ssize_t)size) : Py_BuildValue("(On)", Py_None, (Py_ssize_t)size);
}
TEST(universal_newlines) {
    static const char text[] = "one\rtwo\r\n\r\r\nnul\0nul\nlonger than room\r\nend\r";
    FILE *file = fmemopen((void *)text, sizeof text - 1, "rb");
    CHECK_REPR(line_of(file, 32, NULL), "(b'one\\n', 4)");
    CHECK_REPR(line_of(file, 32, NULL), "(b'two\\n', 4)");
    CHECK_REPR(line_of(file, 32, NULL), "(b'\\n', 1)");
    CHECK_REPR(line_of(file, 32, NULL), "(b'\\n', 1)");
    CHECK_REPR(line_of(file, 32, NULL), "(b'nul\\x00nul\\n', 8)");
    CHECK_REPR(line_of(file, 7, NULL), "(b'longer', 6)");
    CHECK_REPR(line_of(file, 2, NULL), "(b' ', 1)");
    CHECK_REPR(line_of(file, 1, NULL), "(None, 77)");
    CHECK_REPR(line_of(file, 32, NULL), "(b'than room\\n', 10)");
    CHECK_REPR(line_of(file, 32, NULL), "(b'end\\n', 4)");
    CHECK_REPR(line_of(file, 32, NULL), "(None, 77)");
    CHECK_REPR(line_of(file, 32, NULL), "(None, 77)");
    rewind(file);
    char buffer[8];
    size_t size = 0;
    CHECK_STR_EQ(_Py_UniversalNewlineFgetsWithSize(buffer, 8, file, NULL, &size), "one\n");
    errno = 0;
    CHECK(_Py_UniversalNewlineFgetsWithSize(buffer, 8, file, Py_None, &size) == NULL && errno == ENXIO);
    CHECK_INT(size, "4");
    CHECK_STR_EQ(_Py_UniversalNewlineFgetsWithSize(buffer, 8, file, NULL, &size), "two\n");
    fclose(file);
}
CHECK_MAIN()
