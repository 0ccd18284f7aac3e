/* Lookup, which HashMap.by returns: a map whose queries an adapter makes. And `prefixed` and
   `slices_of`, two adapters with which a lookup builds neither a query nor a key. */
#ifndef KEYVIEW_ADAPTED_H
#define KEYVIEW_ADAPTED_H

#include "range.h"
#include "text_views.h"

/* -- prefixed and slices_of -------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *text; /* the prefix, or the buffer that slices are taken of */
} Adapter;

static int
adapter_traverse(Adapter *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->text);
    return 0;
}

static void
adapter_dealloc(Adapter *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->text);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static PyObject *
adapter_of(State *state, PyTypeObject *type, const char *caller, PyObject *text)
{
    if (check_text(state, caller, text) < 0) {
        return NULL;
    }
    Adapter *self = PyObject_GC_New(Adapter, type);
    if (self != NULL) {
        self->text = Py_NewRef(text);
        PyObject_GC_Track(self);
    }
    return (PyObject *)self;
}

static PyObject *
prefixed_call(Adapter *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *asked;
    if (!takes_no_keywords("prefixed", keywords)
        || !PyArg_UnpackTuple(arguments, "prefixed", 1, 1, &asked)) {
        return NULL;
    }
    PyObject *parts = PyTuple_Pack(2, self->text, asked);
    PyObject *view = parts == NULL ? NULL : concat_of(state_of((PyObject *)self), parts);
    Py_XDECREF(parts);
    return view;
}

static PyObject *
prefixed_repr(Adapter *self)
{
    return PyUnicode_FromFormat("prefixed(%R)", self->text);
}

static PyObject *
slices_call(Adapter *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *asked;
    State *state = state_of((PyObject *)self);
    if (!takes_no_keywords("slices_of", keywords)
        || !PyArg_UnpackTuple(arguments, "slices_of", 1, 1, &asked)) {
        return NULL;
    }
    if (!PySlice_Check(asked)) {
        return raise_message_about(state, "not_a_slice", asked);
    }
    PySliceObject *bounds = (PySliceObject *)asked;
    if (bounds->step != Py_None) {
        int one = is_equal(bounds->step, state->one);
        if (one <= 0) {
            return one < 0 ? NULL : raise_message_about(state, "slice_with_step", asked);
        }
    }
    return slice_of(state, self->text, bounds->start, bounds->stop);
}

static PyObject *
slices_repr(Adapter *self)
{
    return PyUnicode_FromFormat("slices_of(%R)", self->text);
}

static PyType_Slot prefixed_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("What `prefixed` returns.")},
    {Py_tp_traverse, adapter_traverse},
    {Py_tp_dealloc, adapter_dealloc},
    {Py_tp_call, prefixed_call},
    {Py_tp_repr, prefixed_repr},
    {0, NULL},
};

static PyType_Spec prefixed_spec = {"keyview._core.Prefixed", sizeof(Adapter), 0, FINAL_TYPE,
                                    prefixed_slots};

static PyType_Slot slices_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("What `slices_of` returns.")},
    {Py_tp_traverse, adapter_traverse},
    {Py_tp_dealloc, adapter_dealloc},
    {Py_tp_call, slices_call},
    {Py_tp_repr, slices_repr},
    {0, NULL},
};

static PyType_Spec slices_spec = {"keyview._core.Slices", sizeof(Adapter), 0, FINAL_TYPE,
                                  slices_slots};

static PyObject *
prefixed(PyObject *module, PyObject *prefix)
{
    State *state = PyModule_GetState(module);
    return adapter_of(state, state->Prefixed, "prefixed", prefix);
}

static PyObject *
slices_of(PyObject *module, PyObject *buffer)
{
    State *state = PyModule_GetState(module);
    return adapter_of(state, state->Slices, "slices_of", buffer);
}

/* -- Lookup ------------------------------------------------------------------------------------ */

typedef struct {
    PyObject_HEAD
    Owner *map;
    PyObject *adapter;
} Lookup;

