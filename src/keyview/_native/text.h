/* Text: the characters of a str or bytes that has not been built, and their hash. */
#ifndef KEYVIEW_TEXT_H
#define KEYVIEW_TEXT_H

#include "table.h"
#include "words.h"

#if PY_VERSION_HEX >= 0x030E0000
#define hash_of_buffer Py_HashBuffer
#else
/* CPython's hash of str and bytes, which 3.13 exports but no longer declares. */
extern Py_hash_t _Py_HashBytes(const void *, Py_ssize_t);
#define hash_of_buffer _Py_HashBytes
#endif

enum { BYTES = 0 }; /* the kind of bytes; that of a str is 1, 2 or 4 bytes a character */

#define ON_THE_STACK 512

typedef struct {
    const char *data; /* in `few`, in `block`, or in an object that the caller has a reference to */
    Py_ssize_t length; /* in characters */
    int kind;
    Py_hash_t hash; /* after text_hash */
    char *block;    /* allocated memory, or NULL */
    size_t block_size;
    char few[ON_THE_STACK];
} Text;

static inline size_t
width_of(int kind)
{
    return kind == BYTES ? 1 : (size_t)kind;
}

static void
text_start(Text *text)
{
    text->block = NULL;
    text->length = 0;
}

/* Memory for `size` bytes of text, until text_end; NULL and MemoryError if there is none. Long text
   uses the state's scratch block, which is taken out of the state so that Python code that runs in
   between cannot write into it. */
