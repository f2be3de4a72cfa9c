/* pyshim_is_provided tells what is there from what is a door, and a door ends the program with its name. Ours only. */
#include "check.h"
#include <dlfcn.h>

extern int pyshim_is_provided(const char *name);

TEST(answers) {
    CHECK_INT(pyshim_is_provided("Py_Initialize"), "1");
    CHECK_INT(pyshim_is_provided("PyLong_FromLong"), "1");
    CHECK_INT(pyshim_is_provided("PyLong_Type"), "1");
    CHECK_INT(pyshim_is_provided("no_such_name"), "-1");
    CHECK_INT(pyshim_is_provided(""), "-1");
}

/* Any door will do: the first one of the names that the library exports and does not provide. */
TEST(door) {
    static const char *const candidates[] = {"PyRun_InteractiveLoopFlags", "PyRun_AnyFileExFlags", "Py_Main", "Py_BytesMain", "PyOS_Readline",
                                             "_PyPerfTrampoline_Init", "PyInit__ast", "PyMonitoring_EnterScope", "PyEval_SetProfileAllThreads"};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        void (*door)(void);
        *(void **)&door = dlsym(RTLD_DEFAULT, candidates[i]);
        if (!door || pyshim_is_provided(candidates[i]) != 0) continue;
        char text[128];
        snprintf(text, sizeof text, "pyshim: %s is not provided", candidates[i]);
        CHECK_FATAL(door(), text);
        return;
    }
    CHECK_INT(pyshim_is_provided("Py_Main"), "1");
}
CHECK_MAIN()
