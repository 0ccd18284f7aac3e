/* Concat and Slice: views of a key that is several texts joined, or a part of one. */
#ifndef KEYVIEW_TEXT_VIEWS_H
#define KEYVIEW_TEXT_VIEWS_H

#include "iterators.h"
#include "text.h"

static State *
state_of(PyObject *self)
{
    return PyType_GetModuleState(Py_TYPE(self)); /* The types here are final. */
}

/* 0 if `text` is a str or a contiguous bytes-like object, else -1 and TypeError. */
static int
check_text(State *state, const char *caller, PyObject *text)
{
    if (PyUnicode_Check(text) || PyBytes_CheckExact(text)) {
        return 0;
    }
    Py_buffer view;
    int contiguous = 0;
    if (PyObject_GetBuffer(text, &view, PyBUF_FULL_RO) == 0) {
        contiguous = PyBuffer_IsContiguous(&view, 'C');
        PyBuffer_Release(&view);
    }
    else if (!PyErr_ExceptionMatches(PyExc_TypeError)) {
        return -1;
    }
    else {
        PyErr_Clear();
    }
    if (!contiguous) {
        raise_message(state, "not_text", Py_BuildValue("(sO)", caller, text));
    }
    return contiguous ? 0 : -1;
}

/* The three methods of a view, for both classes. A TextOf writes the text of the view's key to
   *text. */
typedef int (*TextOf)(PyObject *self, Text *text);

static PyObject *
text_view_key(PyObject *self, TextOf text_of)
{
    Text text;
    if (text_of(self, &text) < 0) {
        return NULL;
    }
    PyObject *key = text_key(&text);
    text_end(state_of(self), &text);
    return key;
}

static Py_hash_t
text_view_hash(PyObject *self, TextOf text_of)
{
    State *state = state_of(self);
    Text text;
    if (!state->text_hashes_agree) {
        PyObject *key = text_view_key(self, text_of);
        Py_hash_t hash = key == NULL ? -1 : PyObject_Hash(key);
        Py_XDECREF(key);
        return hash;
    }
    if (text_of(self, &text) < 0) {
        return -1;
    }
    text_hash(&text);
    text_end(state, &text);
    return text.hash;
}

/* Whether the view's key is equal to `other`, as KeyView.__eq__ does; or how the key, which is built, orders. */
static PyObject *
text_view_richcompare(PyObject *self, PyObject *other, int operation, TextOf text_of)
{
    Text text;
    if (text_of(self, &text) < 0) {
        return NULL;
    }
    if (operation != Py_EQ && operation != Py_NE) {
        PyObject *key = text_key(&text);
        PyObject *result = key == NULL ? NULL : PyObject_RichCompare(key, other, operation);
        Py_XDECREF(key);
        text_end(state_of(self), &text);
        return result;
    }
    int equal;
    if (PyUnicode_CheckExact(other) && text.kind != BYTES) {
        equal = kind_of(other) < 0 ? -1 : text_is(&text, other);
    }
    else if (PyBytes_CheckExact(other) && text.kind == BYTES) {
        equal = text_is(&text, other);
    }
    else {
        PyObject *key = text_key(&text);
        equal = key == NULL ? -1 : is_equal(key, other);
        Py_XDECREF(key);
    }
    text_end(state_of(self), &text);
    return equal < 0 ? NULL : PyBool_FromLong(equal == (operation == Py_EQ));
}

/* -- Concat -------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *parts; /* a tuple */
    Py_hash_t hash;  /* -1 before it is computed, and if the parts may change */
    int is_constant; /* whether no part may change */
} Concat;

static PyObject *
concat_of(State *state, PyObject *parts)
{
    Py_ssize_t count = PyTuple_GET_SIZE(parts);
    if (count == 0) {
        return raise_message(state, "no_parts", PyTuple_New(0));
    }
    PyObject *first = PyTuple_GET_ITEM(parts, 0);
    int is_constant = 1;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *part = PyTuple_GET_ITEM(parts, i);
        if (check_text(state, "Concat", part) < 0) {
            return NULL;
        }
        if (PyUnicode_Check(part) != PyUnicode_Check(first)) {
            return raise_message(state, "mixed_parts", PyTuple_Pack(2, first, part));
        }
        is_constant = is_constant && (PyUnicode_Check(part) || PyBytes_CheckExact(part));
    }
    Concat *self = PyObject_GC_New(Concat, state->Concat);
    if (self != NULL) {
        self->parts = Py_NewRef(parts);
        self->hash = -1;
        self->is_constant = is_constant;
        PyObject_GC_Track(self);
    }
    return (PyObject *)self;
}

static int
takes_no_keywords(const char *name, PyObject *keywords)
{
    if (keywords == NULL || PyDict_GET_SIZE(keywords) == 0) {
        return 1;
    }
    PyErr_Format(PyExc_TypeError, "%s() takes no keyword arguments", name);
    return 0;
}

static PyObject *
concat_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    return takes_no_keywords("Concat", keywords) ? concat_of(PyType_GetModuleState(type), arguments)
                                                 : NULL;
}

static int
concat_traverse(Concat *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->parts);
    return 0;
}

static void
concat_dealloc(Concat *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->parts);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static int
concat_text(PyObject *self, Text *text)
{
    PyObject *parts = ((Concat *)self)->parts;
    return text_join(state_of(self), text, &PyTuple_GET_ITEM(parts, 0), PyTuple_GET_SIZE(parts));
}

static PyObject *
concat_key(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return text_view_key(self, concat_text);
}

