/* What the areas share: drawing, arguments, printing; and the areas themselves, each in its file. */
#ifndef CALLS_H
#define CALLS_H
#include "../check.h"
#include <limits.h>
#include <stdint.h>

/* A number less than `n`, drawn by what start() was given last. */
uint32_t below(uint32_t n);
void start(const char *first, const char *second, uint32_t round);
#define COUNT(table) ((uint32_t)(sizeof(table) / sizeof *(table)))
#define ONE_OF(table) (table[below(COUNT(table))])
/* Up to `n` of a table's pieces, one after another. */
const char *pieces(const char *const *table, uint32_t count, uint32_t n);
#define PIECES(table, n) pieces(table, COUNT(table), n)

/* Arguments and operands, as expression.h evaluates them. */
static const char *const values[] = {
    "None", "True", "False", "0", "1", "-1", "2", "3", "7", "255", "-5", "65", "1000", "70000", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "0.0", "1.5", "-2.5", "float('nan')",
    "float('inf')", "1e300", "3.0", "complex(1,2)", "complex(0,-1.5)", "''", "'a'", "'abc'", "'abcabc'", "' x y '", "'\\n'",
    "'1'", "'12.5'", "'\\xe9'", "'\\u20ac\\xe9'", "'\\U0001f600a'", "'\\ud800'", "'utf-8'", "'ascii'", "'strict'", "'%s %d'",
    "'{0} {}'", "'{:>5}'", "'d'", "'>10'", "'little'", "','", "'Hello World'", "'\\xdf\\u0130'", "'a\\0b'", "b''", "b'a'",
    "b'abc'", "b'abcabc'", "b'\\xff\\xfe'", "b' x '", "b'12'", "b','", "bytearray(b'abc')", "bytearray(b'')",
    "memoryview(b'abc')", "memoryview(bytearray(b'abcd'))", "()", "(1,2)", "('a','b')", "(1,)", "('a',)", "(1,(2,3))",
    "((1,2),(3,4))", "[]", "[1,2,3]", "['b','a']", "[3,1,2]", "[[1,2],[3,4]]", "[b'a',b'b']", "['x',1]", "{}", "{'a':1}",
    "{1:2,'b':[]}", "{97:'z',98:None}", "set()", "set([1,2])", "frozenset([1,2])", "range(3)", "range(10,0,-2)",
    "slice(1,2)", "slice(None,None,-1)", "slice(0,10,3)", "int", "str", "list", "dict", "ValueError", "len", "iter([1,2])",
    "zip([1],[2])", "object()", "NotImplemented", "Ellipsis", "type('A',(),{})()", "type('I',(int,),{})(5)",
    "type('S',(str,),{})('sub')", "type('L',(list,),{})([1])", "type('D',(dict,),{})({'k':1})", "type('F',(float,),{})(2.0)",
    "type('T',(tuple,),{})([1,2])", "type('B',(bytes,),{})(b'by')",
};
/* What an expression evaluates to; the program ends if it raises. */
PyObject *made(const char *expression);
/* A power or shift by this would take for ever, or all memory. */
int is_big(const char *expression);

/* The label of the next line, and more of it. */
__attribute__((format(printf, 1, 2))) void name_it(const char *format, ...);
__attribute__((format(printf, 1, 2))) void add_name(const char *format, ...);
/* How often the functions of classes may still be called under this label. */
extern int calls_left;
void print_line(const char *result);
/* What became of the call; gives the reference up. */
void print_result(PyObject *result);
void print_status(int status);
/* Addresses masked, one line, at most 300 characters; a set's items, which hashes by address put in any order, sorted. */
const char *shown(PyObject *object);
/* Whatever is set, with its cause and context. */
const char *raised(void);

/* Operations through slots, which `operations` makes of values and `classes` of odd classes. */
typedef struct { const char *name; PyObject *(*call)(PyObject *); } Unary;
typedef struct { const char *name; PyObject *(*call)(PyObject *, PyObject *); } Binary;
extern const Unary unaries[];
extern const Binary binaries[];
extern const uint32_t unary_count, binary_count;

void methods(void);
void operations(void);
void texts(void);
void arguments(void);
void classes(void);
#endif
