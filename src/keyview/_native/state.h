/* The module's state: its types, the objects that it imports, memory that it uses again. And the
   small functions that all other files use: to raise a message, read arguments, make a pair. */
#ifndef KEYVIEW_STATE_H
#define KEYVIEW_STATE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "docstrings.h"

#ifdef KEYVIEW_DEBUG
#define MAX_FREE 0 /* A sanitizer sees a use after free only if memory is really freed. */
#else
#define MAX_FREE 8
#endif

/* A free list: objects of one class that were deallocated, to be used again. Each still has its
   reference to the class. */
typedef struct {
    void *objects[MAX_FREE + 1]; /* MAX_FREE may be 0 */
    int count;
} FreeList;

/* Every reference that the state owns: its type, its name. The structure, core_traverse and core_clear are
   made from this one list. */
#define EACH_REFERENCE(DO)                                                                         \
    DO(PyTypeObject, Map)                                                                          \
    DO(PyTypeObject, Set)                                                                          \
    DO(PyTypeObject, SetLookup)                                                                    \
    DO(PyTypeObject, SortedMap)                                                                    \
    DO(PyTypeObject, SortedSet)                                                                    \
    DO(PyTypeObject, Range)                                                                        \
    DO(PyTypeObject, SetRange)                                                                     \
    DO(PyTypeObject, Occupied)                                                                     \
    DO(PyTypeObject, Vacant)                                                                       \
    DO(PyTypeObject, TableIterator)                                                                \
    DO(PyTypeObject, TreeIterator)                                                                 \
    DO(PyTypeObject, Extraction)                                                                   \
    DO(PyTypeObject, Keys)                                                                         \
    DO(PyTypeObject, Values)                                                                       \
    DO(PyTypeObject, Items)                                                                        \
    DO(PyTypeObject, Lookup)                                                                       \
    DO(PyTypeObject, Concat)                                                                       \
    DO(PyTypeObject, Slice)                                                                        \
    DO(PyTypeObject, Prefixed)                                                                     \
    DO(PyTypeObject, Slices)                                                                       \
    DO(PyObject, messages)  /* keyview._messages: every error that both backends raise */          \
    DO(PyObject, owned_key) /* keyview.views.owned_key */                                          \
    DO(PyObject, built_key) /* keyview.views.built_key */                                          \
    DO(PyObject, REMOVE)                                                                           \
    DO(PyObject, MISSING)                                                                          \
    DO(PyObject, OccupiedError)                                                                    \
    DO(PyObject, StaleEntryError)                                                                  \
    DO(PyObject, Mapping)                                                                          \
    DO(PyObject, MutableMapping)                                                                   \
    DO(PyObject, AbstractSet)                                                                      \
    DO(PyObject, iter)                                                                             \
    DO(PyObject, name_key)     /* "__key__" */                                                     \
    DO(PyObject, name_missing) /* "__missing__" */                                                 \
    DO(PyObject, name_new)     /* "__new__" */                                                     \
    DO(PyObject, name_default_factory)                                                             \
    DO(PyObject, name_get)                                                                         \
    DO(PyObject, name_keys)                                                                        \
    DO(PyObject, name_entry)                                                                       \
    DO(PyObject, name_pop)                                                                         \
    DO(PyObject, name_append)                                                                      \
    DO(PyObject, name_lt)     /* "__lt__" */                                                       \
    DO(PyObject, name_borrow) /* "__borrow__" */                                                   \
    DO(PyObject, name_startswith)                                                                  \
    DO(PyObject, name_value)                                                                       \
    DO(PyObject, one)                                                                              \
    DO(PyObject, add)             /* operator.add */                                               \
    DO(PyObject, take_state)      /* keyview._state.take_state */                                  \
    DO(PyTypeObject, specialized) /* HashMap: the class that core_specialize was called with */    \
    DO(PyTypeObject, specialized_set)

typedef struct {
#define DECLARE(type, name) type *name;
    EACH_REFERENCE(DECLARE)
#undef DECLARE
    PyObject *module; /* the module whose state this is; borrowed */
    FreeList occupied, vacant, maps, sets;
    char *scratch; /* a block in which long text is joined; NULL while it is in use */
    size_t scratch_size;
    int dicts_are_known;   /* whether adopt.h may read the memory of a dict */
    int text_hashes_agree; /* whether text.h computes the same hashes as str and bytes */
} State;