static Py_hash_t
concat_hash(PyObject *self)
{
    Concat *concat = (Concat *)self;
    if (concat->hash != -1) {
        return concat->hash;
    }
    Py_hash_t hash = text_view_hash(self, concat_text);
    if (concat->is_constant) {
        concat->hash = hash;
    }
    return hash;
}

static PyObject *
concat_richcompare(PyObject *self, PyObject *other, int operation)
{
    return text_view_richcompare(self, other, operation, concat_text);
}

static PyObject *
concat_repr(Concat *self)
{
    PyObject *separator = PyUnicode_FromString(", "), *text = NULL;
    PyObject *shown = separator == NULL ? NULL : PyList_New(0);
    for (Py_ssize_t i = 0; shown != NULL && i < PyTuple_GET_SIZE(self->parts); i++) {
        PyObject *part = PyObject_Repr(PyTuple_GET_ITEM(self->parts, i));
        if (part == NULL || PyList_Append(shown, part) < 0) {
            Py_CLEAR(shown);
        }
        Py_XDECREF(part);
    }
    PyObject *joined = shown == NULL ? NULL : PyUnicode_Join(separator, shown);
    if (joined != NULL) {
        text = PyUnicode_FromFormat("Concat(%U)", joined);
    }
    Py_XDECREF(separator);
    Py_XDECREF(shown);
    Py_XDECREF(joined);
    return text;
}

static PyObject *
concat_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("OO", Py_TYPE(self), ((Concat *)self)->parts);
}

static PyMethodDef concat_methods[] = {
    METHOD("__key__", concat_key, METH_NOARGS, DOC_Concat___key__),
    METHOD("__reduce__", concat_reduce, METH_NOARGS, "For pickle and copy."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot concat_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_Concat)},
    {Py_tp_new, concat_new},
    {Py_tp_traverse, concat_traverse},
    {Py_tp_dealloc, concat_dealloc},
    {Py_tp_hash, concat_hash},
    {Py_tp_richcompare, concat_richcompare},
    {Py_tp_repr, concat_repr},
    {Py_tp_methods, concat_methods},
    {0, NULL},
};

static PyType_Spec concat_spec = {"keyview.Concat", sizeof(Concat), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, concat_slots};

/* -- Slice --------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *buffer;
    PyObject *bounds; /* a slice */
} Slice;

static PyObject *
slice_of(State *state, PyObject *buffer, PyObject *start, PyObject *stop)
{
    PyObject *bounds[] = {start, stop};
    if (check_text(state, "Slice", buffer) < 0) {
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        if (bounds[i] != Py_None && !PyIndex_Check(bounds[i])) {
            return raise_message_about(state, "not_a_bound", bounds[i]);
        }
    }
    PyObject *between = PySlice_New(start, stop, NULL);
    Slice *self = between == NULL ? NULL : PyObject_GC_New(Slice, state->Slice);
    if (self == NULL) {
        Py_XDECREF(between);
        return NULL;
    }
    self->buffer = Py_NewRef(buffer);
    self->bounds = between;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyObject *
slice_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    PyObject *buffer, *start, *stop;
    if (!takes_no_keywords("Slice", keywords)
        || !PyArg_UnpackTuple(arguments, "Slice", 3, 3, &buffer, &start, &stop)) {
        return NULL;
    }
    return slice_of(PyType_GetModuleState(type), buffer, start, stop);
}

static int
slice_traverse(Slice *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->buffer);
    Py_VISIT(self->bounds);
    return 0;
}

static void
slice_dealloc(Slice *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_DECREF(self->buffer);
    Py_DECREF(self->bounds);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static int
slice_text(PyObject *self, Text *text)
{
    Py_ssize_t start, stop, step;
    Slice *slice = (Slice *)self;
    if (PySlice_Unpack(slice->bounds, &start, &stop, &step) < 0) {
        return -1;
    }
    return text_cut(state_of(self), text, slice->buffer, start, stop);
}

static PyObject *
slice_key(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return text_view_key(self, slice_text);
}

static Py_hash_t
slice_hash(PyObject *self)
{
    return text_view_hash(self, slice_text);
}

static PyObject *
slice_richcompare(PyObject *self, PyObject *other, int operation)
{
    return text_view_richcompare(self, other, operation, slice_text);
}

static PyObject *
slice_repr(Slice *self)
{
    PySliceObject *bounds = (PySliceObject *)self->bounds;
    return PyUnicode_FromFormat("Slice(%R, %R, %R)", self->buffer, bounds->start, bounds->stop);
}

static PyObject *
slice_reduce(Slice *self, PyObject *Py_UNUSED(ignored))
{
    PySliceObject *bounds = (PySliceObject *)self->bounds;
    return Py_BuildValue("O(OOO)", Py_TYPE(self), self->buffer, bounds->start, bounds->stop);
}

static PyMethodDef slice_methods[] = {
    METHOD("__key__", slice_key, METH_NOARGS, DOC_Slice___key__),
    METHOD("__reduce__", slice_reduce, METH_NOARGS, "For pickle and copy."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slice_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR(DOC_Slice)},
    {Py_tp_new, slice_new},
    {Py_tp_traverse, slice_traverse},
    {Py_tp_dealloc, slice_dealloc},
    {Py_tp_hash, slice_hash},
    {Py_tp_richcompare, slice_richcompare},
    {Py_tp_repr, slice_repr},
    {Py_tp_methods, slice_methods},
    {0, NULL},
};

static PyType_Spec slice_spec = {"keyview.Slice", sizeof(Slice), 0,
                                 Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slice_slots};

#endif
