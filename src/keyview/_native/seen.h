/* Seen: objects by identity, in the order in which they were seen. */
#ifndef KEYVIEW_SEEN_H
#define KEYVIEW_SEEN_H

#include "state.h"

enum { FEW_SEEN = 8 };

/* Each object is held, so that an address stands for one object. Adding is all that is done with most of
   them: the index is made by the first `seen_has` for which there are too many to look through. */
typedef struct {
    PyObject *few[FEW_SEEN];
    PyObject **objects;
    Py_ssize_t count, room;
    Py_ssize_t *index; /* 2 * index_room places: a number + 1, or 0 */
    Py_ssize_t index_room, indexed;
} Seen;

static void
seen_start(Seen *seen)
{
    seen->objects = seen->few;
    seen->count = 0;
    seen->room = FEW_SEEN;
    seen->index = NULL;
    seen->index_room = seen->indexed = 0;
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

/* -1 and MemoryError if it cannot be added. */
static int
seen_add(Seen *seen, PyObject *object)
{
    if (seen->count == seen->room) {
        Py_ssize_t room = 2 * seen->room;
        PyObject **objects = PyMem_Malloc((size_t)room * sizeof *objects);
        if (objects == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(objects, seen->objects, (size_t)seen->count * sizeof *objects);
        if (seen->objects != seen->few) {
            PyMem_Free(seen->objects);
        }
        seen->objects = objects;
        seen->room = room;
    }
    seen->objects[seen->count++] = Py_NewRef(object);
    return 0;
}

/* The place of the index where an object is, or would be. */
static inline size_t
seen_place(const Seen *seen, PyObject *object)
{
    size_t mask = 2 * (size_t)seen->index_room - 1;
    size_t place = ((uintptr_t)object >> 4) * (size_t)0x9E3779B1u;
    for (place &= mask; seen->index[place] != 0; place = (place + 1) & mask) {
        if (seen->objects[seen->index[place] - 1] == object) {
            break;
        }
    }
    return place;
}

/* Sees to it that all are in the index. */
static int
seen_index(Seen *seen)
{
    if (seen->index_room < seen->room) {
        PyMem_Free(seen->index);
        seen->index_room = seen->indexed = 0;
        seen->index = PyMem_Calloc(2 * (size_t)seen->room, sizeof *seen->index);
        if (seen->index == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        seen->index_room = seen->room;
    }
    while (seen->indexed < seen->count) {
        size_t place = seen_place(seen, seen->objects[seen->indexed]);
        seen->index[place] = ++seen->indexed;
    }
    return 0;
}

/* Whether an object was added; -1 and MemoryError if that cannot be told. */
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
    return seen_index(seen) < 0 ? -1 : seen->index[seen_place(seen, object)] != 0;
}

#endif
