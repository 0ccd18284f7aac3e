/* Seen: a set of objects, compared by identity, in the order in which they were added. */
#ifndef KEYVIEW_SEEN_H
#define KEYVIEW_SEEN_H

#include "state.h"

enum { FEW_SEEN = 8 };

/* A Seen has a reference to each of its objects, so that an address stands for one object. The
   index is built by the first `seen_has` that has more than FEW_SEEN objects to look through: most
   sets are only added to. */
typedef struct {
    PyObject *few[FEW_SEEN];
    PyObject **objects;
    Py_ssize_t count, capacity;
    Py_ssize_t *index; /* 2 * index_capacity buckets: 1 + a position in `objects`, or 0 */
    Py_ssize_t index_capacity;
    Py_ssize_t indexed; /* this many objects are in the index */
} Seen;

static void
seen_start(Seen *seen)
{
    seen->objects = seen->few;
    seen->count = 0;
    seen->capacity = FEW_SEEN;
    seen->index = NULL;
    seen->index_capacity = seen->indexed = 0;
}

static void
seen_end(Seen *seen)
{
    for (Py_ssize_t i = 0; i < seen->count; i++) {
        Py_DECREF(seen->objects[i]);
    }
    if (seen->objects != seen->few) {
        PyMem_Free(seen->objects);
    }
    PyMem_Free(seen->index);
    seen_start(seen);
}

/* Adds an object that was not added before. -1 and MemoryError if there is no memory. */
static int
seen_add(Seen *seen, PyObject *object)
{
    if (seen->count == seen->capacity) {
        Py_ssize_t capacity = 2 * seen->capacity;
        PyObject **objects = PyMem_Malloc((size_t)capacity * sizeof *objects);
        if (objects == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(objects, seen->objects, (size_t)seen->count * sizeof *objects);
        if (seen->objects != seen->few) {
            PyMem_Free(seen->objects);
        }
        seen->objects = objects;
        seen->capacity = capacity;
    }
    seen->objects[seen->count++] = Py_NewRef(object);
    return 0;
}

/* The bucket in which an object is, or would be. */
static inline size_t
seen_bucket(const Seen *seen, PyObject *object)
{
    size_t mask = 2 * (size_t)seen->index_capacity - 1;
    size_t bucket = ((uintptr_t)object >> 4) * (size_t)0x9E3779B1u;
    for (bucket &= mask; seen->index[bucket] != 0; bucket = (bucket + 1) & mask) {
        if (seen->objects[seen->index[bucket] - 1] == object) {
            break;
        }
    }
    return bucket;
}

/* Enters all objects into the index. -1 and MemoryError if there is no memory. */
static int
seen_index(Seen *seen)
{
    if (seen->index_capacity < seen->capacity) {
        PyMem_Free(seen->index);
        seen->index_capacity = seen->indexed = 0;
        seen->index = PyMem_Calloc(2 * (size_t)seen->capacity, sizeof *seen->index);
        if (seen->index == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        seen->index_capacity = seen->capacity;
    }
    while (seen->indexed < seen->count) {
        size_t bucket = seen_bucket(seen, seen->objects[seen->indexed]);
        seen->index[bucket] = ++seen->indexed;
    }
    return 0;
}

/* Whether an object was added. -1 and MemoryError if there is no memory for the index. */
static int
seen_has(Seen *seen, PyObject *object)
{
    if (seen->count <= FEW_SEEN) {
        for (Py_ssize_t i = 0; i < seen->count; i++) {
            if (seen->objects[i] == object) {
                return 1;
            }
        }
        return 0;
    }
    return seen_index(seen) < 0 ? -1 : seen->index[seen_bucket(seen, object)] != 0;
}

#endif