static char *
text_memory(State *state, Text *text, size_t size)
{
    if (size <= ON_THE_STACK) {
        return text->few;
    }
    text->block = state->scratch;
    text->block_size = state->scratch_size;
    state->scratch = NULL;
    if (text->block == NULL || text->block_size < size) {
        size_t wanted = size + size / 2;
        char *block = PyMem_Realloc(text->block, wanted);
        if (block == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        text->block = block;
        text->block_size = wanted;
    }
    return text->block;
}

#define LARGEST_SCRATCH 65536

Py_NO_INLINE static void
text_end_block(State *state, Text *text)
{
    if (state->scratch == NULL && text->block_size <= LARGEST_SCRATCH) {
        state->scratch = text->block;
        state->scratch_size = text->block_size;
    }
    else {
        PyMem_Free(text->block);
    }
    text->block = NULL;
}

/* Releases the memory of a text, or gives it back to the state to be used again. */
static inline void
text_end(State *state, Text *text)
{
    if (text->block != NULL) {
        text_end_block(state, text);
    }
}

static inline void
text_hash(Text *text)
{
    text->hash = hash_of_buffer(text->data, text->length * (Py_ssize_t)width_of(text->kind));
}

/* The str or bytes of a text. New reference. */
static PyObject *
text_key(const Text *text)
{
    return text->kind == BYTES ? PyBytes_FromStringAndSize(text->data, text->length)
                               : PyUnicode_FromKindAndData(text->kind, text->data, text->length);
}

/* Whether a key that is exactly str or bytes is equal to a text; 0 for a key of any other class. */
static Py_ALWAYS_INLINE inline int
text_is(const Text *text, PyObject *key)
{
    if (text->kind == BYTES) {
        return PyBytes_CheckExact(key) && PyBytes_GET_SIZE(key) == text->length
            && same_bytes(PyBytes_AS_STRING(key), text->data, (size_t)text->length);
    }
    return PyUnicode_CheckExact(key) && PyUnicode_GET_LENGTH(key) == text->length
        && (text->length == 0 || (int)PyUnicode_KIND(key) == text->kind)
        && same_bytes(PyUnicode_DATA(key), text->data, (size_t)text->length * (size_t)text->kind);
}

/* As table_find_text, whatever the layout is, and the width of the index. */
Py_NO_INLINE static Py_ssize_t
find_text_anywhere(const Table *table, const Text *text)
{
    for (Probe probe = probe_start(table, text->hash);; probe_next(&probe)) {
        Py_ssize_t slot_index = index_get(table, probe.bucket);
        if (slot_index == EMPTY) {
            return ABSENT;
        }
        if (slot_index < 0 || hash_at(table, slot_index) != text->hash) {
            continue;
        }
        PyObject *key = pair_at(table, slot_index)->key;
        if (text_is(text, key)) {
            return slot_index;
        }
        if (!PyUnicode_CheckExact(key) && !PyBytes_CheckExact(key)) {
            return UNSURE;
        }
    }
}

/* As table_find_text, after the slot was found whose key has the same hash: only by chance it is another key. */
Py_NO_INLINE static Py_ssize_t
find_text_at(const Table *table, const Text *text, Py_ssize_t slot_index)
{
    return text_is(text, pair_at(table, slot_index)->key) ? slot_index
                                                          : find_text_anywhere(table, text);
}

/* As find_fitting, in table.h. */
static Py_ALWAYS_INLINE inline Py_ssize_t
find_text(const Table *table, const Text *text, Layout layout, size_t width)
{
    for (Probe probe = probe_start(table, text->hash);; probe_next(&probe)) {
        Py_ssize_t slot_index = index_read(table->index, width, probe.bucket);
        if (slot_index == EMPTY) {
            return ABSENT;
        }
        if (slot_index < 0) {
            continue;
        }
        const char *slot = table->slots + (size_t)slot_index * strides[layout];
        Py_hash_t hash = layout == TEXT ? ((PyASCIIObject *)((const Pair *)slot)->key)->hash
                                        : *hash_in(slot, strides[layout]);
        if (hash == text->hash) {
            return find_text_at(table, text, slot_index);
        }
    }
}

static Py_ALWAYS_INLINE inline Py_ssize_t
find_text_by_width(const Table *table, const Text *text, Layout layout)
{
    switch (index_width(table->bits)) { /* Once, and not for each bucket. */
    case 1: return find_text(table, text, layout, 1);
    case 2: return find_text(table, text, layout, 2);
    case 4: return find_text(table, text, layout, 4);
    default: return find_text(table, text, layout, 8);
    }
}

/* The slot whose key is equal to the text, which has its hash, or ABSENT; UNSURE if a key of another class than str and
   bytes has the same hash, and would have to be compared. Runs no Python code. */
static Py_ssize_t
table_find_text(const Table *table, const Text *text)
{
    switch (table->layout) {
    case TEXT: return find_text_by_width(table, text, TEXT);
    case INTEGER: return ABSENT; /* No text is equal to an int. */
    case ANY: return find_text_by_width(table, text, ANY);
    default: return find_text_by_width(table, text, ELEMENT);
    }
}

/* -- where text comes from ----------------------------------------------------------------------- */

/* The kind of a str, after making it readable, which up to 3.11 may fail: -1 and an exception. */
static inline int
kind_of(PyObject *string)
{
#if PY_VERSION_HEX < 0x030C0000
    if (PyUnicode_READY(string) < 0) {
        return -1;
    }
#endif
    return (int)PyUnicode_KIND(string);
}

/* Copies the characters of a str to memory for characters of an equal or larger kind. */
static void
copy_widened(char *target, int kind, PyObject *string)
{
    int own = (int)PyUnicode_KIND(string);
    Py_ssize_t length = PyUnicode_GET_LENGTH(string);
    const void *data = PyUnicode_DATA(string);
    if (own == kind) {
        memcpy(target, data, (size_t)length * (size_t)kind);
        return;
    }
    for (Py_ssize_t i = 0; i < length; i++) {
        Py_UCS4 character = PyUnicode_READ(own, data, i);
        if (kind == PyUnicode_2BYTE_KIND) {
            ((Py_UCS2 *)target)[i] = (Py_UCS2)character;
        }
        else {
            ((Py_UCS4 *)target)[i] = character;
        }
    }
}

static int
text_too_long(void)
{
    PyErr_SetString(PyExc_OverflowError, "the parts are too long for one key");
    return -1;
}

static int
join_strings(State *state, Text *text, PyObject *const *parts, Py_ssize_t count)
{
    text->kind = PyUnicode_1BYTE_KIND;
    for (Py_ssize_t i = 0; i < count; i++) {
        int kind = kind_of(parts[i]);
        Py_ssize_t length = PyUnicode_GET_LENGTH(parts[i]);
        if (kind < 0) {
            return -1;
        }
        if (length > PY_SSIZE_T_MAX / 8 - text->length) {
            return text_too_long();
        }
        text->length += length;
        text->kind = kind > text->kind ? kind : text->kind;
    }
    char *target = text_memory(state, text, (size_t)text->length * (size_t)text->kind);
    if (target == NULL) {
        return -1;
    }
    text->data = target;
    for (Py_ssize_t i = 0; i < count; i++) {
        copy_widened(target, text->kind, parts[i]);
        target += (size_t)PyUnicode_GET_LENGTH(parts[i]) * (size_t)text->kind;
    }
    return 0;
}

/* The bytes of each part are copied at once, and its buffer released: exporting the next part's
   buffer may run Python code, which may change this one. */
static int
join_buffers(State *state, Text *text, PyObject *const *parts, Py_ssize_t count)
{
    text->kind = BYTES;
    text->data = text->few;
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_buffer view;
        if (PyObject_GetBuffer(parts[i], &view, PyBUF_SIMPLE) < 0) {
            return -1;
        }
        size_t before = (size_t)text->length, size = before + (size_t)view.len;
        const char *joined = text->data;
        if (view.len > PY_SSIZE_T_MAX / 8 - text->length) {
            PyBuffer_Release(&view);
            return text_too_long();
        }
        if (text->block == NULL) {
            char *memory = text_memory(state, text, size);
            if (memory != NULL && memory != joined) {
                memcpy(memory, joined, before);
            }
            joined = memory;
        }
        else if (text->block_size < size) {
            char *block = PyMem_Realloc(text->block, size + size / 2);
            joined = block;
            if (block == NULL) {
                PyErr_NoMemory();
            }
            else {
                text->block = block;
                text->block_size = size + size / 2;
            }
        }
        if (joined == NULL) {
            PyBuffer_Release(&view);
            return -1;
        }
        text->data = joined;
        memcpy((char *)joined + before, view.buf, (size_t)view.len);
        text->length = (Py_ssize_t)size;
        PyBuffer_Release(&view);
    }
    return 0;
}

