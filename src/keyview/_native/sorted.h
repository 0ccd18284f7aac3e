/* SortedMap: every operation of a sorted map that has to work on the tree itself; map.h is the same
   for a HashMap.

   RELEASE LATE, SAME VERSION and HOLD are explained at the head of table.h. */
#ifndef KEYVIEW_SORTED_H
#define KEYVIEW_SORTED_H

#include "map.h"

/* -- making and freeing ------------------------------------------------------------------------ */

static Sorted *
sorted_new_empty(PyTypeObject *type, State *state, int has_values)
{
    Sorted *self = (Sorted *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->kind = SORTED;
        tree_init(&self->tree, has_values);
        Py_INCREF(state->module);
        self->state = state;
    }
    return self;
}

static int
sorted_traverse(Sorted *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->state->module);
    Py_VISIT(self->default_factory);
    for (Leaf *leaf = self->tree.first; leaf != NULL; leaf = leaf->next) {
        for (int i = 0; i < leaf->count; i++) {
            Py_VISIT(keys_of(leaf)[i]);
            if (self->tree.has_values) {
                Py_VISIT(values_of(leaf)[i]);
            }
        }
    }
    return 0;
}

static int
sorted_tp_clear(Sorted *self)
{
    Tree taken = tree_take_all(&self->tree);
    Py_CLEAR(self->default_factory);
    tree_drop(&taken);
    return 0;
}

static void
sorted_dealloc(Sorted *self)
{
    owner_dealloc((Owner *)self, (inquiry)sorted_tp_clear);
}

static Py_ssize_t
sorted_length(Sorted *self)
{
    return self->tree.used;
}

static PyObject *
sorted_sizeof(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSize_t((size_t)Py_TYPE(self)->tp_basicsize + self->tree.bytes);
}

/* -- pairs and entries of places --------------------------------------------------------------- */

/* The pair at a place, a new tuple. */
static PyObject *
pair_of(Place place)
{
    PyObject *key = Py_NewRef(key_at(place)), *value = Py_NewRef(*value_cell(place));
    PyObject *pair = PyTuple_Pack(2, key, value);
    Py_DECREF(key);
    Py_DECREF(value);
    return pair;
}

/* The entry of the pair at a place if `found` is 1, None if `found` is 0, else NULL. */
static PyObject *
entry_or_none(Sorted *self, int found, Place place)
{
    if (found <= 0) {
        return found < 0 ? NULL : Py_NewRef(Py_None);
    }
    return sorted_occupied_new(self, place);
}

/* -- lookup ------------------------------------------------------------------------------------ */

static PyObject *
sorted_getitem(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    PyObject *value = found > 0 ? Py_NewRef(*value_cell(place)) : NULL;
    query_end(&query);
    return found == 0 ? owner_missing((Owner *)self, asked) : value;
}

static int
sorted_contains(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    query_end(&query);
    return found < 0 ? -1 : found;
}

/* A new reference to the value under the key that `asked` finds, or to `missing`, which may be
   NULL. *failed is set if NULL is returned with an exception set. */
static PyObject *
sorted_value(Sorted *self, PyObject *asked, PyObject *missing, int *failed)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    PyObject *value = found > 0 ? Py_NewRef(*value_cell(place)) : NULL;
    query_end(&query);
    *failed = found < 0;
    return found == 0 ? Py_XNewRef(missing) : value;
}

static PyObject *
sorted_get(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    int failed;
    return takes("get", count, 1, 2)
        ? sorted_value(self, arguments[0], count == 2 ? arguments[1] : Py_None, &failed)
        : NULL;
}

static PyObject *
sorted_get_entry(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    PyObject *entry = entry_or_none(self, found, place);
    query_end(&query);
    return entry;
}

static PyObject *
sorted_get_key_value(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    PyObject *pair = found > 0 ? pair_of(place) : NULL;
    query_end(&query);
    return found == 0 ? Py_NewRef(Py_None) : pair;
}

static PyObject *
sorted_get_many(Sorted *self, PyObject *const *asked, Py_ssize_t count)
{
    PyObject *values = PyTuple_New(count);
    for (Py_ssize_t i = 0; values != NULL && i < count; i++) {
        int failed;
        PyObject *value = sorted_value(self, asked[i], Py_None, &failed);
        if (failed) {
            Py_CLEAR(values);
        }
        else {
            PyTuple_SET_ITEM(values, i, value);
        }
    }
    return values;
}

static PyObject *
sorted_entry(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    PyObject *entry = found == 0 ? sorted_vacant_new(self, &query, place)
        : found > 0              ? sorted_occupied_new(self, place)
                                 : NULL;
    query_end(&query);
    return entry;
}

/* -- insertion --------------------------------------------------------------------------------- */

static PyObject *
sorted_setdefault(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("setdefault", count, 1, 2)) {
        return NULL;
    }
    Query query;
    Place place;
    int added, done = query_start(&query, self, arguments[0]);
    PyObject *value = NULL, *given = count == 2 ? arguments[1] : Py_None;
    if (done == 0 && sorted_find_or_add(self, &query, given, &place, &added) == 0) {
        value = Py_NewRef(*value_cell(place));
    }
    query_end(&query);
    return value;
}

