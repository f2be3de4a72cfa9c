/* The hash table that CPython's own modules keep C data in. Its prototypes and its struct, which they reach into, stand here. */
#include "check.h"

typedef struct item { struct item *next; } Item;
typedef struct { Item item; Py_uhash_t key_hash; void *key; void *value; } Entry;
typedef struct table Table;
typedef Py_uhash_t (*Hash)(const void *);
typedef int (*Compare)(const void *, const void *);
typedef void (*Destroy)(void *);
typedef struct { void *(*malloc)(size_t); void (*free)(void *); } Allocator;
struct table {
    size_t nentries, nbuckets;
    Item **buckets;
    Entry *(*get_entry)(Table *, const void *);
    Hash hash;
    Compare compare;
    Destroy destroy_key, destroy_value;
    Allocator alloc;
};
extern Table *_Py_hashtable_new(Hash, Compare), *_Py_hashtable_new_full(Hash, Compare, Destroy, Destroy, Allocator *);
extern Py_uhash_t _Py_hashtable_hash_ptr(const void *);
extern int _Py_hashtable_compare_direct(const void *, const void *);
extern void _Py_hashtable_destroy(Table *), _Py_hashtable_clear(Table *);
extern int _Py_hashtable_foreach(Table *, int (*)(Table *, const void *, const void *, void *), void *);
extern size_t _Py_hashtable_size(const Table *), _Py_hashtable_len(const Table *);
extern int _Py_hashtable_set(Table *, const void *, void *);
extern void *_Py_hashtable_get(Table *, const void *), *_Py_hashtable_steal(Table *, const void *);

#define KEY(n) ((void *)(uintptr_t)(n))

TEST(pointers) {
    CHECK_INT(_Py_hashtable_hash_ptr(NULL), "0");
    CHECK_INT(_Py_hashtable_hash_ptr(KEY(16)), "1");
    CHECK_INT(_Py_hashtable_hash_ptr(KEY(1)), "1152921504606846976");
    CHECK_INT(_Py_hashtable_hash_ptr(KEY(-1)), "-1");
    CHECK_INT(_Py_hashtable_hash_ptr(KEY(0x123456789abcdef0)), "81985529216486895");
    CHECK_INT(_Py_hashtable_compare_direct(KEY(5), KEY(5)), "1");
    CHECK_INT(_Py_hashtable_compare_direct(KEY(5), KEY(6)), "0");
    CHECK_INT(_Py_hashtable_compare_direct(NULL, NULL), "1");
    char a[] = "same", b[] = "same";
    CHECK_INT(_Py_hashtable_compare_direct(a, b), "0");
}

TEST(set_get_steal) {
    Table *table = _Py_hashtable_new(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct);
    CHECK_INT(_Py_hashtable_len(table), "0");
    CHECK(_Py_hashtable_get(table, KEY(1)) == NULL && _Py_hashtable_steal(table, KEY(1)) == NULL);
    CHECK_INT(_Py_hashtable_set(table, KEY(1), KEY(100)), "0");
    CHECK_INT(_Py_hashtable_set(table, KEY(2), NULL), "0");
    CHECK_INT(_Py_hashtable_set(table, NULL, KEY(7)), "0");
    CHECK_INT(_Py_hashtable_len(table), "3");
    CHECK(_Py_hashtable_get(table, KEY(1)) == KEY(100) && _Py_hashtable_get(table, KEY(2)) == NULL && _Py_hashtable_get(table, NULL) == KEY(7));
    Entry *entry = table->get_entry(table, KEY(2));
    CHECK(entry && entry->key == KEY(2) && entry->value == NULL && entry->key_hash == _Py_hashtable_hash_ptr(KEY(2)));
    CHECK(table->get_entry(table, KEY(3)) == NULL);
    CHECK(table->hash == _Py_hashtable_hash_ptr && table->compare == _Py_hashtable_compare_direct && !table->destroy_key && !table->destroy_value);
    CHECK(_Py_hashtable_steal(table, KEY(1)) == KEY(100) && _Py_hashtable_get(table, KEY(1)) == NULL);
    CHECK(_Py_hashtable_steal(table, KEY(2)) == NULL && table->get_entry(table, KEY(2)) == NULL);
    CHECK_INT(_Py_hashtable_len(table), "1");
    CHECK(_Py_hashtable_steal(table, KEY(1)) == NULL);
    CHECK_INT(_Py_hashtable_len(table), "1");
    _Py_hashtable_destroy(table);
}