static struct PyModuleDef core_module;

/* An untracked object from a free list, with one reference to it; NULL if there is none. */
static inline void *
free_list_take(FreeList *free_list)
{
    if (free_list->count == 0) {
        return NULL;
    }
    PyObject *object = free_list->objects[--free_list->count];
    Py_SET_REFCNT(object, 1);
    return object;
}

/* Puts an untracked object into a free list, if it is not full. Whether it did. */
static inline int
free_list_put(FreeList *free_list, void *object)
{
    if (MAX_FREE == 0 || free_list->count >= MAX_FREE) {
        return 0;
    }
    free_list->objects[free_list->count++] = object;
    return 1;
}

static int
free_list_traverse(const FreeList *free_list, visitproc visit, void *arg)
{
    for (int i = 0; i < free_list->count; i++) {
        Py_VISIT(Py_TYPE((PyObject *)free_list->objects[i]));
    }
    return 0;
}

static void
free_list_clear(FreeList *free_list)
{
    while (free_list->count > 0) {
        PyObject *object = free_list->objects[--free_list->count];
        PyTypeObject *type = Py_TYPE(object);
        PyObject_GC_Del(object);
        Py_DECREF(type);
    }
}

/* The state of the module of a class, or of its base; NULL and an exception if there is none. */
static State *
state_of_class(PyTypeObject *type)
{
    PyObject *module = PyType_GetModuleByDef(type, &core_module);
    return module == NULL ? NULL : PyModule_GetState(module);
}

/* Raises the exception that the function `name` of keyview._messages makes of `arguments`. Steals
   the reference to `arguments`, which may be NULL with an exception set. Returns NULL, for `return
   raise_...`. */
static void *
raise_message(State *state, const char *name, PyObject *arguments)
{
    PyObject *function = NULL, *error = NULL;
    if (arguments != NULL) {
        function = PyObject_GetAttrString(state->messages, name);
    }
    if (function != NULL) {
        error = PyObject_CallObject(function, arguments);
    }
    if (error != NULL) {
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    }
    Py_XDECREF(arguments);
    Py_XDECREF(function);
    Py_XDECREF(error);
    return NULL;
}

/* As raise_message, for one argument, which is borrowed. */
static void *
raise_message_about(State *state, const char *name, PyObject *argument)
{
    return raise_message(state, name, PyTuple_Pack(1, argument));
}

/* Raises KeyError(query). PyErr_SetObject alone would take a tuple apart into several arguments. */
static void *
raise_key_error(PyObject *query)
{
    PyObject *error = PyObject_CallOneArg(PyExc_KeyError, query);
    if (error != NULL) {
        PyErr_SetObject(PyExc_KeyError, error);
        Py_DECREF(error);
    }
    return NULL;
}

/* A pair that `pair_set` fills later, when nothing may fail any more. Untracked by the garbage
   collector until then, so that gc.get_objects() gives it to nobody. */
static PyObject *
pair_new(void)
{
    PyObject *pair = PyTuple_Pack(2, Py_None, Py_None);
    if (pair != NULL) {
        PyObject_GC_UnTrack(pair);
    }
    return pair;
}

/* Puts a key and a value into a pair to which the caller has the only reference, in place of
   what is there. Steals the references to both. Does what CPython's _PyTuple_Recycle does: forgets
   the hash, which a tuple remembers from 3.14 on, and has the collector track the pair, which stops
   tracking a tuple of objects that need no tracking. */
static PyObject *
pair_set(PyObject *pair, PyObject *key, PyObject *value)
{
    PyObject *last_key = PyTuple_GET_ITEM(pair, 0), *last_value = PyTuple_GET_ITEM(pair, 1);
    PyTuple_SET_ITEM(pair, 0, key);
    PyTuple_SET_ITEM(pair, 1, value);
#if PY_VERSION_HEX >= 0x030E0000
    ((PyTupleObject *)pair)->ob_hash = -1;
#endif
    if (!PyObject_GC_IsTracked(pair)) {
        PyObject_GC_Track(pair);
    }
    Py_DECREF(last_key);
    Py_DECREF(last_value);
    return pair;
}