static PyObject *
sorted_insert_method(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("insert", count, 2, 2)) {
        return NULL;
    }
    Query query;
    Place place;
    int added, done = query_start(&query, self, arguments[0]);
    PyObject *old = NULL;
    if (done == 0 && sorted_find_or_add(self, &query, arguments[1], &place, &added) == 0) {
        old = added ? Py_NewRef(Py_None) : replace_value_in(value_cell(place), arguments[1]);
    }
    query_end(&query);
    return old;
}

static PyObject *
sorted_try_insert(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("try_insert", count, 2, 2)) {
        return NULL;
    }
    Query query;
    Place place;
    int added, done = query_start(&query, self, arguments[0]);
    PyObject *result = NULL;
    if (done == 0 && sorted_find_or_add(self, &query, arguments[1], &place, &added) == 0) {
        if (added) {
            result = Py_NewRef(arguments[1]);
        }
        else {
            PyObject *key = Py_NewRef(key_at(place)), *value = Py_NewRef(*value_cell(place));
            raise_occupied(self->state, sorted_occupied_new(self, place), arguments[1], key, value);
            Py_DECREF(key);
            Py_DECREF(value);
        }
    }
    query_end(&query);
    return result;
}

static PyObject *
sorted_get_or_insert_with(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("get_or_insert_with", count, 2, 2)
        ? sorted_value_or_made(self, arguments[0], arguments[1])
        : NULL;
}

static PyObject *
sorted_merge_method(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("merge", count, 3, 3)
        ? sorted_merge(self, arguments[0], arguments[1], arguments[2])
        : NULL;
}

/* -- insertion of many pairs ------------------------------------------------------------------- */

/* The pairs of a source that can be read without running Python code: a dict, a Map, or a list
   or tuple of pairs. */
typedef struct {
    Record *records; /* borrowed references */
    Py_ssize_t count;
} Batch;

static Py_ssize_t
batch_size(State *state, PyObject *source)
{
    return is_any_dict(source)        ? PyDict_GET_SIZE(source)
        : PyList_CheckExact(source)   ? PyList_GET_SIZE(source)
        : PyTuple_CheckExact(source)  ? PyTuple_GET_SIZE(source)
        : is_exact_map(state, source) ? ((Map *)source)->table.used
                                      : -1;
}

/* Reads all pairs. 0 if an element of a list or tuple is not a tuple of two. */
static int
batch_read(State *state, PyObject *source, Batch *batch)
{
    Record *record = batch->records;
    if (is_any_dict(source)) {
        Py_ssize_t next = 0;
        while (PyDict_Next(source, &next, &record->key, &record->value)) {
            record++;
        }
        return 1;
    }
    if (is_exact_map(state, source)) {
        const Table *table = &((Map *)source)->table;
        for (Py_ssize_t slot_index = table->first; slot_index < table->end; slot_index++) {
            const Pair *pair = pair_at(table, slot_index);
            if (pair->key != NULL) {
                *record++ = (Record){0, pair->key, pair->value};
            }
        }
        return 1;
    }
    PyObject **items = PySequence_Fast_ITEMS(source);
    for (Py_ssize_t i = 0; i < batch->count; i++) {
        if (!PyTuple_CheckExact(items[i]) || PyTuple_GET_SIZE(items[i]) != 2) {
            return 0;
        }
        *record++ = (Record){0, PyTuple_GET_ITEM(items[i], 0), PyTuple_GET_ITEM(items[i], 1)};
    }
    return 1;
}

/* The kind of code that all keys have, if they have one kind and none is a view; else CODE_OTHER.
   -1 and an exception on failure. */
static int
batch_kind(State *state, const Batch *batch)
{
    int kind = batch->count == 0 ? CODE_OTHER : kind_of_key(batch->records[0].key);
    for (Py_ssize_t i = 0; i < batch->count && kind != CODE_OTHER; i++) {
        records_ahead(batch->records, batch->count, i);
        PyObject *key = batch->records[i].key;
        int view = kind < CODE_TUPLE ? 0 : is_view(state, key);
        if (view < 0) {
            return -1;
        }
        if (view || kind_of_key(key) != kind) {
            kind = CODE_OTHER;
        }
    }
    return kind;
}

/* Fills an empty tree with all pairs of a source at once. 1 if done; 0, and nothing done, if
   reading the source or comparing its keys may run Python code; -1 and an exception on failure. */
