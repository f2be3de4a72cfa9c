/* The buffer protocol and memoryview. */
#include "check.h"

/* An exporter of six shorts in two rows, and one that refuses. */
typedef struct { PyObject_HEAD short data[6]; int exports; } Grid;
static Py_ssize_t shape[] = {2, 3}, strides[] = {6, 2};
static int grid_get(PyObject *self, Py_buffer *view, int flags) {
    Grid *grid = (Grid *)self;
    if ((flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS) { PyErr_SetString(PyExc_BufferError, "rows first"); view->obj = NULL; return -1; }
    *view = (Py_buffer){.buf = grid->data, .obj = Py_NewRef(self), .len = 12, .itemsize = 2, .ndim = 2, .format = flags & PyBUF_FORMAT ? "h" : NULL,
                        .shape = flags & PyBUF_ND ? shape : NULL, .strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? strides : NULL};
    grid->exports++;
    return 0;
}
static void grid_release(PyObject *self, Py_buffer *view) { (void)view; ((Grid *)self)->exports--; }
static PyObject *grid(void) {
    PyType_Slot slots[] = {{Py_bf_getbuffer, grid_get}, {Py_bf_releasebuffer, grid_release}, {0, NULL}};
    PyType_Spec spec = {"m.Grid", sizeof(Grid), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *made = keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
    for (short i = 0; i < 6; i++) ((Grid *)made)->data[i] = (short)(i + 1);
    return made;
}

TEST(get) {
    Py_buffer view;
    PyObject *bytes = value("y", "abcd"), *array = keep(PyByteArray_FromStringAndSize("wxyz", 4));
    CHECK(PyObject_CheckBuffer(bytes) && PyObject_CheckBuffer(array) && !PyObject_CheckBuffer(value("s", "")));
    CHECK_INT(PyObject_GetBuffer(bytes, &view, PyBUF_SIMPLE), "0");
    CHECK(view.len == 4 && view.readonly && view.itemsize == 1 && view.ndim == 1 && !view.format && !view.shape && view.obj == bytes);
    PyBuffer_Release(&view);
    CHECK(view.obj == NULL);
    PyBuffer_Release(&view);
    CHECK_INT(PyObject_GetBuffer(bytes, &view, PyBUF_FULL_RO), "0");
    CHECK(view.format && !strcmp(view.format, "B") && view.shape && view.shape[0] == 4 && view.strides && view.strides[0] == 1 && !view.suboffsets);
    PyBuffer_Release(&view);
    CHECK_INT(PyObject_GetBuffer(bytes, &view, PyBUF_WRITABLE), "-1 !!BufferError: Object is not writable.");
    CHECK(view.obj == NULL);
    CHECK_INT(PyObject_GetBuffer(array, &view, PyBUF_WRITABLE), "0");
    PyBuffer_Release(&view);
    CHECK_INT(PyObject_GetBuffer(value("s", "text"), &view, PyBUF_SIMPLE), "-1 !!TypeError: a bytes-like object is required, not 'str'");
    CHECK_INT(PyObject_GetBuffer(Py_None, &view, PyBUF_SIMPLE), "-1 !!TypeError: a bytes-like object is required, not 'NoneType'");
    PyObject *g = grid();
    CHECK_INT(PyObject_GetBuffer(g, &view, PyBUF_FULL_RO), "0");
    CHECK(view.ndim == 2 && PyBuffer_IsContiguous(&view, 'C') && !PyBuffer_IsContiguous(&view, 'F') && PyBuffer_IsContiguous(&view, 'A'));
    CHECK(*(short *)PyBuffer_GetPointer(&view, (Py_ssize_t[]){1, 2}) == 6);
    char copy[12];
    CHECK_INT(PyBuffer_ToContiguous(copy, &view, view.len, 'F'), "0");
    CHECK(((short *)copy)[1] == 4);
    CHECK_INT(PyBuffer_ToContiguous(copy, &view, 3, 'C'), "-1 !!ValueError: PyBuffer_ToContiguous: len != view->len");
    CHECK_INT(PyBuffer_FromContiguous(&view, (short[]){6, 5, 4, 3, 2, 1}, 12, 'C'), "0");
    CHECK(((Grid *)g)->data[0] == 6);
    CHECK(((Grid *)g)->exports == 1);
    PyBuffer_Release(&view);
    CHECK(((Grid *)g)->exports == 0);
    CHECK_INT(PyObject_GetBuffer(g, &view, PyBUF_F_CONTIGUOUS), "-1 !!BufferError: rows first");
    CHECK_INT(PyObject_CopyData(array, bytes), "0");
    CHECK_BORROWED(array, "bytearray(b'abcd')");
    CHECK_INT(PyObject_CopyData(bytes, array), "-1 !!BufferError: Object is not writable.");
    CHECK_INT(PyObject_CopyData(array, value("y", "longer than")), "-1 !!BufferError: destination is too small to receive data from source");
    char raw[3] = "hi";
    CHECK_INT(PyBuffer_FillInfo(&view, NULL, raw, 2, 1, PyBUF_FORMAT), "0");
    CHECK(view.buf == raw && view.readonly);
    CHECK_INT(PyBuffer_FillInfo(&view, Py_None, raw, 2, 1, PyBUF_WRITABLE), "-1 !!BufferError: Object is not writable.");
    CHECK_INT(PyBuffer_FillInfo(NULL, NULL, raw, 2, 1, 0), "-1 !!BufferError: PyBuffer_FillInfo: view==NULL argument is obsolete");
    CHECK_INT(PyBuffer_SizeFromFormat("i"), "4");
    Py_ssize_t made[2];
    PyBuffer_FillContiguousStrides(2, shape, made, 2, 'F');
    CHECK(made[0] == 2 && made[1] == 4);
}

TEST(memoryview) {
    PyObject *bytes = value("y", "abcd"), *array = keep(PyByteArray_FromStringAndSize("wxyz", 4));
    PyObject *m = keep(PyMemoryView_FromObject(bytes)), *w = keep(PyMemoryView_FromObject(array)), *g = keep(PyMemoryView_FromObject(grid()));
    CHECK(PyMemoryView_Check(m) && PyMemoryView_GET_BUFFER(m)->len == 4 && PyMemoryView_GET_BASE(m) == bytes);
    CHECK_BORROWED(m, "<memory at 0x...>");
    CHECK_REPR(PyMemoryView_FromObject(Py_None), "!!TypeError: memoryview: a bytes-like object is required, not 'NoneType'");
    CHECK_INT(PyObject_Size(m), "4");
    CHECK_REPR(PyObject_GetItem(m, value("i", 1)), "98");
    CHECK_REPR(PyObject_GetItem(m, value("i", 4)), "!!IndexError: index out of bounds on dimension 1");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_GetItem(m, keep(PySlice_New(NULL, NULL, value("i", 2))))), "tobytes", NULL), "b'ac'");
    CHECK_INT(PyObject_SetItem(m, value("i", 0), value("i", 1)), "-1 !!TypeError: cannot modify read-only memory");
    CHECK_INT(PyObject_SetItem(w, value("i", 0), value("i", 'W')), "0");
    CHECK_INT(PyObject_SetItem(w, value("i", 0), value("i", 300)), "-1 !!ValueError: memoryview: invalid value for format 'B'");
    CHECK_INT(PyObject_SetItem(w, value("i", 0), value("s", "a")), "-1 !!TypeError: memoryview: invalid type for format 'B'");
    CHECK_INT(PyObject_SetItem(w, keep(PySlice_New(value("i", 1), value("i", 3), NULL)), value("y", "12")), "0");
    CHECK_INT(PyObject_SetItem(w, keep(PySlice_New(value("i", 1), value("i", 3), NULL)), value("y", "123")), "-1 !!ValueError: memoryview assignment: lvalue and rvalue have different structures");
    CHECK_INT(PyObject_DelItem(w, value("i", 0)), "-1 !!TypeError: cannot delete memory");
    CHECK_BORROWED(array, "bytearray(b'W12z')");
    CHECK_REPR(PyObject_CallMethod(m, "tolist", NULL), "[97, 98, 99, 100]");
    CHECK_REPR(PyObject_CallMethod(m, "hex", NULL), "'61626364'");
    CHECK_REPR(PyObject_CallMethod(g, "tolist", NULL), "[[1, 2, 3], [4, 5, 6]]");
    CHECK_REPR(PyObject_GetAttrString(g, "shape"), "(2, 3)");
    CHECK_REPR(PyObject_GetAttrString(g, "strides"), "(6, 2)");
    CHECK_REPR(PyObject_GetAttrString(g, "format"), "'h'");
    CHECK_REPR(PyObject_GetAttrString(g, "itemsize"), "2");
    CHECK_REPR(PyObject_GetAttrString(g, "nbytes"), "12");
    CHECK_REPR(PyObject_GetAttrString(g, "ndim"), "2");
    CHECK_REPR(PyObject_GetAttrString(m, "readonly"), "True");
    CHECK_REPR(PyObject_GetAttrString(g, "c_contiguous"), "True");
    CHECK_REPR(PyObject_GetItem(g, value("(ii)", 1, 0)), "4");
    CHECK_REPR(PyObject_GetItem(g, value("i", 0)), "!!NotImplementedError: multi-dimensional sub-views are not implemented");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallMethod(w, "cast", "s", "H")), "tolist", NULL), "[12631, 31282]");
    CHECK_REPR(PyObject_CallMethod(w, "cast", "s", "Q"), "!!TypeError: memoryview: length is not a multiple of itemsize");
    CHECK_REPR(PyObject_CallMethod(w, "cast", "s", "zz"), "!!ValueError: memoryview: destination format must be a native single character format prefixed with an optional '@'");
    CHECK_REPR(PyObject_RichCompare(m, bytes, Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(m, w, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(m, w, Py_LT), "!!TypeError: '<' not supported between instances of 'memoryview' and 'memoryview'");
    CHECK_INT(PyObject_Hash(m) == PyObject_Hash(bytes), "1");
    CHECK_INT(PyObject_Hash(w), "-1 !!ValueError: cannot hash writable memoryview object");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallMethod(w, "toreadonly", NULL)), "__setitem__", "ii", 0, 1), "!!TypeError: cannot modify read-only memory");
    CHECK_REPR(PyObject_CallMethod(array, "append", "i", 1), "!!BufferError: Existing exports of data: object cannot be re-sized");
    CHECK_REPR(PyObject_CallMethod(w, "release", NULL), "None");
    CHECK_INT(PyObject_Size(w), "-1 !!ValueError: operation forbidden on released memoryview object");
    CHECK_BORROWED(w, "<released memory at 0x...>");
    PyObject *other = keep(PyMemoryView_FromObject(bytes));
    CHECK_REPR(PyObject_CallMethod(other, "__exit__", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(other, "tobytes", NULL), "!!ValueError: operation forbidden on released memoryview object");
    char memory[] = "in memory";
    PyObject *raw = keep(PyMemoryView_FromMemory(memory, 9, PyBUF_WRITE));
    CHECK_INT(PyObject_SetItem(raw, value("i", 0), value("i", 'I')), "0");
    CHECK(memory[0] == 'I');
    CHECK_INT(PyObject_SetItem(keep(PyMemoryView_FromMemory(memory, 9, PyBUF_READ)), value("i", 0), value("i", 1)), "-1 !!TypeError: cannot modify read-only memory");
    Py_buffer info = {.buf = memory, .len = 9, .itemsize = 1, .ndim = 1, .readonly = 1};
    CHECK_REPR(PyObject_CallMethod(keep(PyMemoryView_FromBuffer(&info)), "tobytes", NULL), "b'In memory'");
    CHECK_REPR(PyObject_CallMethod(keep(PyMemoryView_GetContiguous(grid(), PyBUF_READ, 'F')), "tobytes", NULL), "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'");
    CHECK_REPR(PyMemoryView_GetContiguous(Py_None, PyBUF_READ, 'C'), "!!TypeError: memoryview: a bytes-like object is required, not 'NoneType'");
    CHECK_REPR(PyMemoryView_GetContiguous(bytes, PyBUF_WRITE, 'C'), "!!BufferError: underlying buffer is not writable");
    CHECK_REPR(PyObject_CallOneArg((PyObject *)&PyMemoryView_Type, value("s", "x")), "!!TypeError: memoryview: a bytes-like object is required, not 'str'");
    CHECK_REPR(PyObject_CallOneArg((PyObject *)&PyBytes_Type, keep(PyMemoryView_FromObject(array))), "b'W12z'");
}
CHECK_MAIN()
