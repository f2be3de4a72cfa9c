/* An isolated module in random use: imported, forgotten and imported again, its class derived from, its instances and modules tied in
 * cycles, its execution failing, in four interpreters and two lives. After each step a collection, then how many modules and instances
 * live and what the module's functions answer; a seed's record is one number, which CPython's equals. */
#include "check.h"

static unsigned long long seed, record;
static int below(int n) { seed = seed * 6364136223846793005ULL + 1442695040888963407ULL; return (int)((seed >> 33) % (unsigned)n); }
static void note(const char *text) { for (; *text; text++) record = (record ^ (unsigned char)*text) * 1099511628211ULL; }
static void note_object(PyObject *object) {
    PyObject *exception = object ? NULL : PyErr_GetRaisedException(), *text = PyObject_Str(object ? object : exception);
    note(object ? "" : Py_TYPE(exception)->tp_name);
    note(check_addresses((char *)PyUnicode_AsUTF8(text)));
    Py_DECREF(text); Py_XDECREF(object); Py_XDECREF(exception);
}

/* The module: a class and an exception in its state; its number tells it from others. */
typedef struct { PyObject *class, *error; int number; } module_state;
typedef struct { PyObject_HEAD PyObject *tied; } instance;
static PyModuleDef def;
static int modules, instances, number, failing;
static int module_traverse(PyObject *module, visitproc visit, void *arg) {
    module_state *state = PyModule_GetState(module);
    if (state) { Py_VISIT(state->class); Py_VISIT(state->error); }
    return 0;
}
static int module_clear(PyObject *module) {
    module_state *state = PyModule_GetState(module);
    if (state) { Py_CLEAR(state->class); Py_CLEAR(state->error); }
    return 0;
}
static void module_free(void *module) {
    module_state *state = PyModule_GetState(module);
    modules -= state && state->number;
    module_clear(module);
}
static int traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); Py_VISIT(((instance *)self)->tied); return 0; }
static int clear(PyObject *self) { Py_CLEAR(((instance *)self)->tied); return 0; }
static void dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    instances--;
    PyObject_GC_UnTrack(self);
    clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}
static PyObject *new(PyTypeObject *type, PyObject *args, PyObject *kwargs) { (void)args; (void)kwargs; instances++; return type->tp_alloc(type, 0); }
static PyObject *tie(PyObject *self, PyObject *to) { Py_XSETREF(((instance *)self)->tied, Py_NewRef(to)); Py_RETURN_NONE; }
static PyObject *whose(PyObject *self, PyTypeObject *class, PyObject *const *args, Py_ssize_t n, PyObject *names) {
    (void)self; (void)args; (void)n; (void)names;
    module_state *state = PyType_GetModuleState(class);
    return state ? PyLong_FromLong(state->number) : NULL;
}
static PyObject *add(PyObject *self, PyObject *other) {
    (void)other;
    PyObject *module = PyType_GetModuleByDef(Py_TYPE(self), &def);
    return module ? PyLong_FromLong(((module_state *)PyModule_GetState(module))->number) : NULL;
}
static PyObject *fail(PyObject *module, PyObject *unused) {
    (void)unused;
    module_state *state = PyModule_GetState(module);
    if (!state->error) PyErr_SetString(PyExc_RuntimeError, "cleared");
    else PyErr_Format(state->error, "of %d", state->number);
    return NULL;
}
static PyMethodDef methods[] = {{"tie", tie, METH_O, NULL}, {"whose", (PyCFunction)(void *)whose, METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL}, {0}};
static PyMethodDef functions[] = {{"fail", fail, METH_NOARGS, NULL}, {0}};
static PyType_Slot slots[] = {{Py_tp_traverse, traverse}, {Py_tp_clear, clear}, {Py_tp_dealloc, dealloc}, {Py_tp_new, new}, {Py_tp_methods, methods}, {Py_nb_add, add}, {0, NULL}};
static PyType_Spec spec = {"isolated.Class", sizeof(instance), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, slots};
static int exec(PyObject *module) {
    module_state *state = PyModule_GetState(module);
    state->number = ++number;
    modules++;
    state->class = PyType_FromModuleAndSpec(module, &spec, NULL);
    state->error = PyErr_NewException("isolated.Error", NULL, NULL);
    PyModule_AddObjectRef(module, "Class", state->class);
    PyModule_AddObjectRef(module, "Error", state->error);
    if (failing) PyErr_SetString(PyExc_ValueError, "execution fails");
    return failing ? -1 : 0;
}
static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, exec}, {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0, NULL}};
static PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "isolated", .m_size = sizeof(module_state), .m_methods = functions,
    .m_slots = module_slots, .m_traverse = module_traverse, .m_clear = module_clear, .m_free = module_free};