static int
join_any(State *state, Text *text, PyObject *const *parts, Py_ssize_t count)
{
    text_start(text);
    int done = PyUnicode_Check(parts[0]) ? join_strings(state, text, parts, count)
                                         : join_buffers(state, text, parts, count);
    if (done < 0) {
        text_end(state, text);
    }
    return done;
}

/* Joins two parts of one byte a character. 1; 0 if they do not fit on the stack. */
static Py_ALWAYS_INLINE inline int
join_here(Text *text, int kind, const char *first, Py_ssize_t length, const char *second,
          Py_ssize_t more)
{
    if (length > ON_THE_STACK || more > ON_THE_STACK - length) {
        return 0;
    }
    join_bytes(text->few, first, (size_t)length, second, (size_t)more);
    text->block = NULL;
    text->data = text->few;
    text->length = length + more;
    text->kind = kind;
    return 1;
}

/* As text_join, of two parts of the kind that most are of. 1; 0 if they are not; -1 and an exception on
   failure. */
static Py_ALWAYS_INLINE inline int
join_two(Text *text, PyObject *first, PyObject *second)
{
    if (PyUnicode_Check(first) && PyUnicode_Check(second)) {
        int kind = kind_of(first), other = kind_of(second);
        if (kind < 0 || other < 0) {
            return -1;
        }
        return kind == PyUnicode_1BYTE_KIND && other == kind
            && join_here(text, kind, PyUnicode_DATA(first), PyUnicode_GET_LENGTH(first),
                         PyUnicode_DATA(second), PyUnicode_GET_LENGTH(second));
    }
    return PyBytes_CheckExact(first) && PyBytes_CheckExact(second)
        && join_here(text, BYTES, PyBytes_AS_STRING(first), PyBytes_GET_SIZE(first),
                     PyBytes_AS_STRING(second), PyBytes_GET_SIZE(second));
}

/* Makes *text the concatenation of parts that are all str or all bytes-like. -1 and an exception on
   failure. */
static Py_ALWAYS_INLINE inline int
text_join(State *state, Text *text, PyObject *const *parts, Py_ssize_t count)
{
    int joined = count == 2 ? join_two(text, parts[0], parts[1]) : 0;
    return joined < 0 ? -1 : joined ? 0 : join_any(state, text, parts, count);
}

/* As PySlice_AdjustIndices, with a step of one; but the bounds are right also if nothing is between
   them. How many are between them. */
static inline Py_ssize_t
adjust_bounds(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop)
{
    if (0 <= *start && *start <= *stop && *stop <= length) {
        return *stop - *start;
    }
    Py_ssize_t *bounds[] = {start, stop};
    for (int i = 0; i < 2; i++) {
        Py_ssize_t bound = *bounds[i];
        if (bound < 0) {
            bound = bound + length < 0 ? 0 : bound + length;
        }
        *bounds[i] = bound < length ? bound : length;
    }
    return *start < *stop ? *stop - *start : 0;
}

/* Makes *text a part of a str, text->length characters from `start`. A part may be of a smaller
   kind than the whole, and is then copied. */
