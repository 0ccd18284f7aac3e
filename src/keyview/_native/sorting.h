/* A sorted map or set, and how a query finds a place in its tree.

   A lookup evaluates `query < key`, down the tree, and `query == key` once. Of a view whose class
   does not define __lt__, and of a text view, the key is built first, once, and is looked up.

   RELEASE LATE, SAME VERSION and HOLD are explained at the head of table.h. They hold for places
   in a tree, too. */
#ifndef KEYVIEW_SORTING_H
#define KEYVIEW_SORTING_H

#include "tree.h"
#include "views.h"

typedef struct {
    OWNER_HEAD
    Tree tree;
} Sorted;

/* -- queries ----------------------------------------------------------------------------------- */

/* Whether an object is a Concat or a Slice. */
static inline int
is_text_view(State *state, PyObject *object)
{
    return Py_TYPE(object) == state->Concat || Py_TYPE(object) == state->Slice;
}

/* Whether a view itself is compared with keys. A memoryview has no order; a tuple is built; a text
   view would build its key for each comparison. */
static int
orders_itself(State *state, PyObject *view)
{
    PyTypeObject *type = Py_TYPE(view);
    return type != &PyMemoryView_Type && type != &PyTuple_Type && !is_text_view(state, view)
        && _PyType_Lookup(type, state->name_lt)
        != _PyType_Lookup(&PyBaseObject_Type, state->name_lt);
}

/* The key of a view, checked. That of a text view is never a view. New reference. */
static inline PyObject *
key_of_view(State *state, PyObject *view)
{
    return is_text_view(state, view) ? PyObject_CallMethodNoArgs(view, state->name_key)
                                     : PyObject_CallOneArg(state->built_key, view);
}

/* The key that a query stands for: the query itself, unless it is a view. New reference. */
static inline PyObject *
built_key(State *state, PyObject *query)
{
    int view = is_view(state, query);
    if (view <= 0) {
        return view < 0 ? NULL : Py_NewRef(query);
    }
    return key_of_view(state, query);
}

static int
query_start_view(Query *query, PyObject *asked)
{
    int view = is_view(query->state, asked);
    if (view <= 0) {
        return view;
    }
    query->key = NULL;
    if (!orders_itself(query->state, asked)) {
        query->built = key_of_view(query->state, asked);
        query->object = query->key = query->built;
    }
    return query->object == NULL ? -1 : 0;
}

/* Makes a query of `asked`, to which the caller has a reference. -1 and an exception if a view's
   key cannot be built. Call query_end in any case, when the place that was found has been read. */
static inline int
query_start(Query *query, Sorted *self, PyObject *asked)
{
    *query = (Query){.state = self->state, .object = asked, .key = asked};
    if (!is_builtin_key(asked) && query_start_view(query, asked) < 0) {
        return -1;
    }
    query_digest(&self->tree, query);
    return 0;
}

/* Releases the key that was built, if any (RELEASE LATE). */
static inline void
query_end(Query *query)
{
    Py_XDECREF(query->built);
}

/* Starts the query and looks it up: 1 and the place of the key, 0 and the place where the key would
   be, or FAILED and an exception. */
static inline int
sorted_find(Sorted *self, PyObject *asked, Query *query, Place *place)
{
    return query_start(query, self, asked) < 0 ? FAILED : tree_find(&self->tree, query, place);
}

/* The key to store for a query: the query itself unless it is a view, whose key is built and
   compared with it. New reference. */
static inline PyObject *
sorted_key(State *state, PyObject *query)
{
    int view = is_builtin_key(query) ? 0 : is_view(state, query);
    if (view <= 0) {
        return view < 0 ? NULL : Py_NewRef(query);
    }
    return PyObject_CallFunctionObjArgs(state->owned_key, query, Py_None, NULL);
}

/* -- insertion --------------------------------------------------------------------------------- */

/* Replaces a value, and returns the old value, which the caller owns (RELEASE LATE). */
static inline PyObject *
replace_value_in(PyObject **cell, PyObject *value)
{
    PyObject *old = *cell;
    *cell = Py_NewRef(value);
    return old;
}

/* Raises the error of a query whose key is not in order beside another one. Returns FAILED. */
static int
raise_unordered(const Query *query, PyObject *beside)
{
    PyObject *key = query->key;
    if (key == query->object) {
        raise_message(query->state, "unordered_keys", PyTuple_Pack(2, key, beside));
    }
    else {
        raise_message(query->state, "unordered_view", PyTuple_Pack(3, query->object, key, beside));
    }
    return FAILED;
}

