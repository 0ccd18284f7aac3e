/* Counts what is allocated during one lookup, or has one allocation of keyview's core fail.

   Of Python's memory only the domains of objects and of PyMem_Malloc are watched. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <unwind.h>

static PyMemAllocatorEx before[2];
static const PyMemAllocatorDomain domains[] = {PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};
static size_t asked; /* how many allocations have been asked for */

/* -- one that fails ------------------------------------------------------------------------------ */

static Py_ssize_t
    to_come; /* how many of the core's allocations succeed before one fails; -1: all do */
static uintptr_t core_start, core_end;

static _Unwind_Reason_Code
look_for_caller(struct _Unwind_Context *context, void *is_core)
{
    uintptr_t address = _Unwind_GetIP(context);
    if (address >= core_start && address < core_end) {
        *(int *)is_core = 1;
        return _URC_END_OF_STACK;
    }
    /* Python code that the core has called, or that calls the core, asks for its own. */
    void *function = _Unwind_FindEnclosingFunction((void *)address);
    return function == (void *)(uintptr_t)_PyEval_EvalFrameDefault ? _URC_END_OF_STACK
                                                                   : _URC_NO_REASON;
}

static int
fails(void)
{
    int is_core = 0;
    asked++;
    if (to_come < 0) {
        return 0;
    }
    _Unwind_Backtrace(look_for_caller, &is_core);
    return is_core && to_come-- == 0;
}

/* -- allocators ---------------------------------------------------------------------------------- */

static void *
watched_malloc(void *context, size_t size)
{
    PyMemAllocatorEx *own = context;
    return fails() ? NULL : own->malloc(own->ctx, size);
}

static void *
watched_calloc(void *context, size_t count, size_t size)
{
    PyMemAllocatorEx *own = context;
    return fails() ? NULL : own->calloc(own->ctx, count, size);
}

static void *
watched_realloc(void *context, void *block, size_t size)
{
    PyMemAllocatorEx *own = context;
    return fails() ? NULL : own->realloc(own->ctx, block, size);
}

static void
watched_free(void *context, void *block)
{
    PyMemAllocatorEx *own = context;
    own->free(own->ctx, block);
}

static void
watch(Py_ssize_t succeeding)
{
    asked = 0;
    to_come = succeeding;
    for (int i = 0; i < 2; i++) {
        PyMemAllocatorEx own = {&before[i], watched_malloc, watched_calloc, watched_realloc,
                                watched_free};
        PyMem_GetAllocator(domains[i], &before[i]);
        PyMem_SetAllocator(domains[i], &own);
    }
}

static void
unwatch(void)
{
    for (int i = 0; i < 2; i++) {
        PyMem_SetAllocator(domains[i], &before[i]);
    }
}

/* -- the module ---------------------------------------------------------------------------------- */

static PyObject *
lookup(const char *how, PyObject *map, PyObject *asked_for, PyObject *get)
{
    PyObject *arguments[] = {map, asked_for};
    int there;
    switch (*how) {
    case '[': return PyObject_GetItem(map, asked_for);
    case 'g': return PyObject_VectorcallMethod(get, arguments, 2, NULL);
    default:
        there = PySequence_Contains(map, asked_for);
        return there < 0 ? NULL : Py_NewRef(there ? Py_True : Py_False);
    }
}

/* count(how, map, asked): how is "[]", "get" or "in". */
static PyObject *
count(PyObject *module, PyObject *arguments)
{
    const char *how;
    PyObject *map, *asked_for;
    if (!PyArg_ParseTuple(arguments, "sOO", &how, &map, &asked_for)) {
        return NULL;
    }
    PyObject *get = PyUnicode_InternFromString("get");
    /* An object from a free list would not be seen: a full collection empties them all, but for the one
       slice that 3.11 and 3.12 keep. */
    PyGC_Collect();
    PyObject *kept = PySlice_New(NULL, NULL, NULL);
    watch(-1);
    PyObject *result = lookup(how, map, asked_for, get);
    unwatch();
    Py_XDECREF(kept);
    Py_XDECREF(get);
    if (result == NULL) {
        return NULL;
    }
    Py_DECREF(result);
    return PyLong_FromSize_t(asked);
}

/* fail(number, start, end): the allocation of that number, from 0, fails if it is asked for by code
   between those addresses; the others succeed. */
static PyObject *
fail(PyObject *module, PyObject *arguments)
{
    Py_ssize_t number;
    unsigned long long start, end;
    if (!PyArg_ParseTuple(arguments, "nKK", &number, &start, &end)) {
        return NULL;
    }
    core_start = (uintptr_t)start;
    core_end = (uintptr_t)end;
    watch(number);
    Py_RETURN_NONE;
}

/* stop(): ends what fail() began; whether an allocation has failed. */
static PyObject *
stop(PyObject *module, PyObject *ignored)
{
    unwatch();
    return PyBool_FromLong(to_come < 0);
}

static PyMethodDef functions[] = {
    {"count", count, METH_VARARGS, NULL},
    {"fail", fail, METH_VARARGS, NULL},
    {"stop", stop, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef allocations = {PyModuleDef_HEAD_INIT, .m_name = "allocations",
                                         .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC
PyInit_allocations(void)
{
    return PyModule_Create(&allocations);
}