static inline Map *
hashed_map(const Lookup *self)
{
    return (Map *)self->map;
}

static PyObject *
lookup_of(State *state, PyTypeObject *type, PyObject *map, PyObject *adapter)
{
    if (!PyCallable_Check(adapter)) {
        return raise_message_about(state, "adapter_not_callable", adapter);
    }
    Lookup *self = PyObject_GC_New(Lookup, type);
    if (self != NULL) {
        self->map = (Owner *)Py_NewRef(map);
        self->adapter = Py_NewRef(adapter);
        PyObject_GC_Track(self);
    }
    return (PyObject *)self;
}

/* HashMap.by and SortedMap.by call this function to make a Lookup. */
static PyObject *
adapted(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    State *state = PyModule_GetState(module);
    if (!takes("adapted", count, 2, 2)) {
        return NULL;
    }
    if (!PyObject_TypeCheck(arguments[0], state->Map)
        && !PyObject_TypeCheck(arguments[0], state->SortedMap)) {
        return PyErr_Format(PyExc_TypeError, "adapted() takes a map, not %R", arguments[0]);
    }
    return lookup_of(state, state->Lookup, arguments[0], arguments[1]);
}

static PyObject *
lookup_tp_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    return raise_message(PyType_GetModuleState(type), "not_made_by_hand",
                         Py_BuildValue("(ss)", "Lookup", "by"));
}

static int
lookup_traverse(Lookup *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->map);
    Py_VISIT(self->adapter);
    return 0;
}

static void
lookup_dealloc(Lookup *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->map);
    Py_DECREF(self->adapter);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

/* Reads a bound of a slice, as PySlice_Unpack does; `open` is the value of None. 0 if that might run
   Python code. */
static Py_ALWAYS_INLINE inline int
read_bound(PyObject *bound, Py_ssize_t open, Py_ssize_t *value)
{
    if (is_small_int(bound)) {
        *value = small_int(bound);
    }
    else if (PyLong_CheckExact(bound)) {
        *value = PyNumber_AsSsize_t(bound, NULL); /* The nearest, if it is too large. */
    }
    else {
        *value = open;
    }
    return bound == Py_None || PyLong_CheckExact(bound);
}

/* Writes the text of the key that `asked` stands for to *text, without making an object. 1; 0 if
   only the adapter itself can make a query of `asked`; -1 and an exception on failure. */
static Py_ALWAYS_INLINE inline int
lookup_text(Lookup *self, PyObject *asked, Text *text)
{
    State *state = self->map->state;
    PyTypeObject *type = Py_TYPE(self->adapter);
    if (!state->text_hashes_agree) {
        return 0;
    }
    if (type == state->Prefixed) {
        PyObject *prefix = ((Adapter *)self->adapter)->text;
        int joined_here = PyUnicode_Check(prefix)
            ? PyUnicode_Check(asked)
            : PyBytes_CheckExact(asked) || PyByteArray_CheckExact(asked);
        if (!joined_here) {
            return 0;
        }
        PyObject *parts[] = {prefix, asked};
        return text_join(state, text, parts, 2) < 0 ? -1 : 1;
    }
    if (type == state->Slices && PySlice_Check(asked)) {
        PySliceObject *bounds = (PySliceObject *)asked;
        Py_ssize_t start, stop;
        if (!read_bound(bounds->start, 0, &start)
            || !read_bound(bounds->stop, PY_SSIZE_T_MAX, &stop) || bounds->step != Py_None) {
            return 0;
        }
        return text_cut(state, text, ((Adapter *)self->adapter)->text, start, stop) < 0 ? -1 : 1;
    }
    return 0;
}

/* As lookup_find_by, with the query that the adapter makes. */
Py_NO_INLINE static Py_ssize_t
lookup_find_made(Lookup *self, PyObject *asked, PyObject **query,
                 Py_ssize_t (*find)(Map *, PyObject *))
{
    *query = PyObject_CallOneArg(self->adapter, asked);
    return *query == NULL ? FAILED : find(hashed_map(self), *query);
}