/* Whether the first key may be stored in a tree: compares it with itself. 1, FAILED or CHANGED. */
static int
admits_first(const Tree *tree, const Query *query)
{
    PyObject *key = query->key;
    if (compare_without_python(key, key) == 0) {
        return 1;
    }
    int less = tree_ask(tree, key, key, Py_LT);
    int equal = less != 0 ? less : tree_ask(tree, key, key, Py_EQ);
    if (less > 0 || equal == 0) {
        raise_message_about(query->state, "unordered_itself", key);
        return FAILED;
    }
    return equal;
}

/* Whether the query's key may be stored at a place where it was not found. It is compared with its
   predecessor and, if a view found the place, with its successor. 1, FAILED or CHANGED. */
static int
query_admits(const Tree *tree, const Query *query, Place place)
{
    PyObject *key = query->key;
    int less = 1;
    if (tree->used == 0) {
        return admits_first(tree, query);
    }
    Place after = place_at_pair(place);
    if (key != query->object && after.leaf != NULL) {
        PyObject *beside = Py_NewRef(key_at(after)); /* HOLD */
        less = tree_less(tree, key, beside);
        less = less == 0 ? raise_unordered(query, beside) : less;
        Py_DECREF(beside);
    }
    if (less > 0 && place.index > 0) {
        PyObject *beside = Py_NewRef(keys_of(place.leaf)[place.index - 1]); /* HOLD */
        less = tree_less(tree, beside, key);
        less = less == 0 ? raise_unordered(query, beside) : less;
        Py_DECREF(beside);
    }
    return less;
}

/* Adds a pair whose key was not found at this place and version: 1 and its place; CHANGED;
   FAILED and an exception. */
static int
sorted_add(Sorted *self, Query *query, PyObject *value, Place *place)
{
    Tree *tree = &self->tree;
    uint64_t version = tree->version;
    if (query->key == NULL) {
        query->built = query->key = sorted_key(self->state, query->object);
        if (query->key == NULL) {
            return FAILED;
        }
    }
    int admits = tree->version == version ? query_admits(tree, query, *place) : CHANGED;
    if (admits <= 0 || tree->version != version) {
        return admits <= 0 ? admits : CHANGED;
    }
    return tree_insert(tree, place, query->key, value) < 0 ? FAILED : 1;
}

/* The place that a started query finds, or else that of a new pair with `value`; *added says which.
   -1 and an exception if nothing could be stored. */
static int
sorted_find_or_add(Sorted *self, Query *query, PyObject *value, Place *place, int *added)
{
    *added = 0;
    for (;;) {
        int done = tree_find(&self->tree, query, place);
        if (done == 0) {
            done = sorted_add(self, query, value, place);
            *added = done > 0;
        }
        if (done != CHANGED) {
            return done < 0 ? -1 : 0;
        }
        if (query_again(&self->tree, query) < 0) {
            return -1;
        }
    }
}

/* map[query] = value. -1 and an exception on failure. */
static int
sorted_insert(Sorted *self, PyObject *asked, PyObject *value)
{
    Query query;
    Place place;
    int added, done = query_start(&query, self, asked);
    if (done == 0) {
        done = sorted_find_or_add(self, &query, value, &place, &added);
    }
    PyObject *old = done < 0 || added ? NULL : replace_value_in(value_cell(place), value);
    query_end(&query);
    Py_XDECREF(old);
    return done;
}

/* Stores `value` under a new key, or combine(old value, value) under a key that is there. Returns a
   new reference to what was stored. */