static PyObject *init(void) { return PyModuleDef_Init(&def); }

/* What an interpreter holds, and a random step in it. */
enum { HELD = 8, INTERPRETERS = 4, STEPS = 150 };
typedef struct { PyThreadState *state; PyObject *held[HELD]; } place;
static PyObject *imported(void) {
    PyObject *module = PyImport_ImportModule("isolated");
    if (!module) note_object(NULL);
    return module;
}
static PyObject *class_of(PyObject *module) {
    PyObject *class = module ? PyObject_GetAttrString(module, "Class") : NULL;
    PyErr_Clear();
    Py_XDECREF(module);
    return class;
}
static int has(PyObject *object, const char *name) { return object && !PyType_Check(object) && PyObject_HasAttrString(object, name); }
static void step(place *here) {
    PyObject **a = &here->held[below(HELD)], **b = &here->held[below(HELD)], *made = NULL, *class;
    switch (below(12)) {
    case 0: Py_XSETREF(*a, imported()); break;
    case 1: if ((class = class_of(imported()))) { Py_XSETREF(*a, PyObject_CallNoArgs(class)); Py_DECREF(class); } break;
    case 2: if (has(*a, "tie") && *b) Py_XDECREF(PyObject_CallMethod(*a, "tie", "O", *b)); break;
    case 3: if (has(*a, "whose")) note_object(PyObject_CallMethod(*a, "whose", NULL)); break;
    case 4: if (has(*a, "__add__")) note_object(PyNumber_Add(*a, *a)); break;
    case 5: Py_CLEAR(*a); break;
    case 6: if (PyDict_GetItemString(PyImport_GetModuleDict(), "isolated")) PyDict_DelItemString(PyImport_GetModuleDict(), "isolated"); break;
    case 7:
        if ((class = class_of(imported()))) {
            PyObject *derived = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Derived", class);
            made = PyObject_CallNoArgs(derived);
            PyObject_SetAttrString(made, "other", *b ? *b : Py_None);
            Py_DECREF(derived); Py_DECREF(class);
        }
        Py_XSETREF(*a, made);
        break;
    case 8: if (*a && PyModule_Check(*a)) note_object(PyObject_CallMethod(*a, "fail", NULL)); break;
    case 9: if (*a && PyModule_Check(*a)) { made = class_of(Py_NewRef(*a)); Py_XSETREF(*b, made); } break;
    case 10: failing = 1; Py_XDECREF(imported()); failing = 0; break;
    case 11: if (*a && PyModule_Check(*a) && *b) PyObject_SetAttrString(*a, "held", *b); break;
    }
    PyGC_Collect();
    char text[64];
    snprintf(text, sizeof text, "%d modules, %d instances; ", modules, instances);
    note(text);
}
static void life(void) {
    place places[INTERPRETERS] = {{0}};
    int count = 1;
    Py_InitializeEx(0);
    places[0].state = PyThreadState_Get();
    for (int i = 0; i < STEPS; i++) {
        if (below(30) == 0 && count < INTERPRETERS) {
            PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
            CHECK(!PyStatus_Exception(Py_NewInterpreterFromConfig(&places[count++].state, &config)));
        }
        place *here = &places[below(count)];
        PyThreadState_Swap(here->state);
        step(here);
    }
    while (count--) {
        PyThreadState_Swap(places[count].state);
        for (int i = 0; i < HELD; i++) Py_CLEAR(places[count].held[i]);
        if (count) Py_EndInterpreter(places[count].state);
    }
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(modules, "0");
    CHECK_INT(instances, "0");
}
static unsigned lives(int of) {
    seed = (unsigned)of * 77 + 1;
    record = 14695981039346656037ULL;
    number = 0;
    life();
    life();
    return (unsigned)record;
}
TEST(seed_1) { CHECK_INT(lives(1), "132606446"); }
TEST(seed_2) { CHECK_INT(lives(2), "3407366863"); }
TEST(seed_3) { CHECK_INT(lives(3), "274406429"); }
TEST(seed_4) { CHECK_INT(lives(4), "1686323074"); }

int main(int argc, char **argv) {
    PyImport_AppendInittab("isolated", init);
    return check_main(argc, argv, 0);
}