/* The slot that `asked` finds, or ABSENT, or FAILED. In *query is NULL, or a new reference to the
   query that was made, for the caller to release after the slot was read (RELEASE LATE, in
   table.h). */
static Py_ALWAYS_INLINE inline Py_ssize_t
lookup_find_by(Lookup *self, PyObject *asked, PyObject **query,
               Py_ssize_t (*find)(Map *, PyObject *))
{
    Text text;
    int done = lookup_text(self, asked, &text);
    *query = NULL;
    if (done > 0) {
        text_hash(&text);
        Py_ssize_t slot_index = table_find_text(&hashed_map(self)->table, &text);
        text_end(self->map->state, &text);
        if (slot_index != UNSURE) {
            return slot_index;
        }
    }
    return done < 0 ? FAILED : lookup_find_made(self, asked, query, find);
}

static Py_ssize_t
lookup_find(Lookup *self, PyObject *asked, PyObject **query)
{
    return lookup_find_by(self, asked, query, map_find);
}

/* SORTED: the value under the key that `asked` stands for, or `missing`; without that, KeyError. */
static PyObject *
lookup_sorted_value(Lookup *self, PyObject *asked, PyObject *missing)
{
    int failed = 1;
    PyObject *query = PyObject_CallOneArg(self->adapter, asked), *value = NULL;
    if (query != NULL) {
        value = sorted_value((Sorted *)self->map, query, missing, &failed);
        Py_DECREF(query);
    }
    return value == NULL && !failed ? raise_key_error(asked) : value;
}

/* SORTED: removes the pair: 1 and its references; -1 and an exception on failure. */
static int
lookup_sorted_take(Lookup *self, PyObject *asked, Pair *taken)
{
    PyObject *query = PyObject_CallOneArg(self->adapter, asked);
    int found = query == NULL ? -1 : sorted_take((Sorted *)self->map, query, taken);
    Py_XDECREF(query);
    return found;
}

/* SORTED: a method of the map, called with the query. */
static PyObject *
lookup_sorted_call(Lookup *self, PyObject *(*method)(Sorted *, PyObject *), PyObject *asked)
{
    PyObject *query = PyObject_CallOneArg(self->adapter, asked);
    PyObject *result = query == NULL ? NULL : method((Sorted *)self->map, query);
    Py_XDECREF(query);
    return result;
}

/* SORTED: the pairs cannot be moved. */
static PyObject *
raise_cannot_reorder(Lookup *self, const char *method)
{
    return raise_message(self->map->state, "cannot_reorder",
                         Py_BuildValue("(sN)", method, name_of_type((PyObject *)self->map)));
}

static PyObject *
lookup_getitem(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return lookup_sorted_value(self, asked, NULL);
    }
    PyObject *query;
    Py_ssize_t slot_index = lookup_find_by(self, asked, &query, map_find);
    PyObject *value = slot_index >= 0 ? value_at(hashed_map(self), slot_index)
        : slot_index == ABSENT        ? raise_key_error(asked)
                                      : NULL;
    Py_XDECREF(query);
    return value;
}

/* Whether what `asked` stands for is there. `find` is that of a hashed collection. */
static int
lookup_contains_by(Lookup *self, PyObject *asked, Py_ssize_t (*find)(Map *, PyObject *))
{
    if (self->map->kind == SORTED) {
        PyObject *wanted = PyObject_CallOneArg(self->adapter, asked);
        int found = wanted == NULL ? -1 : sorted_contains((Sorted *)self->map, wanted);
        Py_XDECREF(wanted);
        return found;
    }
    PyObject *query;
    Py_ssize_t slot_index = lookup_find_by(self, asked, &query, find);
    Py_XDECREF(query);
    return slot_index >= 0 ? 1 : slot_index == ABSENT ? 0 : -1;
}

