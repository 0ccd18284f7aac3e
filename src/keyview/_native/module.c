/* keyview._core, the native backend: one translation unit of the headers here. Read table.h first,
   then owner.h, entry.h and map.h. */
#include "entries.h"
#include "set_adapted.h"

/* -- what the module imports --------------------------------------------------------------------- */

static PyObject *
imported(const char *module, const char *name)
{
    PyObject *found = PyImport_ImportModule(module), *attribute = NULL;
    if (found != NULL) {
        attribute = PyObject_GetAttrString(found, name);
        Py_DECREF(found);
    }
    return attribute;
}

static int
take_from_elsewhere(State *state)
{
    const struct {
        PyObject **to;
        PyObject *object;
    } taken[] = {
        {&state->messages, PyImport_ImportModule("keyview._messages")},
        {&state->owned_key, imported("keyview.views", "owned_key")},
        {&state->built_key, imported("keyview.views", "built_key")},
        {&state->REMOVE, imported("keyview._sentinels", "REMOVE")},
        {&state->MISSING, imported("keyview._sentinels", "MISSING")},
        {&state->OccupiedError, imported("keyview.errors", "OccupiedError")},
        {&state->StaleEntryError, imported("keyview.errors", "StaleEntryError")},
        {&state->Mapping, imported("collections.abc", "Mapping")},
        {&state->MutableMapping, imported("collections.abc", "MutableMapping")},
        {&state->AbstractSet, imported("collections.abc", "Set")},
        {&state->iter, imported("builtins", "iter")},
        {&state->name_key, PyUnicode_InternFromString("__key__")},
        {&state->name_missing, PyUnicode_InternFromString("__missing__")},
        {&state->name_new, PyUnicode_InternFromString("__new__")},
        {&state->name_default_factory, PyUnicode_InternFromString("default_factory")},
        {&state->name_get, PyUnicode_InternFromString("get")},
        {&state->name_keys, PyUnicode_InternFromString("keys")},
        {&state->name_entry, PyUnicode_InternFromString("entry")},
        {&state->name_pop, PyUnicode_InternFromString("pop")},
        {&state->name_append, PyUnicode_InternFromString("append")},
        {&state->name_lt, PyUnicode_InternFromString("__lt__")},
        {&state->name_borrow, PyUnicode_InternFromString("__borrow__")},
        {&state->name_startswith, PyUnicode_InternFromString("startswith")},
        {&state->name_value, PyUnicode_InternFromString("value")},
        {&state->one, PyLong_FromLong(1)},
        {&state->add, imported("operator", "add")},
        {&state->take_state, imported("keyview._state", "take_state")},
    };
    int done = 0;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(taken); i++) {
        *taken[i].to = taken[i].object;
        done = taken[i].object == NULL ? -1 : done;
    }
    return done;
}

/* -- the types ----------------------------------------------------------------------------------- */

