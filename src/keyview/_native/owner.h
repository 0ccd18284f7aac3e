/* Owners: an owner is the object whose pairs an entry is about.

   A collection of keyview starts with OWNER_HEAD. Any other mapping is an owner, too, without that
   head: it is reached by its Python interface, in foreign.h. An entry knows the kind of its owner;
   what entries do differently by kind is in entry.h, under "what differs by kind". */
#ifndef KEYVIEW_OWNER_H
#define KEYVIEW_OWNER_H

#include "state.h"

typedef enum {
    HASHED,  /* a Map */
    SORTED,  /* a Sorted */
    FOREIGN, /* any other mapping */
} Kind;

#define OWNER_HEAD                                                                                 \
    PyObject_HEAD                                                                                  \
    State *state; /* kept alive by a reference to state->module, which it is a part of */          \
    PyObject *default_factory; /* NULL if none was given */                                        \
    PyObject *weak_references;                                                                     \
    Kind kind;

typedef struct {
    OWNER_HEAD
} Owner;

/* Deallocates a collection of keyview. `clear` is the tp_clear of its class. */
static inline void
owner_dealloc(Owner *self, inquiry clear)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (self->weak_references != NULL) {
        PyObject_ClearWeakRefs((PyObject *)self);
    }
    clear((PyObject *)self);
    PyObject *module = self->state->module;
    type->tp_free(self);
    Py_DECREF(module);
    Py_DECREF(type);
}

/* The name of the owner's class, for messages. New reference. */
static inline PyObject *
name_of_type(PyObject *owner)
{
    return PyType_GetName(Py_TYPE(owner));
}

#endif