static int
cut_string(State *state, Text *text, PyObject *string, Py_ssize_t start)
{
    int own = (int)PyUnicode_KIND(string);
    const char *data = (const char *)PyUnicode_DATA(string) + (size_t)start * (size_t)own;
    Py_UCS4 largest = 0;
    if (own != PyUnicode_1BYTE_KIND) {
        for (Py_ssize_t i = 0; i < text->length; i++) {
            largest |= PyUnicode_READ(own, data, i);
        }
    }
    text->kind = largest < 0x100 ? PyUnicode_1BYTE_KIND
        : largest < 0x10000      ? PyUnicode_2BYTE_KIND
                                 : PyUnicode_4BYTE_KIND;
    if (text->kind == own) {
        text->data = data;
        return 0;
    }
    char *target = text_memory(state, text, (size_t)text->length * (size_t)text->kind);
    if (target == NULL) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < text->length; i++) {
        Py_UCS4 character = PyUnicode_READ(own, data, i);
        if (text->kind == PyUnicode_1BYTE_KIND) {
            ((Py_UCS1 *)target)[i] = (Py_UCS1)character;
        }
        else {
            ((Py_UCS2 *)target)[i] = (Py_UCS2)character;
        }
    }
    text->data = target;
    return 0;
}

static int
cut_buffer(State *state, Text *text, PyObject *buffer, Py_ssize_t start, Py_ssize_t stop)
{
    /* Copy the bytes: the buffer may not stay exported, and releasing it may run Python code. */
    Py_buffer view;
    if (PyObject_GetBuffer(buffer, &view, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    text->kind = BYTES;
    text->length = adjust_bounds(view.len, &start, &stop);
    char *target = text_memory(state, text, (size_t)text->length);
    if (target != NULL && text->length > 0) {
        memcpy(target, (char *)view.buf + start, (size_t)text->length);
    }
    text->data = target;
    PyBuffer_Release(&view);
    return target == NULL ? -1 : 0;
}

/* As text_cut, of anything but bytes. */
static int
cut_other(State *state, Text *text, PyObject *buffer, Py_ssize_t start, Py_ssize_t stop)
{
    text_start(text);
    int done;
    if (!PyUnicode_Check(buffer)) {
        done = cut_buffer(state, text, buffer, start, stop);
    }
    else if (kind_of(buffer) < 0) {
        done = -1;
    }
    else {
        text->length = adjust_bounds(PyUnicode_GET_LENGTH(buffer), &start, &stop);
        done = cut_string(state, text, buffer, start);
    }
    if (done < 0) {
        text_end(state, text);
    }
    return done;
}

/* Makes *text a part of a str or bytes-like object, between bounds that PySlice_Unpack gave. -1 and
   an exception on failure. */
static Py_ALWAYS_INLINE inline int
text_cut(State *state, Text *text, PyObject *buffer, Py_ssize_t start, Py_ssize_t stop)
{
    if (!PyBytes_CheckExact(buffer)) {
        return cut_other(state, text, buffer, start, stop);
    }
    text->block = NULL;
    text->kind = BYTES;
    text->length = adjust_bounds(PyBytes_GET_SIZE(buffer), &start, &stop);
    text->data = PyBytes_AS_STRING(buffer) + start;
    return 0;
}

/* -- whether hash_of_buffer is the hash of str and bytes ----------------------------------------- */

/* 1 if it is for some samples, 0 if not, -1 and an exception on failure. */
static int
text_hashes_agree(State *state)
{
    static const char *const samples[] = {"",
                                          "a",
                                          "key",
                                          "a longer key, of ASCII only",
                                          "\xc3\xa9t\xc3\xa9",
                                          "\xe6\x97\xa5\xe6\x9c\xac",
                                          "\xf0\x9f\x92\xa9 and text"};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(samples); i++) {
        PyObject *keys[] = {PyUnicode_FromString(samples[i]), PyBytes_FromString(samples[i])};
        int agree = keys[0] == NULL || keys[1] == NULL ? -1 : 1;
        for (int k = 0; agree > 0 && k < 2; k++) {
            Text text;
            agree = text_join(state, &text, &keys[k], 1);
            if (agree == 0) {
                text_hash(&text);
                agree = text.hash == PyObject_Hash(keys[k]);
                text_end(state, &text);
            }
        }
        Py_XDECREF(keys[0]);
        Py_XDECREF(keys[1]);
        if (agree <= 0) {
            return agree;
        }
    }
    return 1;
}

#endif