static PyTypeObject *
make_type(PyObject *module, PyType_Spec *spec)
{
    return (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
}

static int
set_attribute(PyTypeObject *type, const char *name, PyObject *value)
{
    int done = value == NULL ? -1 : PyObject_SetAttrString((PyObject *)type, name, value);
    Py_XDECREF(value);
    return done;
}

/* A class of live views: `base`, with the methods of the abstract class `added`, registered as a
   subclass of `abstract`. */
static PyTypeObject *
make_live_view(PyTypeObject *base, const char *name, const char *added, const char *abstract)
{
    PyObject *mixin = imported("collections.abc", added);
    PyObject *view = mixin == NULL ? NULL : imported("collections.abc", abstract);
    PyObject *made = NULL, *registered = NULL;
    if (view != NULL) {
        made =
            PyObject_CallFunction((PyObject *)Py_TYPE(view), "s(OO){sssss()}", name, base, mixin,
                                  "__module__", "keyview._core", "__qualname__", name, "__slots__");
    }
    if (made != NULL) {
        registered = PyObject_CallMethod(view, "register", "O", made);
    }
    if (registered == NULL
        || set_attribute((PyTypeObject *)made, "__final__", Py_NewRef(Py_True)) < 0) {
        Py_CLEAR(made);
    }
    Py_XDECREF(mixin);
    Py_XDECREF(view);
    Py_XDECREF(registered);
    return (PyTypeObject *)made;
}

static int
make_live_views(PyObject *module, State *state)
{
    PyTypeObject *base = make_type(module, &live_view_spec), *set = NULL;
    if (base != NULL) {
        set = (PyTypeObject *)PyType_FromModuleAndSpec(module, &set_view_spec, (PyObject *)base);
    }
    state->Keys = set == NULL ? NULL : make_live_view(set, "Keys", "Set", "KeysView");
    state->Values =
        state->Keys == NULL ? NULL : make_live_view(base, "Values", "Collection", "ValuesView");
    state->Items = state->Values == NULL ? NULL : make_live_view(set, "Items", "Set", "ItemsView");
    Py_XDECREF(set);
    Py_XDECREF(base);
    return state->Items == NULL ? -1 : 0;
}

/* The base of a collection that is written in Python. */
static int
make_base(PyObject *module, PyTypeObject **to, PyType_Spec *spec)
{
    *to = make_type(module, spec);
    return *to == NULL || set_attribute(*to, "__slots__", PyTuple_New(0)) < 0
            || PyModule_AddType(module, *to) < 0
        ? -1
        : 0;
}

static int
make_types(PyObject *module, State *state)
{
    const struct {
        PyTypeObject **to;
        PyType_Spec *spec;
        int exported;
    } types[] = {
        {&state->Occupied, &occupied_spec, 1},
        {&state->Vacant, &vacant_spec, 1},
        {&state->Lookup, &lookup_spec, 1},
        {&state->SetLookup, &set_lookup_spec, 1},
        {&state->Concat, &concat_spec, 1},
        {&state->Slice, &slice_spec, 1},
        {&state->TableIterator, &iterator_spec, 0},
        {&state->Extraction, &extraction_spec, 0},
        {&state->Prefixed, &prefixed_spec, 0},
        {&state->Slices, &slices_spec, 0},
        {&state->TreeIterator, &tree_iterator_spec, 0},
        {&state->Range, &range_spec, 1},
        {&state->SetRange, &set_range_spec, 1},
    };
    if (make_base(module, &state->Map, &map_spec) < 0
        || make_base(module, &state->Set, &set_spec) < 0
        || make_base(module, &state->SortedMap, &sorted_spec) < 0
        || make_base(module, &state->SortedSet, &sorted_set_spec) < 0) {
        return -1;
    }
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++) {
        PyTypeObject *type = *types[i].to = make_type(module, types[i].spec);
        if (type == NULL || set_attribute(type, "__final__", Py_NewRef(Py_True)) < 0
            || (types[i].exported && PyModule_AddType(module, type) < 0)) {
            return -1;
        }
    }
    /* Without `__iter__ = None`, iter() would make an iterator that calls __getitem__ with 0, 1, ... */
    if (set_attribute(state->Lookup, "__iter__", Py_NewRef(Py_None)) < 0
        || set_attribute(state->SetLookup, "__iter__", Py_NewRef(Py_None)) < 0
        || set_attribute(state->Occupied, "__match_args__", Py_BuildValue("(ss)", "key", "value"))
            < 0
        || set_attribute(state->Vacant, "__match_args__", Py_BuildValue("(s)", "key")) < 0
        || make_live_views(module, state) < 0) {
        return -1;
    }
    return PyModule_AddObjectRef(module, "Keys", (PyObject *)state->Keys) < 0
            || PyModule_AddObjectRef(module, "Values", (PyObject *)state->Values) < 0
            || PyModule_AddObjectRef(module, "Items", (PyObject *)state->Items) < 0
        ? -1
        : 0;
}

/* Adds Entry to the module: a type alias of the union Occupied[K, V] | Vacant[K, V]. */
static int
add_entry_alias(PyObject *module, State *state)
{
    PyObject *alias = imported("keyview._protocols", "TypeAliasType");
    PyObject *variable = alias == NULL ? NULL : imported("typing", "TypeVar");
    PyObject *key = variable == NULL ? NULL : PyObject_CallFunction(variable, "s", "K");
    PyObject *value = key == NULL ? NULL : PyObject_CallFunction(variable, "s", "V");
    PyObject *variables = value == NULL ? NULL : PyTuple_Pack(2, key, value);
    PyObject *occupied = NULL, *vacant = NULL, *either = NULL, *arguments = NULL, *named = NULL;
    if (variables != NULL) {
        occupied = PyObject_GetItem((PyObject *)state->Occupied, variables);
    }
    if (occupied != NULL) {
        vacant = PyObject_GetItem((PyObject *)state->Vacant, variables);
    }
    if (vacant != NULL) {
        either = PyNumber_Or(occupied, vacant);
    }
    if (either != NULL) {
        arguments = Py_BuildValue("(sO)", "Entry", either);
    }
    if (arguments != NULL) {
        named = Py_BuildValue("{sO}", "type_params", variables);
    }
    PyObject *made = named == NULL ? NULL : PyObject_Call(alias, arguments, named);
    int done = made == NULL ? -1 : PyModule_AddObjectRef(module, "Entry", made);
    PyObject *used[] = {alias,  variable, key,       value, variables, occupied,
                        vacant, either,   arguments, named, made};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(used); i++) {
        Py_XDECREF(used[i]);
    }
    return done;
}