/* Keys equal by content, all in one bucket. */
static Py_uhash_t hash_same(const void *key) { (void)key; return 3; }
static Py_uhash_t hash_length(const void *key) { return strlen(key); }
static int same_text(const void *a, const void *b) { return strcmp(a, b) == 0; }
TEST(own_hash_and_compare) {
    Hash hashes[] = {hash_same, hash_length};
    for (int i = 0; i < 2; i++) {
        Table *table = _Py_hashtable_new(hashes[i], same_text);
        char one[] = "one", two[] = "two", three[] = "three";
        CHECK_INT(_Py_hashtable_set(table, "one", KEY(1)), "0");
        CHECK_INT(_Py_hashtable_set(table, "two", KEY(2)), "0");
        CHECK_INT(_Py_hashtable_set(table, "three", KEY(3)), "0");
        CHECK(_Py_hashtable_get(table, one) == KEY(1) && _Py_hashtable_get(table, two) == KEY(2) && _Py_hashtable_get(table, three) == KEY(3));
        CHECK(_Py_hashtable_get(table, "") == NULL && _Py_hashtable_get(table, "six") == NULL);
        CHECK(_Py_hashtable_steal(table, two) == KEY(2) && _Py_hashtable_get(table, "two") == NULL && _Py_hashtable_get(table, one) == KEY(1));
        _Py_hashtable_destroy(table);
    }
}

/* Sizes: 16 buckets at first; more and fewer as entries come and go. */
TEST(growing_and_shrinking) {
    Table *table = _Py_hashtable_new(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct);
    CHECK_INT(table->nbuckets, "16");
    CHECK_INT(_Py_hashtable_size(table), "208");
    int grown[16] = {0}, n = 0;
    for (size_t i = 0, buckets = table->nbuckets; i < 1000; i++) {
        if (_Py_hashtable_set(table, KEY(16 * i), KEY(i + 1)) != 0) CHECK(0);
        if (table->nbuckets != buckets && n < 16) { grown[n++] = (int)i; buckets = table->nbuckets; }
    }
    CHECK_REPR(Py_BuildValue("(iiiiiiiii)", n, grown[0], grown[1], grown[2], grown[3], grown[4], grown[5], grown[6], grown[7]), "(7, 8, 16, 32, 64, 128, 256, 512, 0)");
    CHECK_INT(_Py_hashtable_len(table), "1000");
    CHECK_INT(table->nbuckets, "2048");
    CHECK_INT(_Py_hashtable_size(table), "48464");
    int right = 0;
    for (size_t i = 0; i < 1000; i++) right += _Py_hashtable_get(table, KEY(16 * i)) == KEY(i + 1);
    CHECK_INT(right, "1000");
    for (size_t i = 0; i < 1000; i++) if (_Py_hashtable_steal(table, KEY(16 * i)) != KEY(i + 1)) CHECK(0);
    CHECK_INT(_Py_hashtable_len(table), "0");
    CHECK_INT(table->nbuckets, "16");
    for (size_t i = 0; i < 100; i++) if (_Py_hashtable_set(table, KEY(16 * i), NULL) != 0) CHECK(0);
    CHECK_INT(table->nbuckets, "256");
    _Py_hashtable_clear(table);
    CHECK_INT(_Py_hashtable_len(table), "0");
    CHECK_INT(table->nbuckets, "16");
    CHECK_INT(_Py_hashtable_size(table), "208");
    CHECK(_Py_hashtable_get(table, KEY(16)) == NULL);
    CHECK_INT(_Py_hashtable_set(table, KEY(16), KEY(5)), "0");
    CHECK(_Py_hashtable_get(table, KEY(16)) == KEY(5));
    _Py_hashtable_destroy(table);
}

