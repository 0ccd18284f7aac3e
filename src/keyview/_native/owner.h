/* Owners: whatever holds the pairs that an entry is about, and how an entry tells one kind from another.

   A collection of ours starts with OWNER_HEAD. A mapping of the user's is an owner, too, and has nothing of
   this: foreign.h asks it. What entries do with an owner is in entry.h, under "what differs by kind". */
#ifndef KEYVIEW_OWNER_H
#define KEYVIEW_OWNER_H

#include "state.h"

typedef enum {
    HASHED, /* a Map */
    FOREIGN /* a mapping of the user's */
} Kind;

#define OWNER_HEAD                                                                                 \
    PyObject_HEAD                                                                                  \
    State *state;                                                                                  \
    PyObject *module;          /* held, because the state is part of it */                         \
    PyObject *default_factory; /* NULL if none was given */                                        \
    PyObject *weak_references;

typedef struct {
    OWNER_HEAD
} Owner;

/* The name of the class of an owner, for messages: a new reference. */
static inline PyObject *
name_of_type(PyObject *owner)
{
    return PyType_GetName(Py_TYPE(owner));
}

#endif