static int
sorted_fill_at_once(Sorted *self, PyObject *source)
{
    State *state = self->state;
    Batch batch = {NULL, batch_size(state, source)};
    if (batch.count < 2 || self->tree.used > 0) {
        return 0;
    }
    batch.records = PyMem_Malloc((size_t)batch.count * sizeof *batch.records);
    if (batch.records == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int done = batch_read(state, source, &batch);
    Coding coding = {.kind = done ? batch_kind(state, &batch) : CODE_OTHER};
    done = coding.kind < 0 ? -1 : 0;
    if (coding.kind > 0 && coding.kind != CODE_OTHER) {
        Py_ssize_t count = records_prepare(batch.records, batch.count, &coding);
        done = count == FAILED ? -1 : 0;
        if (count >= 0) {
            done = tree_build(&self->tree, &coding, batch.records, count) < 0 ? -1 : 1;
        }
    }
    PyMem_Free(batch.records);
    return done;
}

static PyObject *sorted_iter(Sorted *self);

/* Like is_exact_map, for a sorted map. */
static inline int
is_exact_sorted_map(State *state, PyObject *source)
{
    return PyObject_TypeCheck(source, state->SortedMap)
        && Py_TYPE(source)->tp_iter == (getiterfunc)sorted_iter;
}

static int
put_sorted(Sorted *self, Sorted *source, PyObject *combine)
{
    if (self->tree.used == 0) {
        return tree_copy(&self->tree, &source->tree);
    }
    uint64_t version = source->tree.version;
    for (Place place = tree_first(&source->tree); place.leaf != NULL; place = place_after(place)) {
        PyObject *key = Py_NewRef(key_at(place)), *value = Py_NewRef(*value_cell(place));
        int done = sorted_put_pair(self, key, value, combine);
        Py_DECREF(key);
        Py_DECREF(value);
        if (done < 0) {
            return -1;
        }
        if (source->tree.version != version) {
            raise_changed_during(source->state, Py_TYPE(source), "iteration");
            return -1;
        }
    }
    return 0;
}

/* Stores the pairs of a dict. Reads them all first, because comparing keys may run Python code that
   changes the dict. */
static int
put_dict_sorted(Sorted *self, PyObject *source, PyObject *combine)
{
    Py_ssize_t count = PyDict_GET_SIZE(source);
    Pair *pairs = pairs_from(source, 0, count);
    int done = pairs == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; done == 0 && i < count; i++) {
        done = sorted_put_pair(self, pairs[i].key, pairs[i].value, combine);
        if (done == 0 && PyDict_GET_SIZE(source) != count) {
            PyErr_SetString(PyExc_RuntimeError, "dictionary changed size during iteration");
            done = -1;
        }
    }
    for (Py_ssize_t i = 0; pairs != NULL && i < count; i++) {
        Py_DECREF(pairs[i].key);
        Py_DECREF(pairs[i].value);
    }
    PyMem_Free(pairs);
    return done;
}

/* Stores all pairs of a source: -1 and an exception on failure. */
static int
put_all_sorted(Sorted *self, const char *caller, PyObject *source, PyObject *combine)
{
    if (is_exact_sorted_map(self->state, source)) {
        return put_sorted(self, (Sorted *)source, combine);
    }
    int done = sorted_fill_at_once(self, source);
    if (done != 0) {
        return done < 0 ? -1 : 0;
    }
    return is_any_dict(source) ? put_dict_sorted(self, source, combine)
                               : put_read((Owner *)self, caller, source, combine);
}