/* Whether a function that takes `least` to `most` arguments was given as many. If not, 0 and
   TypeError. */
static int
takes(const char *name, Py_ssize_t given, Py_ssize_t least, Py_ssize_t most)
{
    if (given >= least && given <= most) {
        return 1;
    }
    const char *bound = least == most ? "exactly" : given < least ? "at least" : "at most";
    Py_ssize_t count = given < least ? least : most;
    PyErr_Format(PyExc_TypeError, "%s() takes %s %zd argument%s (%zd given)", name, bound, count,
                 count == 1 ? "" : "s", given);
    return 0;
}

/* Reads arguments into `taken`, as borrowed references. The first `least` are positional; those
   after them have the names `known`, and may be left out: `taken` has their defaults. 0 and
   TypeError if that does not fit. */
static int
takes_named(const char *method, PyObject *const *arguments, Py_ssize_t count, PyObject *names,
            Py_ssize_t least, const char *const *known, PyObject **taken)
{
    Py_ssize_t most = least;
    for (const char *const *name = known; *name != NULL; name++) {
        most++;
    }
    if (!takes(method, count, least, most)) {
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        taken[i] = arguments[i];
    }
    Py_ssize_t named = names == NULL ? 0 : PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < named; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i);
        Py_ssize_t position = least;
        while (position < most
               && PyUnicode_CompareWithASCIIString(name, known[position - least]) != 0) {
            position++;
        }
        if (position == most || position < count) {
            const char *message = position == most ? "an unexpected keyword argument"
                                                   : "multiple values for argument";
            PyErr_Format(PyExc_TypeError, "%s() got %s %R", method, message, name);
            return 0;
        }
        taken[position] = arguments[count + i];
    }
    return 1;
}

/* Whether small ints are told apart: those of one of CPython's digits, which has at most 30 bits. 3.11 has no function
   for them, and what later versions may call compact is not known. */
#if PY_VERSION_HEX >= 0x030C0000 && PY_VERSION_HEX < 0x03100000 && !defined(PYPY_VERSION)
#define KEYVIEW_KNOWS_SMALL_INTS 1
#else
#define KEYVIEW_KNOWS_SMALL_INTS 0
#endif

/* Whether an object is exactly an int, and small. */
static inline int
is_small_int(PyObject *object)
{
#if KEYVIEW_KNOWS_SMALL_INTS
    return PyLong_CheckExact(object) && PyUnstable_Long_IsCompact((PyLongObject *)object);
#else
    (void)object;
    return 0;
#endif
}

/* The value of a small int. */
static inline int32_t
small_int(PyObject *object)
{
#if KEYVIEW_KNOWS_SMALL_INTS
    return (int32_t)PyUnstable_Long_CompactValue((PyLongObject *)object);
#else
    (void)object;
    return 0;
#endif
}

/* The hash of a small int. */
static inline Py_hash_t
hash_of_small_int(int32_t value)
{
    return value == -1 ? -2 : value;
}

/* As hash_of. Out of line, for the sake of str. */
Py_NO_INLINE static Py_hash_t
hash_of_other(PyObject *query)
{
    return is_small_int(query) ? hash_of_small_int(small_int(query)) : PyObject_Hash(query);
}

/* hash(query). The hash of a str is read where the str keeps it. */
static inline Py_hash_t
hash_of(PyObject *query)
{
    if (PyUnicode_CheckExact(query)) {
        Py_hash_t hash = ((PyASCIIObject *)query)->hash;
        if (hash != -1) {
            return hash;
        }
    }
    return hash_of_other(query);
}

/* Whether a query is exactly a str, int or bytes, and so no view. */
static inline int
is_builtin_key(PyObject *query)
{
    return PyUnicode_CheckExact(query) || PyLong_CheckExact(query) || PyBytes_CheckExact(query);
}

/* Whether a query is exactly a str, int or bytes, or a tuple of such: it is no view, and hashing it cannot
   fail. */
static inline int
is_of_builtins(PyObject *query)
{
    if (is_builtin_key(query)) {
        return 1;
    }
    if (!PyTuple_CheckExact(query)) {
        return 0;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(query); i++) {
        if (!is_builtin_key(PyTuple_GET_ITEM(query, i))) {
            return 0;
        }
    }
    return 1;
}

#endif