static int
lookup_contains(Lookup *self, PyObject *asked)
{
    return lookup_contains_by(self, asked, map_find);
}

static PyObject *
lookup_get(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *query;
    if (!takes("get", count, 1, 2)) {
        return NULL;
    }
    if (self->map->kind == SORTED) {
        return lookup_sorted_value(self, arguments[0], count == 2 ? arguments[1] : Py_None);
    }
    Py_ssize_t slot_index = lookup_find(self, arguments[0], &query);
    PyObject *value = slot_index >= 0 ? value_at(hashed_map(self), slot_index)
        : slot_index == FAILED        ? NULL
                                      : Py_NewRef(count == 2 ? arguments[1] : Py_None);
    Py_XDECREF(query);
    return value;
}

static PyObject *
lookup_get_key_value(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return lookup_sorted_call(self, sorted_get_key_value, asked);
    }
    PyObject *query;
    PyObject *pair = pair_or_none(hashed_map(self), lookup_find(self, asked, &query));
    Py_XDECREF(query);
    return pair;
}

static PyObject *
lookup_get_entry(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return lookup_sorted_call(self, sorted_get_entry, asked);
    }
    PyObject *query;
    PyObject *entry = occupied_or_none(hashed_map(self), lookup_find(self, asked, &query));
    Py_XDECREF(query);
    return entry;
}

static PyObject *
lookup_get_many(Lookup *self, PyObject *const *asked, Py_ssize_t count)
{
    PyObject *values = PyTuple_New(count);
    for (Py_ssize_t i = 0; values != NULL && i < count; i++) {
        PyObject *query;
        if (self->map->kind == SORTED) {
            PyObject *value = lookup_sorted_value(self, asked[i], Py_None);
            if (value == NULL) {
                Py_CLEAR(values);
            }
            else {
                PyTuple_SET_ITEM(values, i, value);
            }
            continue;
        }
        Py_ssize_t slot_index = lookup_find(self, asked[i], &query);
        if (slot_index == FAILED) {
            Py_CLEAR(values);
        }
        else {
            PyTuple_SET_ITEM(values, i,
                             slot_index < 0 ? Py_NewRef(Py_None)
                                            : value_at(hashed_map(self), slot_index));
        }
        Py_XDECREF(query);
    }
    return values;
}

static PyObject *
lookup_index_of(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        int found = 0;
        PyObject *wanted = PyObject_CallOneArg(self->adapter, asked);
        Py_ssize_t place =
            wanted == NULL ? -1 : sorted_rank_of((Sorted *)self->map, wanted, &found);
        Py_XDECREF(wanted);
        return place < 0 ? NULL : found ? PyLong_FromSsize_t(place) : raise_key_error(asked);
    }
    PyObject *query;
    Py_ssize_t slot_index = lookup_find(self, asked, &query);
    PyObject *position = slot_index >= 0
        ? PyLong_FromSsize_t(table_position_of(&hashed_map(self)->table, slot_index))
        : slot_index == ABSENT ? raise_key_error(asked)
                               : NULL;
    Py_XDECREF(query);
    return position;
}

/* -- methods that may store a pair: the adapter is always called, because the key may be needed  */

static PyObject *
lookup_entry(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return lookup_sorted_call(self, sorted_entry, asked);
    }
    PyObject *query = PyObject_CallOneArg(self->adapter, asked);
    PyObject *entry = query == NULL ? NULL : map_entry(hashed_map(self), query);
    Py_XDECREF(query);
    return entry;
}

/* Calls a method of the map with the query that the adapter makes of the first argument. */
static PyObject *
lookup_call(Lookup *self, PyObject *(*method)(Map *, PyObject *const *, Py_ssize_t),
            PyObject *(*sorted_method)(Sorted *, PyObject *const *, Py_ssize_t),
            PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *query = PyObject_CallOneArg(self->adapter, arguments[0]);
    if (query == NULL) {
        return NULL;
    }
    PyObject *adapted[] = {query, count > 1 ? arguments[1] : NULL, count > 2 ? arguments[2] : NULL};
    PyObject *result = self->map->kind == SORTED
        ? sorted_method((Sorted *)self->map, adapted, count)
        : method(hashed_map(self), adapted, count);
    Py_DECREF(query);
    return result;
}