static PyObject *
sorted_update(Sorted *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    if (!takes("update", count, 0, 1)
        || (count == 1 && put_all_sorted(self, "update", arguments[0], NULL) < 0)) {
        return NULL;
    }
    Py_ssize_t named = names == NULL ? 0 : PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < named; i++) {
        if (sorted_insert(self, PyTuple_GET_ITEM(names, i), arguments[count + i]) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
sorted_update_with(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("update_with", count, 2, 2)
        || put_all_sorted(self, "update_with", arguments[0], arguments[1]) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* -- removal ----------------------------------------------------------------------------------- */

static void
pair_drop(Pair pair)
{
    Py_DECREF(pair.key);
    Py_XDECREF(pair.value);
}

/* Removes the pair that `asked` finds. 1 and its references; 0 if there is none; -1 and an
   exception on failure. */
static int
sorted_take(Sorted *self, PyObject *asked, Pair *taken)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    if (found > 0) {
        *taken = tree_remove(&self->tree, place);
    }
    query_end(&query);
    return found < 0 ? -1 : found;
}

static int
sorted_setitem(Sorted *self, PyObject *key, PyObject *value)
{
    if (value != NULL) {
        return sorted_insert(self, key, value);
    }
    Pair taken;
    int found = sorted_take(self, key, &taken);
    if (found <= 0) {
        if (found == 0) {
            raise_key_error(key);
        }
        return -1;
    }
    pair_drop(taken);
    return 0;
}

static PyObject *
sorted_pop(Sorted *self, PyObject *const *arguments, Py_ssize_t count)
{
    Pair taken;
    if (!takes("pop", count, 1, 2)) {
        return NULL;
    }
    int found = sorted_take(self, arguments[0], &taken);
    if (found > 0) {
        Py_DECREF(taken.key);
        return taken.value;
    }
    return found < 0 ? NULL : count == 2 ? Py_NewRef(arguments[1]) : raise_key_error(arguments[0]);
}

static PyObject *
sorted_remove_entry(Sorted *self, PyObject *asked)
{
    Pair taken;
    PyObject *pair = pair_new(); /* First: once the pair is removed, nothing may fail. */
    int found = pair == NULL ? -1 : sorted_take(self, asked, &taken);
    if (found > 0) {
        return pair_set(pair, taken.key, taken.value);
    }
    Py_XDECREF(pair);
    return found == 0 ? raise_key_error(asked) : NULL;
}

/* Removes the first or the last pair within bounds. Returns a new tuple, or the element of a set.
   */
static PyObject *
sorted_take_end(Sorted *self, const Bounds *bounds, int last, const char *method, PyObject *asked)
{
    Tree *tree = &self->tree;
    PyObject *pair = tree->has_values ? pair_new() : NULL;
    Span span;
    if ((tree->has_values && pair == NULL) || sorted_span(self, bounds, &span) < 0) {
        Py_XDECREF(pair);
        return NULL;
    }
    if (span.start == span.stop) {
        Py_XDECREF(pair);
        return raise_message(self->state, "nothing_to_pop",
                             Py_BuildValue("(sN)", method, name_of_type(asked)));
    }
    Place place = tree_place_of(tree, last ? span.stop - 1 : span.start);
    Pair taken = tree_remove(tree, place);
    return pair == NULL ? taken.key : pair_set(pair, taken.key, taken.value);
}

static PyObject *
sorted_popitem(Sorted *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *last = Py_True;
    if (!takes_named("popitem", arguments, count, names, 0, last_only, &last)) {
        return NULL;
    }
    int at_end = PyObject_IsTrue(last);
    return at_end < 0 ? NULL : sorted_take_end(self, NULL, at_end, "popitem", (PyObject *)self);
}

static PyObject *
sorted_pop_first(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_take_end(self, NULL, 0, "pop_first", (PyObject *)self);
}

static PyObject *
sorted_pop_last(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_take_end(self, NULL, 1, "pop_last", (PyObject *)self);
}

static PyObject *
sorted_clear(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    Tree taken = tree_take_all(&self->tree);
    tree_drop(&taken);
    Py_RETURN_NONE;
}

/* Removes the pairs from one position to another, and stores them in `taken`, which is large
   enough. -1 and MemoryError, and nothing removed, if there is no memory. */
static int
tree_remove_span(Tree *tree, Py_ssize_t start, Py_ssize_t stop, Pair *taken)
{
    if (stop - start <= tree->used / 16) { /* Few pairs: remove each by itself. */
        for (Py_ssize_t position = start; position < stop; position++) {
            *taken++ = tree_remove(tree, tree_place_of(tree, start));
        }
        return 0;
    }
    char *marked = PyMem_Calloc((size_t)tree->used, 1);
    if (marked == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(marked + start, 1, (size_t)(stop - start));
    int done = tree_remove_marked(tree, marked, taken);
    PyMem_Free(marked);
    return done;
}

static PyObject *
sorted_clear_span(Sorted *self, const Bounds *bounds)
{
    Span span;
    if (sorted_span(self, bounds, &span) < 0) {
        return NULL;
    }
    Py_ssize_t count = span.stop - span.start;
    Pair *taken = PyMem_Malloc(((size_t)count + 1) * sizeof *taken);
    if (taken == NULL) {
        return PyErr_NoMemory();
    }
    int done = tree_remove_span(&self->tree, span.start, span.stop, taken);
    for (Py_ssize_t i = 0; done == 0 && i < count; i++) {
        pair_drop(taken[i]);
    }
    PyMem_Free(taken);
    return done < 0 ? NULL : Py_NewRef(Py_None);
}

/* A new list for `count` pairs, or for elements of a set. The garbage collector does not track the
   list until it is filled, so no other code can get a reference to it. */
static PyObject *
drained_new(Py_ssize_t count, int has_values)
{
    PyObject *drained = PyList_New(count);
    if (drained == NULL) {
        return NULL;
    }
    PyObject_GC_UnTrack(drained);
    for (Py_ssize_t i = 0; i < count && has_values; i++) {
        PyObject *pair = pair_new();
        if (pair == NULL) {
            Py_DECREF(drained);
            return NULL;
        }
        PyList_SET_ITEM(drained, i, pair);
    }
    return drained;
}

/* Removes the pairs within bounds. Returns an iterator over them, which is made before. */
static PyObject *
sorted_drain_span(Sorted *self, const Bounds *bounds)
{
    Tree *tree = &self->tree;
    PyObject *drained = NULL, *iterator = NULL;
    Span span, then;
    if (sorted_span(self, bounds, &span) < 0) {
        return NULL;
    }
    Py_ssize_t count = span.stop - span.start;
    Pair *taken = PyMem_Malloc(((size_t)count + 1) * sizeof *taken);
    if (taken == NULL) {
        return PyErr_NoMemory();
    }
    if ((drained = drained_new(count, tree->has_values)) != NULL) {
        iterator = PyObject_GetIter(drained);
    }
    /* SAME VERSION: the garbage collector may have run Python code. */
    if (iterator != NULL && sorted_span(self, bounds, &then) < 0) {
        Py_CLEAR(iterator);
    }
    if (iterator != NULL && (then.stop - then.start != count || then.start != span.start)) {
        Py_CLEAR(iterator);
        raise_changed_during(self->state, Py_TYPE(self), "drain");
    }
    if (iterator != NULL && tree_remove_span(tree, then.start, then.stop, taken) < 0) {
        Py_CLEAR(iterator);
    }
    for (Py_ssize_t i = 0; iterator != NULL && i < count; i++) {
        if (tree->has_values) {
            pair_set(PyList_GET_ITEM(drained, i), taken[i].key, taken[i].value);
        }
        else {
            PyList_SET_ITEM(drained, i, taken[i].key);
        }
    }
    if (iterator != NULL) {
        PyObject_GC_Track(drained);
    }
    Py_XDECREF(drained);
    PyMem_Free(taken);
    return iterator;
}

/* Removes all pairs. Returns an iterator over them. */
static PyObject *
sorted_drain(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    PyTypeObject *type = self->tree.has_values ? self->state->SortedMap : self->state->SortedSet;
    Sorted *drained = sorted_new_empty(type, self->state, self->tree.has_values);
    if (drained == NULL) {
        return NULL;
    }
    /* Make the iterator first: nothing may fail once the map is empty. */
    Pick pick = self->tree.has_values ? ITEMS : KEYS;
    PyObject *iterator = tree_iterator_new(drained, pick, 1, no_place(), 0);
    if (iterator != NULL) {
        drained->tree = tree_take_all(&self->tree);
        ((Iterator *)iterator)->leaf = drained->tree.first;
        ((Iterator *)iterator)->left = drained->tree.used;
        ((Iterator *)iterator)->version = drained->tree.version;
    }
    Py_DECREF(drained);
    return iterator;
}

/* Calls the predicate for every pair of the span, and marks the pairs for which it is false. -1 and
   an exception on failure. */
static int
sorted_mark(Sorted *self, PyObject *predicate, const Span *span, char *marked)
{
    const Tree *tree = &self->tree;
    Place place = span->start < span->stop ? tree_place_of(tree, span->start) : no_place();
    for (Py_ssize_t i = span->start; i < span->stop; i++, place = place_after(place)) {
        PyObject *key = Py_NewRef(key_at(place));
        PyObject *value = tree->has_values ? Py_NewRef(*value_cell(place)) : NULL;
        PyObject *arguments[] = {NULL, key, value};
        size_t count = value == NULL ? 1 : 2;
        PyObject *answer = PyObject_Vectorcall(predicate, arguments + 1,
                                               count | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
        int wanted = answer == NULL ? -1 : PyObject_IsTrue(answer);
        Py_XDECREF(answer);
        Py_DECREF(key);
        Py_XDECREF(value);
        if (wanted < 0) {
            return -1;
        }
        if (tree->version != span->version) {
            raise_changed_during(self->state, Py_TYPE(self), "retain");
            return -1;
        }
        marked[i] = !wanted;
    }
    return 0;
}

static PyObject *
sorted_retain_span(Sorted *self, const Bounds *bounds, PyObject *predicate)
{
    Tree *tree = &self->tree;
    Span span;
    if (sorted_span(self, bounds, &span) < 0) {
        return NULL;
    }
    /* Allocated first, so that nothing can fail once the removal has begun. */
    char *marked = PyMem_Calloc((size_t)tree->used + 1, 1);
    Pair *taken = PyMem_Malloc((size_t)(span.stop - span.start + 1) * sizeof *taken);
    Py_ssize_t count = 0;
    int done = -1;
    if (marked == NULL || taken == NULL) {
        PyErr_NoMemory();
    }
    else if (sorted_mark(self, predicate, &span, marked) == 0) {
        for (Py_ssize_t i = span.start; i < span.stop; i++) {
            count += marked[i];
        }
        done = tree_remove_marked(tree, marked, taken);
    }
    for (Py_ssize_t i = 0; done == 0 && i < count; i++) {
        pair_drop(taken[i]);
    }
    PyMem_Free(marked);
    PyMem_Free(taken);
    return done < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
sorted_retain(Sorted *self, PyObject *predicate)
{
    return sorted_retain_span(self, NULL, predicate);
}

static PyObject *
sorted_extract_span(Sorted *self, const Bounds *bounds, PyObject *predicate)
{
    Span span;
    if (sorted_span(self, bounds, &span) < 0) {
        return NULL;
    }
    return extraction_of((Owner *)self, predicate, span.start, span.stop - span.start,
                         span.version);
}

static PyObject *
sorted_extract_if(Sorted *self, PyObject *predicate)
{
    return sorted_extract_span(self, NULL, predicate);
}

/* -- ends, neighbours and positions ------------------------------------------------------------ */

/* If `found` is 1, the Occupied entry of the pair at a place, or the element of a set; None if
   `found` is 0; else NULL. */
static PyObject *
entry_or_element(Sorted *self, int found, Place place)
{
    if (found <= 0 || self->tree.has_values) {
        return entry_or_none(self, found, place);
    }
    return Py_NewRef(key_at(place));
}

static PyObject *
sorted_beside(Sorted *self, const Bounds *bounds, Neighbour which, PyObject *asked)
{
    Place place;
    int found = sorted_neighbour(self, bounds, which, asked, &place);
    return entry_or_element(self, found, place);
}

static PyObject *
sorted_first(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return entry_or_element(self, self->tree.used > 0, tree_first(&self->tree));
}

static PyObject *
sorted_last(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return entry_or_element(self, self->tree.used > 0, tree_last(&self->tree));
}

static PyObject *
sorted_lower(Sorted *self, PyObject *asked)
{
    return sorted_beside(self, NULL, LOWER, asked);
}

static PyObject *
sorted_floor(Sorted *self, PyObject *asked)
{
    return sorted_beside(self, NULL, FLOOR, asked);
}

static PyObject *
sorted_ceiling(Sorted *self, PyObject *asked)
{
    return sorted_beside(self, NULL, CEILING, asked);
}

static PyObject *
sorted_higher(Sorted *self, PyObject *asked)
{
    return sorted_beside(self, NULL, HIGHER, asked);
}

/* The pair, or the element of a set, at a position within bounds, which may be negative. `asked` is
   the map, set or range, for the message. */
static PyObject *
sorted_at_position(Sorted *self, const Bounds *bounds, PyObject *asked, PyObject *position)
{
    Span span;
    PyObject *number = PyNumber_Index(position);
    if (number == NULL || sorted_span(self, bounds, &span) < 0) {
        Py_XDECREF(number);
        return NULL;
    }
    int overflow;
    long long place = PyLong_AsLongLongAndOverflow(number, &overflow);
    Py_ssize_t count = span.stop - span.start;
    if (overflow || place >= count || place < -count) {
        const char *noun = self->tree.has_values ? "keys" : "elements";
        return raise_message(self->state, "no_position",
                             Py_BuildValue("(NNns)", name_of_type(asked), number, count, noun));
    }
    Py_DECREF(number);
    Place found =
        tree_place_of(&self->tree, (Py_ssize_t)place + (place < 0 ? span.stop : span.start));
    return self->tree.has_values ? pair_of(found) : Py_NewRef(key_at(found));
}

static PyObject *
sorted_at(Sorted *self, PyObject *position)
{
    return sorted_at_position(self, NULL, (PyObject *)self, position);
}

/* How many keys are less than a query, or -1 and an exception; *found says whether one is equal. */
static Py_ssize_t
sorted_rank_of(Sorted *self, PyObject *asked, int *found)
{
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        Place place;
        int done = sorted_edge(self, asked, 0, 0, &place, found);
        if (done != CHANGED) {
            return done == FAILED ? -1 : tree_position_of(place);
        }
    }
    return raise_restless(self);
}

static PyObject *
sorted_rank(Sorted *self, PyObject *asked)
{
    int found;
    Py_ssize_t position = sorted_rank_of(self, asked, &found);
    return position < 0 ? NULL : PyLong_FromSsize_t(position);
}

static PyObject *
sorted_index_of(Sorted *self, PyObject *asked)
{
    int found;
    Py_ssize_t position = sorted_rank_of(self, asked, &found);
    if (position >= 0 && !found) {
        return raise_key_error(asked);
    }
    return position < 0 ? NULL : PyLong_FromSsize_t(position);
}

/* -- iteration --------------------------------------------------------------------------------- */

static PyObject *
sorted_iter(Sorted *self)
{
    return sorted_iterate(self, NULL, KEYS, 1);
}

static PyObject *
sorted_reversed(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_iterate(self, NULL, KEYS, -1);
}

static PyObject *
sorted_keys(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->state->Keys, (Owner *)self, NULL, KEYS);
}

static PyObject *
sorted_values(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->state->Values, (Owner *)self, NULL, VALUES);
}

static PyObject *
sorted_items(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return live_view_new(self->state->Items, (Owner *)self, NULL, ITEMS);
}

/* -- comparison -------------------------------------------------------------------------------- */

/* All pairs as they are now: new references in a new array, which pairs_free frees. NULL and
   MemoryError if there is no memory. */
static Pair *
tree_snapshot(const Tree *tree)
{
    Pair *pairs = PyMem_Malloc(((size_t)tree->used + 1) * sizeof *pairs);
    if (pairs == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    Py_ssize_t count = 0;
    for (Place place = tree_first(tree); place.leaf != NULL; place = place_after(place)) {
        PyObject *value = tree->has_values ? *value_cell(place) : NULL;
        pairs[count++] = (Pair){Py_NewRef(key_at(place)), Py_XNewRef(value)};
    }
    return pairs;
}

static void
pairs_free(Pair *pairs, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; pairs != NULL && i < count; i++) {
        pair_drop(pairs[i]);
    }
    PyMem_Free(pairs);
}

static inline int
is_same(PyObject *left, PyObject *right)
{
    return left == right ? 1 : is_equal(left, right);
}

/* Whether two sorted maps, or two sets, have equal keys and values, one by one. */
static int
is_equal_sorted(Sorted *self, Sorted *other)
{
    Py_ssize_t count = self->tree.used;
    if (count != other->tree.used) {
        return 0;
    }
    Pair *ours = tree_snapshot(&self->tree);
    Pair *theirs = ours == NULL ? NULL : tree_snapshot(&other->tree);
    int equal = theirs == NULL ? -1 : 1;
    for (Py_ssize_t i = 0; equal > 0 && i < count; i++) {
        equal = is_same(ours[i].key, theirs[i].key);
        if (equal > 0 && ours[i].value != NULL) {
            equal = is_same(ours[i].value, theirs[i].value);
        }
    }
    pairs_free(ours, count);
    pairs_free(theirs, count);
    return equal;
}

/* Whether another mapping has an equal value under the key of a pair. A key that cannot be looked
   up there is not there. */
static int
other_has_pair(State *state, PyObject *other, Pair pair)
{
    PyObject *value;
    int found = foreign_get(state, other, pair.key, &value);
    if (found < 0 && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        return 0;
    }
    if (found > 0) {
        found = is_same(pair.value, value);
        Py_DECREF(value);
    }
    return found;
}

static int
sorted_is_equal_to(Sorted *self, PyObject *other)
{
    Py_ssize_t length = PyObject_Size(other), count = self->tree.used;
    if (length != count) {
        return length < 0 ? -1 : 0;
    }
    Pair *pairs = tree_snapshot(&self->tree);
    int equal = pairs == NULL ? -1 : 1;
    for (Py_ssize_t i = 0; equal > 0 && i < count; i++) {
        equal = other_has_pair(self->state, other, pairs[i]);
    }
    pairs_free(pairs, count);
    return equal;
}

static PyObject *
sorted_richcompare(Sorted *self, PyObject *other, int operation)
{
    int equal;
    if (operation != Py_EQ && operation != Py_NE) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (PyObject_TypeCheck(other, self->state->SortedMap)) {
        equal = is_equal_sorted(self, (Sorted *)other);
    }
    else {
        int mapping = PyDict_Check(other) ? 1 : PyObject_IsInstance(other, self->state->Mapping);
        if (mapping <= 0) {
            return mapping < 0 ? NULL : Py_NewRef(Py_NotImplemented);
        }
        equal = sorted_is_equal_to(self, other);
    }
    return equal < 0 ? NULL : PyBool_FromLong(equal == (operation == Py_EQ));
}

/* -- ranges ------------------------------------------------------------------------------------ */

/* Sets *bound to a new reference to the bound that is given (of a view, the built key), or to NULL
   for None. -1 and an exception on failure. */
static int
bound_of(State *state, PyObject *given, PyObject **bound)
{
    *bound = given == Py_None ? NULL : built_key(state, given);
    return given != Py_None && *bound == NULL ? -1 : 0;
}

/* Reads the word that says which bounds are part of the range. -1 and an exception for another
   word. */
static int
read_inclusive(State *state, PyObject *word, Bounds *bounds)
{
    static const char *const words[] = {"left", "right", "both", "neither"};
    for (int i = 0; PyUnicode_Check(word) && i < 4; i++) {
        if (PyUnicode_CompareWithASCIIString(word, words[i]) == 0) {
            bounds->past_start = i == 1 || i == 3;
            bounds->past_stop = i == 1 || i == 2;
            return 0;
        }
    }
    raise_message_about(state, "unknown_inclusive", word);
    return -1;
}

static int
range_read(State *state, PyObject *const *given, Bounds *bounds)
{
    PyObject *start = given[0], *stop = given[1], *inclusive = given[2], *prefix = given[3];
    if (inclusive != NULL && read_inclusive(state, inclusive, bounds) < 0) {
        return -1;
    }
    if (prefix == Py_None) {
        return bound_of(state, start, &bounds->start) < 0 ? -1
                                                          : bound_of(state, stop, &bounds->stop);
    }
    if (start != Py_None || stop != Py_None || bounds->past_start || bounds->past_stop) {
        raise_message(state, "prefix_and_bounds", PyTuple_New(0));
        return -1;
    }
    if (bound_of(state, prefix, &bounds->start) < 0) {
        return -1;
    }
    if (!PyUnicode_Check(bounds->start) && !PyBytes_Check(bounds->start)
        && !PyTuple_Check(bounds->start)) {
        raise_message_about(state, "not_a_prefix", bounds->start);
        return -1;
    }
    bounds->stop = Py_NewRef(bounds->start);
    bounds->prefix = 1;
    return 0;
}

static PyObject *
sorted_range(Sorted *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    State *state = self->state;
    PyObject *given[] = {Py_None, Py_None, NULL, Py_None};
    if (!takes("range", count, 0, 2)) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        given[i] = arguments[i];
    }
    Py_ssize_t named = names == NULL ? 0 : PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < named; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i);
        int prefix = PyUnicode_CompareWithASCIIString(name, "prefix") == 0;
        if (!prefix && PyUnicode_CompareWithASCIIString(name, "inclusive") != 0) {
            return PyErr_Format(PyExc_TypeError, "range() got an unexpected keyword argument %R",
                                name);
        }
        given[2 + prefix] = arguments[count + i];
    }
    PyTypeObject *type = self->tree.has_values ? state->Range : state->SetRange;
    Range *range = PyObject_GC_New(Range, type);
    if (range == NULL) {
        return NULL;
    }
    range->map = (Sorted *)Py_NewRef(self);
    range->bounds = (Bounds){NULL, NULL, 0, 0, 0};
    if (range_read(state, given, &range->bounds) < 0) {
        Py_DECREF(range);
        return NULL;
    }
    PyObject_GC_Track(range);
    return (PyObject *)range;
}