/* -- the module ---------------------------------------------------------------------------------- */

static int
core_exec(PyObject *module)
{
    State *state = PyModule_GetState(module);
    state->module = module;
    if (take_from_elsewhere(state) < 0 || make_types(module, state) < 0
        || add_entry_alias(module, state) < 0) {
        return -1;
    }
    state->text_hashes_agree = text_hashes_agree(state);
    return state->text_hashes_agree < 0 || dicts_are_known(state) < 0 ? -1 : 0;
}

static int
core_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
#define VISIT(type, name) Py_VISIT(state->name);
    EACH_REFERENCE(VISIT)
#undef VISIT
    const FreeList *free_lists[] = {&state->occupied, &state->vacant, &state->maps, &state->sets};
    int visited = 0;
    for (size_t i = 0; visited == 0 && i < Py_ARRAY_LENGTH(free_lists); i++) {
        visited = free_list_traverse(free_lists[i], visit, arg);
    }
    return visited;
}

static int
core_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    free_list_clear(&state->occupied);
    free_list_clear(&state->vacant);
    free_list_clear(&state->maps);
    free_list_clear(&state->sets);
#define CLEAR(type, name) Py_CLEAR(state->name);
    EACH_REFERENCE(CLEAR)
#undef CLEAR
    return 0;
}

static void
core_free(void *module)
{
    State *state = PyModule_GetState((PyObject *)module);
    core_clear((PyObject *)module);
    PyMem_Free(state->scratch);
    state->scratch = NULL;
}

static PyMethodDef core_functions[] = {
    METHOD("adapted", adapted, METH_FASTCALL, "What HashMap.by returns, for a map and an adapter."),
    METHOD("entry", core_entry, METH_FASTCALL, DOC_entry),
    METHOD("prefixed", prefixed, METH_O, DOC_prefixed),
    METHOD("slices_of", slices_of, METH_O, DOC_slices_of),
    METHOD("adapted_set", adapted_set, METH_FASTCALL,
           "What `by` of a set returns, for a set and an adapter."),
    METHOD("copied_set", core_copied_set, METH_FASTCALL,
           "A new set of the same class, with the same elements."),
    METHOD("reserve_set", core_reserve_set, METH_FASTCALL,
           "Promise capacity for additional more elements."),
    METHOD("split_off_set", core_split_off_set, METH_FASTCALL,
           "Move the elements that are not less than a query into a new sorted set."),
    METHOD("specialize_set", core_specialize_set, METH_O,
           "Make the methods of this one class faster."),
    METHOD("copied", core_copied, METH_FASTCALL,
           "A new sorted map of the same class, with the same pairs and default_factory."),
    METHOD("count", core_count, METH_FASTCALL, "Add one to the number under each item."),
    METHOD("fill", core_fill, METH_FASTCALL, "Store one value under each of the keys."),
    METHOD("group", core_group, METH_FASTCALL,
           "Append the value of each pair to the list under its key."),
    METHOD("reduce", core_reduce, METH_FASTCALL,
           "Store the value of each pair, or what is made of it and the one that is there."),
    METHOD("reserve", core_reserve, METH_FASTCALL, "Reserve memory for additional more keys."),
    METHOD("split_off", core_split_off, METH_FASTCALL,
           "Move the keys that are not less than a query into a new sorted map."),
    METHOD("specialize", core_specialize, METH_O,
           "Copy the methods of a map into one subclass, so that CPython calls them fast."),
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot core_slots[] = {
    {Py_mod_exec, core_exec},
#if PY_VERSION_HEX >= 0x030C0000
    /* All that changes is in the module's state. Static data is only read. */
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL},
};

static struct PyModuleDef core_module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "keyview._core",
    .m_doc = PyDoc_STR("The native backend of keyview; keyview._pure is its specification."),
    .m_size = sizeof(State),
    .m_methods = core_functions,
    .m_slots = core_slots,
    .m_traverse = core_traverse,
    .m_clear = core_clear,
    .m_free = core_free,
};

PyMODINIT_FUNC
PyInit__core(void)
{
    return PyModuleDef_Init(&core_module);
}