static PyObject *
lookup_setdefault(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("setdefault", count, 1, 2)
        ? lookup_call(self, map_setdefault, sorted_setdefault, arguments, count)
        : NULL;
}

static PyObject *
lookup_insert(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("insert", count, 2, 2)
        ? lookup_call(self, map_insert, sorted_insert_method, arguments, count)
        : NULL;
}

static PyObject *
lookup_try_insert(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("try_insert", count, 2, 2)
        ? lookup_call(self, map_try_insert, sorted_try_insert, arguments, count)
        : NULL;
}

static PyObject *
lookup_get_or_insert_with(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("get_or_insert_with", count, 2, 2)
        ? lookup_call(self, map_get_or_insert_with, sorted_get_or_insert_with, arguments, count)
        : NULL;
}

static PyObject *
lookup_merge(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    return takes("merge", count, 3, 3)
        ? lookup_call(self, map_merge, sorted_merge_method, arguments, count)
        : NULL;
}

/* -- removing and moving ----------------------------------------------------------------------- */

static PyObject *
lookup_move_to_end(Lookup *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *taken[] = {NULL, Py_True}, *query;
    if (self->map->kind == SORTED) {
        return raise_cannot_reorder(self, "move_to_end");
    }
    if (!takes_named("move_to_end", arguments, count, names, 1, last_only, taken)) {
        return NULL;
    }
    int last = PyObject_IsTrue(taken[1]);
    if (last < 0) {
        return NULL;
    }
    Py_ssize_t slot_index = lookup_find(self, taken[0], &query);
    int done = slot_index < 0 ? -1 : table_move_to_end(&hashed_map(self)->table, slot_index, last);
    if (slot_index == ABSENT) {
        raise_key_error(taken[0]);
    }
    Py_XDECREF(query);
    return done < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
lookup_remove_entry(Lookup *self, PyObject *asked)
{
    PyObject *query, *pair = pair_new();
    if (pair == NULL) {
        return NULL;
    }
    if (self->map->kind == SORTED) {
        Pair removed;
        int found = lookup_sorted_take(self, asked, &removed);
        if (found > 0) {
            return pair_set(pair, removed.key, removed.value);
        }
        Py_DECREF(pair);
        return found == 0 ? raise_key_error(asked) : NULL;
    }
    Py_ssize_t slot_index = lookup_find(self, asked, &query);
    if (slot_index >= 0) {
        Slot taken = table_remove(&hashed_map(self)->table, slot_index);
        pair_set(pair, taken.key, taken.value);
    }
    else {
        Py_CLEAR(pair);
        if (slot_index == ABSENT) {
            raise_key_error(asked);
        }
    }
    Py_XDECREF(query);
    return pair;
}

static int
lookup_setitem(Lookup *self, PyObject *asked, PyObject *value)
{
    PyObject *query;
    int done = -1;
    if (value != NULL) {
        query = PyObject_CallOneArg(self->adapter, asked);
        done = query == NULL            ? -1
            : self->map->kind == SORTED ? sorted_setitem((Sorted *)self->map, query, value)
                                        : map_setitem(hashed_map(self), query, value);
    }
    else if (self->map->kind == SORTED) {
        Pair removed;
        int found = lookup_sorted_take(self, asked, &removed);
        query = NULL;
        if (found > 0) {
            pair_drop(removed);
            done = 0;
        }
        else if (found == 0) {
            raise_key_error(asked);
        }
    }
    else {
        Py_ssize_t slot_index = lookup_find(self, asked, &query);
        if (slot_index >= 0) {
            slot_drop(table_remove(&hashed_map(self)->table, slot_index));
            done = 0;
        }
        else if (slot_index == ABSENT) {
            raise_key_error(asked);
        }
    }
    Py_XDECREF(query);
    return done;
}

static PyObject *
lookup_swap_remove(Lookup *self, PyObject *asked)
{
    if (self->map->kind == SORTED) {
        return raise_cannot_reorder(self, "swap_remove");
    }
    PyObject *query;
    Py_ssize_t slot_index = lookup_find(self, asked, &query);
    PyObject *value = slot_index >= 0 ? swap_take_value(hashed_map(self), slot_index)
        : slot_index == ABSENT        ? raise_key_error(asked)
                                      : NULL;
    Py_XDECREF(query);
    return value;
}

static PyObject *
lookup_pop(Lookup *self, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("pop", count, 1, 2)) {
        return NULL;
    }
    if (self->map->kind == SORTED) {
        Pair removed;
        int found = lookup_sorted_take(self, arguments[0], &removed);
        if (found <= 0) {
            return found < 0 ? NULL
                : count == 2 ? Py_NewRef(arguments[1])
                             : raise_key_error(arguments[0]);
        }
        Py_DECREF(removed.key);
        return removed.value;
    }
    PyObject *query;
    Py_ssize_t slot_index = lookup_find(self, arguments[0], &query);
    PyObject *value = slot_index >= 0 ? take_value(hashed_map(self), slot_index)
        : slot_index == FAILED        ? NULL
        : count == 2                  ? Py_NewRef(arguments[1])
                                      : raise_key_error(arguments[0]);
    Py_XDECREF(query);
    return value;
}