static PyObject *
sorted_merge(Sorted *self, PyObject *asked, PyObject *value, PyObject *combine)
{
    Query query;
    Place place;
    PyObject *old = NULL, *merged = NULL;
    int added, done = query_start(&query, self, asked);
    if (done == 0) {
        done = sorted_find_or_add(self, &query, value, &place, &added);
    }
    if (done == 0 && added) {
        merged = Py_NewRef(value);
    }
    else if (done == 0) {
        uint64_t version = self->tree.version;
        old = Py_NewRef(*value_cell(place));
        PyObject *arguments[] = {NULL, old, value};
        merged =
            PyObject_Vectorcall(combine, arguments + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
        if (merged != NULL && self->tree.version == version) {
            PyObject *last = replace_value_in(value_cell(place), merged);
            Py_DECREF(last);
        }
        else if (merged != NULL && sorted_insert(self, query.object, merged) < 0) {
            Py_CLEAR(merged);
        }
    }
    query_end(&query);
    Py_XDECREF(old);
    return merged;
}

/* Like `put`, in bulk.h. */
static int
sorted_put_pair(Sorted *self, PyObject *key, PyObject *value, PyObject *combine)
{
    if (combine == NULL) {
        return sorted_insert(self, key, value);
    }
    PyObject *merged = sorted_merge(self, key, value, combine);
    Py_XDECREF(merged);
    return merged == NULL ? -1 : 0;
}

/* -- bounds ------------------------------------------------------------------------------------ */

/* Where a range starts and stops; NULL is no bound. The owner of the bounds has the references. */
typedef struct {
    PyObject *start, *stop;
    char past_start, past_stop; /* whether a key that is equal to the bound is before it */
    char prefix;                /* whether `stop` is a prefix, and stands for its end */
} Bounds;

/* What `range` of a sorted map or set returns; see range.h. */
typedef struct {
    PyObject_HEAD
    Sorted *map;
    Bounds bounds;
} Range;

/* The pairs within bounds, by their positions, at one version. */
typedef struct {
    Py_ssize_t start, stop;
    uint64_t version;
} Span;

/* The place behind the keys that are less than `asked` (`past_equal`: or equal); *found says
   whether one is equal. FAILED and an exception, or CHANGED. */
static int
sorted_edge(Sorted *self, PyObject *asked, int past_equal, int prefix_end, Place *place, int *found)
{
    Query query;
    *found = query_start(&query, self, asked);
    if (*found == 0) {
        if (prefix_end) {
            query.prefix_end = 1;
            query_digest(&self->tree, &query);
        }
        *found = tree_find(&self->tree, &query, place);
    }
    if (*found > 0 && past_equal) {
        place->index++;
    }
    uint64_t version = self->tree.version;
    query_end(&query);
    if (*found >= 0
        && self->tree.version != version) { /* The built key's destructor has changed the tree. */
        return CHANGED;
    }
    return *found < 0 ? FAILED : 0;
}

static int
raise_restless(Sorted *self)
{
    raise_message(self->state, "restless_order", PyTuple_New(0));
    return -1;
}

/* The span of the bounds now; of everything if `bounds` is NULL. -1 and an exception on failure. */
static int
sorted_span(Sorted *self, const Bounds *bounds, Span *span)
{
    const Tree *tree = &self->tree;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        Place place;
        int found, done = 0;
        *span = (Span){0, tree->used, tree->version};
        if (bounds != NULL && bounds->start != NULL) {
            done = sorted_edge(self, bounds->start, bounds->past_start, 0, &place, &found);
            span->start = done == 0 ? tree_position_of(place) : 0;
        }
        if (done == 0 && bounds != NULL && bounds->stop != NULL) {
            done =
                sorted_edge(self, bounds->stop, bounds->past_stop, bounds->prefix, &place, &found);
            span->stop = done == 0 ? tree_position_of(place) : 0;
        }
        if (done == FAILED) {
            return -1;
        }
        if (done == 0 && tree->version == span->version) {
            span->stop = Py_MAX(span->start, span->stop);
            return 0;
        }
    }
    return raise_restless(self);
}

/* Which key beside a query is wanted, in the words of Java's maps. */
typedef enum { LOWER, FLOOR, CEILING, HIGHER } Neighbour;

/* The place nearest to a query within bounds: 1, 0 if there is none, -1 and an exception on
   failure. */
static int
sorted_neighbour(Sorted *self, const Bounds *bounds, Neighbour which, PyObject *asked, Place *place)
{
    int past_equal = which == FLOOR || which == HIGHER, before = which == LOWER || which == FLOOR;
    const Tree *tree = &self->tree;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        Span span;
        int found,
            done = sorted_span(self, bounds, &span) < 0
            ? FAILED
            : sorted_edge(self, asked, past_equal, 0, place, &found);
        if (done == FAILED) {
            return -1;
        }
        if (done == CHANGED || tree->version != span.version) {
            continue;
        }
        if (bounds == NULL) {
            *place = before ? place_before(*place) : place_at_pair(*place);
            return place->leaf != NULL;
        }
        Py_ssize_t position = tree_position_of(*place);
        position = before ? Py_MIN(position, span.stop) - 1 : Py_MAX(position, span.start);
        if (position < span.start || position >= span.stop) {
            return 0;
        }
        *place = tree_place_of(tree, position);
        return 1;
    }
    return raise_restless(self);
}

/* The place of the key that a query finds within bounds: 1, 0 if there is none, FAILED and an
   exception on failure. */
static int
sorted_find_within(Sorted *self, const Bounds *bounds, PyObject *asked, Place *place)
{
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        Span span;
        int found,
            done = sorted_span(self, bounds, &span) < 0
            ? FAILED
            : sorted_edge(self, asked, 0, 0, place, &found);
        if (done == FAILED) {
            return FAILED;
        }
        if (done == 0 && self->tree.version == span.version) {
            Py_ssize_t position = found ? tree_position_of(*place) : -1;
            return span.start <= position && position < span.stop;
        }
    }
    raise_restless(self);
    return FAILED;
}

#endif
