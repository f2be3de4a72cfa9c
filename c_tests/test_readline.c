/* PyOS_Readline: from files through stdio, from a terminal through the function that a program sets, with the hook that is called meanwhile, and what an interrupt does. */
#define _GNU_SOURCE
#include "check.h"
#include <fcntl.h>
#include <termios.h>

static const char *line_of(FILE *from, const char *prompt) {
    static char text[5000];
    char *line = PyOS_Readline(from, stdout, prompt);
    if (!line) return NULL;
    snprintf(text, sizeof text, "%s", line);
    PyMem_Free(line);
    return text;
}

TEST(files) {
    static char long_line[3001];
    memset(long_line, 'x', 2999);
    long_line[2999] = '\n';
    FILE *file = tmpfile();
    fprintf(file, "one\n\ntwo\xff\n%slast", long_line);
    rewind(file);
    CHECK_STR_EQ(line_of(file, ""), "one\n");
    CHECK_STR_EQ(line_of(file, NULL), "\n");
    CHECK_STR_EQ(line_of(file, NULL), "two\xff\n");
    const char *whole = line_of(file, NULL);
    CHECK(whole && strcmp(whole, long_line) == 0);
    CHECK_STR_EQ(line_of(file, NULL), "last");
    CHECK_STR_EQ(line_of(file, NULL), "");
    CHECK_STR_EQ(line_of(file, NULL), "");
    /* the end is not remembered: more may come */
    fputs("more\n", file);
    fseek(file, -5, SEEK_END);
    CHECK_STR_EQ(line_of(file, NULL), "more\n");
    rewind(file);
    for (size_t size = 97; size < 104; size++) {
        rewind(file);
        if (ftruncate(fileno(file), 0) != 0) abort();
        fprintf(file, "%.*s\n", (int)size, long_line);
        rewind(file);
        const char *line = line_of(file, NULL);
        CHECK(line && strlen(line) == size + 1 && line[size] == '\n');
    }
    fclose(file);
}

TEST(prompts) {
    FILE *file = tmpfile(), *into = tmpfile();
    char text[100] = "";
    int kept = dup(2);
    fputs("answer\n", file);
    rewind(file);
    dup2(fileno(into), 2);
    const char *line = line_of(file, "the prompt: ");
    dup2(kept, 2);
    close(kept);
    CHECK_STR_EQ(line, "answer\n");
    rewind(into);
    text[fread(text, 1, sizeof text - 1, into)] = 0;
    CHECK_STR_EQ(text, "the prompt: ");
    fclose(file);
    fclose(into);
}

static int hooked, attached;
static int hook(void) { hooked++; attached += PyThreadState_GetUnchecked() != NULL; return 0; }
TEST(input_hook) {
    FILE *file = tmpfile();
    fputs("one\ntwo\n", file);
    rewind(file);
    CHECK(PyOS_InputHook == NULL);
    PyOS_InputHook = hook;
    CHECK_STR_EQ(line_of(file, NULL), "one\n");
    CHECK_STR_EQ(line_of(file, NULL), "two\n");
    CHECK_STR_EQ(line_of(file, NULL), "");
    CHECK_INT(hooked * 10 + attached, "30");
    /* elsewhere than in the main interpreter it is not called */
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    rewind(file);
    CHECK_STR_EQ(line_of(file, NULL), "one\n");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_INT(hooked, "3");
    PyOS_InputHook = NULL;
    CHECK_STR_EQ(line_of(file, NULL), "two\n");
    CHECK_INT(hooked, "3");
    fclose(file);
}