/* Each entry once, in the order of the buckets; the first answer that is not 0 ends it. */
static int collect(Table *table, const void *key, const void *value, void *list) {
    (void)table;
    PyObject *pair = Py_BuildValue("(nn)", (Py_ssize_t)(uintptr_t)key, (Py_ssize_t)(uintptr_t)value);
    int failed = PyList_Append(list, pair);
    Py_DECREF(pair);
    return failed ? failed : key == KEY(48) ? 17 : 0;
}
TEST(foreach) {
    Table *table = _Py_hashtable_new(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct);
    PyObject *list = value("[]");
    CHECK_INT(_Py_hashtable_foreach(table, collect, list), "0");
    CHECK_BORROWED(list, "[]");
    int keys[] = {80, 32, 16, 16 + 256};
    for (int i = 0; i < 4; i++) _Py_hashtable_set(table, KEY(keys[i]), KEY(keys[i] + 1));
    CHECK_INT(_Py_hashtable_foreach(table, collect, list), "0");
    CHECK_BORROWED(list, "[(272, 273), (16, 17), (32, 33), (80, 81)]");
    _Py_hashtable_set(table, KEY(48), KEY(1));
    list = value("[]");
    CHECK_INT(_Py_hashtable_foreach(table, collect, list), "17");
    CHECK_BORROWED(list, "[(272, 273), (16, 17), (32, 33), (48, 1)]");
    _Py_hashtable_destroy(table);
}

/* Destroy functions are called for what is left in the table, not for what was stolen. */
static int keys_ended, values_ended;
static void end_key(void *key) { keys_ended += (int)(uintptr_t)key; }
static void end_value(void *value) { values_ended += (int)(uintptr_t)value; }
TEST(destroy_functions) {
    Table *table = _Py_hashtable_new_full(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct, end_key, end_value, NULL);
    for (int i = 1; i <= 3; i++) CHECK_INT(_Py_hashtable_set(table, KEY(i), KEY(10 * i)), "0");
    CHECK(_Py_hashtable_steal(table, KEY(2)) == KEY(20));
    CHECK(keys_ended == 0 && values_ended == 0);
    _Py_hashtable_clear(table);
    CHECK(keys_ended == 4 && values_ended == 40);
    CHECK_INT(_Py_hashtable_set(table, KEY(5), KEY(2)), "0");
    _Py_hashtable_destroy(table);
    CHECK(keys_ended == 9 && values_ended == 42);
    table = _Py_hashtable_new_full(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct, NULL, end_value, NULL);
    CHECK_INT(_Py_hashtable_set(table, KEY(5), KEY(1)), "0");
    _Py_hashtable_destroy(table);
    CHECK(keys_ended == 9 && values_ended == 43);
}

/* All memory is the allocator's; without memory nothing is changed. */
static int live, room;
static void *limited(size_t size) { if (room == 0) return NULL; room--; live++; return malloc(size); }
static void release(void *block) { if (block) live--; free(block); }
TEST(allocator) {
    Allocator allocator = {limited, release};
    room = 0;
    CHECK(_Py_hashtable_new_full(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct, NULL, NULL, &allocator) == NULL);
    room = 1;
    CHECK(_Py_hashtable_new_full(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct, NULL, NULL, &allocator) == NULL);
    CHECK_INT(live, "0");
    CHECK_NO_ERROR();
    room = 3;
    Table *table = _Py_hashtable_new_full(_Py_hashtable_hash_ptr, _Py_hashtable_compare_direct, NULL, NULL, &allocator);
    CHECK_INT(live, "2");
    CHECK_INT(_Py_hashtable_set(table, KEY(1), KEY(1)), "0");
    CHECK_INT(_Py_hashtable_set(table, KEY(2), KEY(2)), "-1");
    CHECK_INT(_Py_hashtable_len(table), "1");
    CHECK(_Py_hashtable_get(table, KEY(2)) == NULL);
    int refused = 0;
    for (int i = 2; i < 40; i++) { room = 1; refused += _Py_hashtable_set(table, KEY(i), KEY(i)) != 0; }
    CHECK_INT(refused, "31");
    CHECK_INT(table->nbuckets, "16");
    CHECK_INT(_Py_hashtable_len(table), "8");
    CHECK_INT(live, "10");
    _Py_hashtable_destroy(table);
    CHECK_INT(live, "0");
}
CHECK_MAIN()