static PyObject *
lookup_repr(Lookup *self)
{
    return PyUnicode_FromFormat("%R.by(%R)", self->map, self->adapter);
}

static PyMethodDef lookup_methods[] = {
    METHOD("get", lookup_get, METH_FASTCALL, DOC_Lookup_get),
    METHOD("get_key_value", lookup_get_key_value, METH_O, DOC_Lookup_get_key_value),
    METHOD("get_entry", lookup_get_entry, METH_O, DOC_Lookup_get_entry),
    METHOD("get_many", lookup_get_many, METH_FASTCALL, DOC_Lookup_get_many),
    METHOD("index_of", lookup_index_of, METH_O, DOC_Lookup_index_of),
    METHOD("setdefault", lookup_setdefault, METH_FASTCALL, DOC_Lookup_setdefault),
    METHOD("insert", lookup_insert, METH_FASTCALL, DOC_Lookup_insert),
    METHOD("try_insert", lookup_try_insert, METH_FASTCALL, DOC_Lookup_try_insert),
    METHOD("get_or_insert_with", lookup_get_or_insert_with, METH_FASTCALL,
           DOC_Lookup_get_or_insert_with),
    METHOD("merge", lookup_merge, METH_FASTCALL, DOC_Lookup_merge),
    METHOD("move_to_end", lookup_move_to_end, METH_FASTCALL | METH_KEYWORDS,
           DOC_Lookup_move_to_end),
    METHOD("remove_entry", lookup_remove_entry, METH_O, DOC_Lookup_remove_entry),
    METHOD("swap_remove", lookup_swap_remove, METH_O, DOC_Lookup_swap_remove),
    METHOD("entry", lookup_entry, METH_O, DOC_Lookup_entry),
    METHOD("pop", lookup_pop, METH_FASTCALL, DOC_Lookup_pop),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot lookup_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_Lookup)},
    {Py_tp_new, lookup_tp_new},
    {Py_tp_traverse, lookup_traverse},
    {Py_tp_dealloc, lookup_dealloc},
    {Py_tp_repr, lookup_repr},
    {Py_mp_subscript, lookup_getitem},
    {Py_mp_ass_subscript, lookup_setitem},
    {Py_sq_contains, lookup_contains},
    {Py_tp_methods, lookup_methods},
    {0, NULL},
};

static PyType_Spec lookup_spec = {"keyview.Lookup", sizeof(Lookup), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, lookup_slots};

#endif