/* A terminal for both ends. */
static FILE *terminal(int *other) {
    *other = posix_openpt(O_RDWR | O_NOCTTY);
    if (*other < 0 || grantpt(*other) != 0 || unlockpt(*other) != 0) abort();
    int fd = open(ptsname(*other), O_RDWR | O_NOCTTY);
    struct termios how;
    if (fd < 0 || tcgetattr(fd, &how) != 0) abort();
    how.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
    tcsetattr(fd, TCSANOW, &how);
    return fdopen(fd, "r+");
}
static int called;
static char prompted[50];
static char *(*inner)(FILE *, FILE *, const char *);
static char *read_it(FILE *in, FILE *out, const char *prompt) {
    called++;
    attached = PyThreadState_GetUnchecked() != NULL;
    snprintf(prompted, sizeof prompted, "%s", prompt ? prompt : "NULL");
    if (called == 2) return NULL;
    if (called == 3) { PyGILState_STATE state = PyGILState_Ensure(); PyErr_SetString(PyExc_ValueError, "from the reader"); PyGILState_Release(state); return NULL; }
    if (called == 4) {
        PyGILState_STATE state = PyGILState_Ensure();
        char *line = PyOS_Readline(in, out, "inner");
        CHECK_RAISES(line, PyExc_RuntimeError, "can't re-enter readline");
        CHECK(line == NULL);
        PyGILState_Release(state);
    }
    char *line = PyMem_RawMalloc(20);
    strcpy(line, "own line\n");
    return line;
}
TEST(terminals) {
    int other;
    FILE *tty = terminal(&other), *file = tmpfile();
    if (write(other, "typed\n", 6) != 6) abort();
    CHECK(PyOS_ReadlineFunctionPointer == NULL);
    char *line = PyOS_Readline(tty, tty, "");
    CHECK_STR_EQ(line, "typed\n");
    PyMem_Free(line);
    CHECK(PyOS_ReadlineFunctionPointer != NULL);
    inner = PyOS_ReadlineFunctionPointer;
    PyOS_ReadlineFunctionPointer = read_it;
    line = PyOS_Readline(tty, tty, "what? ");
    CHECK_STR_EQ(line, "own line\n");
    PyMem_Free(line);
    CHECK_STR_EQ(prompted, "what? ");
    CHECK_INT(called * 10 + attached, "10");
    CHECK_STR_EQ(PyOS_Readline(tty, tty, NULL), "NULL");
    CHECK_STR_EQ(prompted, "NULL");
    CHECK_STR_EQ(PyOS_Readline(tty, tty, NULL), "NULL !!ValueError: from the reader");
    line = PyOS_Readline(tty, tty, NULL);
    CHECK_STR_EQ(line, "own line\n");
    PyMem_Free(line);
    /* not both ends, or not the main interpreter */
    CHECK_STR_EQ(line_of(file, ""), "");
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    if (write(other, "again\n", 6) != 6) abort();
    line = PyOS_Readline(tty, tty, "");
    CHECK_STR_EQ(line, "again\n");
    PyMem_Free(line);
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_INT(called, "4");
    PyOS_ReadlineFunctionPointer = inner;
    fclose(tty);
    fclose(file);
    close(other);
}

/* A signal during the read: its handler's exception ends it, no exception goes on reading. */
static void nothing(int number) { (void)number; }
TEST(interrupts) {
    int ends[2], status;
    if (pipe(ends) != 0) abort();
    FILE *from = fdopen(ends[0], "r");
    /* a signal that nobody in Python handles: the read is tried again */
    struct sigaction action = {.sa_handler = nothing};
    sigaction(SIGUSR1, &action, NULL);
    pid_t me = getpid(), child = fork();
    if (child == 0) {
        for (int i = 0; i < 3; i++) { usleep(60000); kill(me, SIGUSR1); }
        usleep(60000);
        _exit(write(ends[1], "after\n", 6) != 6);
    }
    CHECK_STR_EQ(line_of(from, NULL), "after\n");
    waitpid(child, &status, 0);
    /* SIGINT as the runtime handles it */
    CHECK_INT(Py_FinalizeEx(), "0");
    Py_InitializeEx(1);
    child = fork();
    if (child == 0) { usleep(150000); kill(me, SIGINT); usleep(50000); _exit(0); }
    CHECK_STR_EQ(line_of(from, NULL), "NULL !!KeyboardInterrupt");
    waitpid(child, &status, 0);
    fclose(from);
    close(ends[1]);
}
CHECK_MAIN()