/* -- the type ---------------------------------------------------------------------------------- */

static PyMethodDef sorted_methods[] = {
    METHOD("get", sorted_get, METH_FASTCALL, DOC_SortedMap_get),
    METHOD("get_entry", sorted_get_entry, METH_O, DOC_SortedMap_get_entry),
    METHOD("get_key_value", sorted_get_key_value, METH_O, DOC_SortedMap_get_key_value),
    METHOD("get_many", sorted_get_many, METH_FASTCALL, DOC_SortedMap_get_many),
    METHOD("entry", sorted_entry, METH_O, DOC_SortedMap_entry),
    METHOD("setdefault", sorted_setdefault, METH_FASTCALL, DOC_SortedMap_setdefault),
    METHOD("insert", sorted_insert_method, METH_FASTCALL, DOC_SortedMap_insert),
    METHOD("try_insert", sorted_try_insert, METH_FASTCALL, DOC_SortedMap_try_insert),
    METHOD("get_or_insert_with", sorted_get_or_insert_with, METH_FASTCALL,
           DOC_SortedMap_get_or_insert_with),
    METHOD("merge", sorted_merge_method, METH_FASTCALL, DOC_SortedMap_merge),
    METHOD("update", sorted_update, METH_FASTCALL | METH_KEYWORDS, DOC_SortedMap_update),
    METHOD("update_with", sorted_update_with, METH_FASTCALL, DOC_SortedMap_update_with),
    METHOD("pop", sorted_pop, METH_FASTCALL, DOC_SortedMap_pop),
    METHOD("remove_entry", sorted_remove_entry, METH_O, DOC_SortedMap_remove_entry),
    METHOD("popitem", sorted_popitem, METH_FASTCALL | METH_KEYWORDS, DOC_SortedMap_popitem),
    METHOD("pop_first", sorted_pop_first, METH_NOARGS, DOC_SortedMap_pop_first),
    METHOD("pop_last", sorted_pop_last, METH_NOARGS, DOC_SortedMap_pop_last),
    METHOD("clear", sorted_clear, METH_NOARGS, DOC_SortedMap_clear),
    METHOD("retain", sorted_retain, METH_O, DOC_SortedMap_retain),
    METHOD("extract_if", sorted_extract_if, METH_O, DOC_SortedMap_extract_if),
    METHOD("drain", sorted_drain, METH_NOARGS, DOC_SortedMap_drain),
    METHOD("first_entry", sorted_first, METH_NOARGS, DOC_SortedMap_first_entry),
    METHOD("last_entry", sorted_last, METH_NOARGS, DOC_SortedMap_last_entry),
    METHOD("lower_entry", sorted_lower, METH_O, DOC_SortedMap_lower_entry),
    METHOD("floor_entry", sorted_floor, METH_O, DOC_SortedMap_floor_entry),
    METHOD("ceiling_entry", sorted_ceiling, METH_O, DOC_SortedMap_ceiling_entry),
    METHOD("higher_entry", sorted_higher, METH_O, DOC_SortedMap_higher_entry),
    METHOD("range", sorted_range, METH_FASTCALL | METH_KEYWORDS, DOC_SortedMap_range),
    METHOD("at", sorted_at, METH_O, DOC_SortedMap_at),
    METHOD("index_of", sorted_index_of, METH_O, DOC_SortedMap_index_of),
    METHOD("rank", sorted_rank, METH_O, DOC_SortedMap_rank),
    METHOD("keys", sorted_keys, METH_NOARGS, DOC_SortedMap_keys),
    METHOD("values", sorted_values, METH_NOARGS, DOC_SortedMap_values),
    METHOD("items", sorted_items, METH_NOARGS, DOC_SortedMap_items),
    METHOD("__reversed__", sorted_reversed, METH_NOARGS, "The keys, the greatest first."),
    METHOD("__sizeof__", sorted_sizeof, METH_NOARGS, "The size of the map in memory, in bytes."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef sorted_attributes[] = {
    {"default_factory", (getter)owner_get_default_factory, (setter)owner_set_default_factory,
     PyDoc_STR(DOC_SortedMap_default_factory), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef sorted_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Sorted, weak_references), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

/* Stores the pairs of a source in a map that is being made. An iterator is read into a list first,
   so that its pairs can be stored at once. */
static int
sorted_init_from(Sorted *self, const char *caller, PyObject *source)
{
    int reads_first = self->tree.used == 0 && batch_size(self->state, source) < 0
        && !PyObject_TypeCheck(source, self->state->SortedMap);
    int mapping = reads_first ? has_keys(self->state, source) : 1;
    if (mapping != 0) {
        return mapping < 0 ? -1 : put_all_sorted(self, caller, source, NULL);
    }
    PyObject *pairs = PySequence_List(source);
    int done = pairs == NULL ? -1 : put_all_sorted(self, caller, pairs, NULL);
    Py_XDECREF(pairs);
    return done;
}

static int
sorted_init(Sorted *self, PyObject *arguments, PyObject *keywords)
{
    Py_ssize_t count = PyTuple_GET_SIZE(arguments);
    PyObject *name = PyType_GetName(Py_TYPE(self)); /* HOLD: the source may rename the class. */
    const char *caller = name == NULL ? NULL : PyUnicode_AsUTF8(name);
    /* CPython checks this for a function in Python, but not for one in C. */
    int good = caller != NULL && takes(caller, count, 0, 1)
        && (keywords == NULL || PyArg_ValidateKeywordArguments(keywords));
    PyObject *factory =
        good ? take_keyword(&keywords, self->state->name_default_factory) : (keywords = NULL);
    int done = factory == NULL || owner_set_default_factory((Owner *)self, factory, NULL) < 0
            || (count == 1 && sorted_init_from(self, caller, PyTuple_GET_ITEM(arguments, 0)) < 0)
            || (keywords != NULL && put_all_sorted(self, caller, keywords, NULL) < 0)
        ? -1
        : 0;
    Py_XDECREF(name);
    Py_XDECREF(factory);
    Py_XDECREF(keywords);
    return done;
}

static PyObject *
sorted_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    State *state = state_of_class(type);
    return state == NULL ? NULL : (PyObject *)sorted_new_empty(type, state, 1);
}

static PyType_Slot sorted_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR("SortedMapBase(source=(), /, *, default_factory=None, **kwargs)\n--\n\n"
                       "The base of `keyview.SortedMap` in C; see there.")},
    {Py_tp_new, sorted_new},
    {Py_tp_init, sorted_init},
    {Py_tp_traverse, sorted_traverse},
    {Py_tp_clear, sorted_tp_clear},
    {Py_tp_dealloc, sorted_dealloc},
    {Py_tp_hash, PyObject_HashNotImplemented},
    {Py_tp_richcompare, sorted_richcompare},
    {Py_tp_iter, sorted_iter},
    {Py_mp_length, sorted_length},
    {Py_mp_subscript, sorted_getitem},
    {Py_mp_ass_subscript, sorted_setitem},
    {Py_sq_contains, sorted_contains},
    {Py_tp_methods, sorted_methods},
    {Py_tp_getset, sorted_attributes},
    {Py_tp_members, sorted_members},
    {0, NULL},
};

static PyType_Spec sorted_spec = {"keyview._core.SortedMapBase", sizeof(Sorted), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE
                                      | Py_TPFLAGS_MAPPING,
                                  sorted_slots};

#endif
