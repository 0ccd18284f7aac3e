/* The order of keys: comparisons that run no Python code, and digests, which save most comparisons.

   A key's code is a sequence of bytes; compared byte by byte, codes are in the order of their keys.
   A digest is the first eight bytes of a code, as a number, most significant byte first. Unequal
   digests therefore decide which key is less; if digests are equal, the keys are compared. Keys
   whose comparison runs Python code have no digest.

   The digests of one tree leave out the prefix, which the codes of all its keys have in common.
   Only digests of codes of one kind can be compared. */
#ifndef KEYVIEW_ORDER_H
#define KEYVIEW_ORDER_H

#include "state.h"

/* -- comparing --------------------------------------------------------------------------------- */

/* The result of comparing two objects is -1, 0 or 1; or UNKNOWN, if that may run Python code or may
   fail. */
enum { UNKNOWN = 2 };

/* Tuples that are nested deeper are compared by Python, which limits its recursion. */
enum { DEEPEST_TUPLE = 8 };

static inline int
compare_numbers(int64_t left, int64_t right)
{
    return (left > right) - (left < right);
}

/* Sets *value to the value of an exact int, and returns 0. If the int is too large or too small,
   returns 1 or -1, and *value is the nearest number. */
static inline int
int64_of(PyObject *number, int64_t *value)
{
#if PY_VERSION_HEX >= 0x030C0000
    if (PyUnstable_Long_IsCompact((PyLongObject *)number)) {
        *value = PyUnstable_Long_CompactValue((PyLongObject *)number);
        return 0;
    }
#endif
    int overflow;
    long long found = PyLong_AsLongLongAndOverflow(number, &overflow);
    *value = overflow == 0 ? (int64_t)found : overflow > 0 ? INT64_MAX : INT64_MIN;
    return overflow;
}

static int
compare_ints(PyObject *left, PyObject *right)
{
    int64_t left_value, right_value;
    int left_overflow = int64_of(left, &left_value);
    int right_overflow = int64_of(right, &right_value);
    if (left_overflow == 0 || left_overflow != right_overflow) {
        int order = compare_numbers(left_value, right_value);
        return order != 0 ? order : compare_numbers(left_overflow, right_overflow);
    }
    /* Both are too large. The answers are True or False: neither call can fail, and both objects
       outlive their release. */
    PyObject *answer = PyLong_Type.tp_richcompare(left, right, Py_LT);
    Py_DECREF(answer);
    if (answer == Py_True) {
        return -1;
    }
    answer = PyLong_Type.tp_richcompare(left, right, Py_EQ);
    Py_DECREF(answer);
    return answer != Py_True;
}

static inline int
compare_bytes(const void *left, Py_ssize_t left_length, const void *right, Py_ssize_t right_length)
{
    Py_ssize_t common = Py_MIN(left_length, right_length);
    int order = memcmp(left, right, (size_t)common);
    return order != 0 ? (order > 0) - (order < 0) : compare_numbers(left_length, right_length);
}

static inline int
compare_text(PyObject *left, PyObject *right)
{
    if (PyUnicode_KIND(left) == PyUnicode_1BYTE_KIND
        && PyUnicode_KIND(right) == PyUnicode_1BYTE_KIND) {
        return compare_bytes(PyUnicode_DATA(left), PyUnicode_GET_LENGTH(left),
                             PyUnicode_DATA(right), PyUnicode_GET_LENGTH(right));
    }
    return PyUnicode_Compare(left, right);
}

static int compare_tuples(PyObject *left, PyObject *right, int depth);

/* Compares exact str, int, bytes, float other than NaN, and tuples of them. */
static inline int
compare_at_depth(PyObject *left, PyObject *right, int depth)
{
    PyTypeObject *type = Py_TYPE(left);
    if (type != Py_TYPE(right)) {
        return UNKNOWN;
    }
    if (type == &PyUnicode_Type) {
        return compare_text(left, right);
    }
    if (type == &PyLong_Type) {
        return compare_ints(left, right);
    }
    if (type == &PyTuple_Type) {
        return depth == DEEPEST_TUPLE ? UNKNOWN : compare_tuples(left, right, depth + 1);
    }
    if (type == &PyFloat_Type) {
        double left_value = PyFloat_AS_DOUBLE(left), right_value = PyFloat_AS_DOUBLE(right);
        if (left_value != left_value || right_value != right_value) {
            return UNKNOWN;
        }
        return (left_value > right_value) - (left_value < right_value);
    }
    if (type == &PyBytes_Type) {
        return compare_bytes(PyBytes_AS_STRING(left), PyBytes_GET_SIZE(left),
                             PyBytes_AS_STRING(right), PyBytes_GET_SIZE(right));
    }
    return UNKNOWN;
}

/* As in Python, the first elements that are neither the same object nor equal decide. */
static int
compare_tuples(PyObject *left, PyObject *right, int depth)
{
    Py_ssize_t left_length = PyTuple_GET_SIZE(left), right_length = PyTuple_GET_SIZE(right);
    for (Py_ssize_t i = 0; i < left_length && i < right_length; i++) {
        PyObject *left_item = PyTuple_GET_ITEM(left, i), *right_item = PyTuple_GET_ITEM(right, i);
        int order = left_item == right_item ? 0 : compare_at_depth(left_item, right_item, depth);
        if (order != 0) {
            return order;
        }
    }
    return compare_numbers(left_length, right_length);
}

/* Compares two objects without running Python code. -1, 0, 1, or UNKNOWN. */
static inline int
compare_without_python(PyObject *left, PyObject *right)
{
    return compare_at_depth(left, right, 0);
}

/* -- codes ------------------------------------------------------------------------------------- */

/* The kinds of codes. The kind of a tuple is CODE_TUPLE + 8 * the kind of its first element + that
   of its second. */
enum {
    CODE_NONE, /* no key yet; in a tuple: no such element */
    CODE_INT,
    CODE_FLOAT,
    CODE_TEXT,
    CODE_BYTES,
    CODE_REST,  /* in a tuple: the second element has no code */
    CODE_OTHER, /* no code */
    CODE_TUPLE = 64
};

enum { LONGEST_PREFIX = 48, DIGEST_BYTES = 8, LONGEST_CODE = LONGEST_PREFIX + DIGEST_BYTES };

/* The kind of the keys of one tree, and the prefix of their codes. */
typedef struct {
    int kind;
    int prefix_length; /* 0 for int and float, whose digests are not made of a code */
    unsigned char prefix[LONGEST_PREFIX];
} Coding;

/* The start of a code: in `made`, or in the memory of the key. */
typedef struct {
    const unsigned char *bytes;
    Py_ssize_t length;
    Py_ssize_t limit; /* how many bytes to make: as many as the caller needs */
    unsigned char made[LONGEST_CODE];
} Code;

static inline void
code_add(Code *code, uint32_t byte)
{
    if (code->length < code->limit) {
        code->made[code->length++] = (unsigned char)byte;
    }
}

/* Adds a character in UTF-8, which has the order of the characters; lone surrogates, too. */
static void
code_add_character(Code *code, Py_UCS4 character)
{
    if (character < 0x80) {
        code_add(code, character);
        return;
    }
    if (character < 0x800) {
        code_add(code, 0xC0 | character >> 6);
    }
    else {
        if (character < 0x10000) {
            code_add(code, 0xE0 | character >> 12);
        }
        else {
            code_add(code, 0xF0 | character >> 18);
            code_add(code, 0x80 | (character >> 12 & 0x3F));
        }
        code_add(code, 0x80 | (character >> 6 & 0x3F));
    }
    code_add(code, 0x80 | (character & 0x3F));
}

/* Adds a byte of an element of a tuple. The element ends with 0, so that the shorter of two is
   less; a byte of 0 or 1 is therefore escaped. */
static inline void
code_add_escaped(Code *code, unsigned char byte)
{
    if (byte <= 1) {
        code_add(code, 1);
    }
    code_add(code, byte <= 1 ? byte + 1u : byte);
}

static void
code_add_text(Code *code, PyObject *text, int escaped)
{
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t i = 0; i < length && code->length < code->limit; i++) {
        Py_UCS4 character = PyUnicode_READ(kind, data, i);
        if (escaped && character <= 1) {
            code_add_escaped(code, (unsigned char)character);
        }
        else {
            code_add_character(code, character);
        }
    }
}

static inline uint64_t
float_digest(double value)
{
    uint64_t bits;
    value = value == 0 ? 0.0 : value; /* 0.0 and -0.0 are equal. */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static inline uint64_t
int_digest(int64_t value)
{
    return (uint64_t)value ^ (uint64_t)1 << 63;
}

/* Adds an int: the number of its bytes, counted downwards if it is negative, then the bytes. 0 if
   the int is too large for its code: then no other element may be added. */
static int
code_add_int(Code *code, PyObject *number)
{
    int64_t value;
    int overflow = int64_of(number, &value);
    uint64_t size = value < 0 ? ~(uint64_t)value : (uint64_t)value;
    int bytes = 0;
    while (bytes < 8 && size >> 8 * bytes != 0) {
        bytes++;
    }
    code_add(code, value < 0 ? 0x7Fu - (unsigned)bytes : 0x80u + (unsigned)bytes);
    for (int i = bytes - 1; i >= 0; i--) {
        code_add(code, (uint32_t)((uint64_t)value >> 8 * i) & 0xFF);
    }
    return overflow == 0 && value != INT64_MAX && value != INT64_MIN;
}

static void
code_add_float(Code *code, double value)
{
    uint64_t digest = float_digest(value);
    for (int i = 7; i >= 0; i--) {
        code_add(code, (uint32_t)(digest >> 8 * i) & 0xFF);
    }
}

static inline int
kind_of_single(PyObject *key)
{
    PyTypeObject *type = Py_TYPE(key);
    if (type == &PyUnicode_Type) {
        return CODE_TEXT;
    }
    if (type == &PyLong_Type) {
        return CODE_INT;
    }
    if (type == &PyFloat_Type) {
        double value = PyFloat_AS_DOUBLE(key);
        return value == value ? CODE_FLOAT : CODE_OTHER;
    }
    return type == &PyBytes_Type ? CODE_BYTES : CODE_OTHER;
}

/* Adds an element of a tuple; 0 if no other element may be added after it. */
static int
code_add_element(Code *code, PyObject *element, int kind)
{
    switch (kind) {
    case CODE_INT: return code_add_int(code, element);
    case CODE_FLOAT: code_add_float(code, PyFloat_AS_DOUBLE(element)); return 1;
    case CODE_TEXT: code_add_text(code, element, 1); break;
    default:
        for (Py_ssize_t i = 0; i < PyBytes_GET_SIZE(element) && code->length < code->limit; i++) {
            code_add_escaped(code, (unsigned char)PyBytes_AS_STRING(element)[i]);
        }
    }
    code_add(code, 0);
    return 1;
}

static int
kind_of_tuple(PyObject *tuple)
{
    int kinds[] = {CODE_NONE, CODE_NONE};
    Py_ssize_t length = PyTuple_GET_SIZE(tuple);
    for (Py_ssize_t i = 0; i < length && i < 2; i++) {
        kinds[i] = kind_of_single(PyTuple_GET_ITEM(tuple, i));
    }
    if (kinds[0] == CODE_OTHER) {
        return CODE_OTHER;
    }
    return CODE_TUPLE + 8 * kinds[0] + (kinds[1] == CODE_OTHER ? CODE_REST : kinds[1]);
}

/* The kind of a key's code, or CODE_OTHER. */
static inline int
kind_of_key(PyObject *key)
{
    return Py_TYPE(key) == &PyTuple_Type ? kind_of_tuple(key) : kind_of_single(key);
}

/* Makes the start of the code of a key of this kind, which is neither int nor float: at least the
   bytes up to the limit. */
static inline void
code_make(Code *code, PyObject *key, int kind, Py_ssize_t limit)
{
    code->length = 0;
    code->limit = limit;
    code->bytes = code->made;
    if (kind == CODE_TEXT && PyUnicode_IS_ASCII(key)) {
        code->bytes = PyUnicode_1BYTE_DATA(key);
        code->length = PyUnicode_GET_LENGTH(key);
    }
    else if (kind == CODE_TEXT) {
        code_add_text(code, key, 0);
    }
    else if (kind == CODE_BYTES) {
        code->bytes = (const unsigned char *)PyBytes_AS_STRING(key);
        code->length = PyBytes_GET_SIZE(key);
    }
    else {
        int kinds[] = {(kind - CODE_TUPLE) / 8, kind % 8};
        for (int i = 0; i < 2 && kinds[i] != CODE_NONE && kinds[i] != CODE_REST; i++) {
            if (!code_add_element(code, PyTuple_GET_ITEM(key, i), kinds[i])) {
                break;
            }
        }
    }
}

/* -- digests ----------------------------------------------------------------------------------- */

/* The first eight bytes as a number; missing bytes are 0. */
static inline uint64_t
first_eight(const unsigned char *bytes, Py_ssize_t length)
{
    if (length >= DIGEST_BYTES) {
        return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 | (uint64_t)bytes[2] << 40
            | (uint64_t)bytes[3] << 32 | (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16
            | (uint64_t)bytes[6] << 8 | (uint64_t)bytes[7];
    }
    uint64_t digest = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        digest |= (uint64_t)bytes[i] << (56 - 8 * i);
    }
    return digest;
}

/* How many bytes of the prefix a code begins with. */
static inline int
prefix_in(const Coding *coding, const Code *code)
{
    /* Most codes begin with the whole prefix: compare it at once. */
    if (code->length >= coding->prefix_length
        && memcmp(code->bytes, coding->prefix, (size_t)coding->prefix_length) == 0) {
        return coding->prefix_length;
    }
    int common = 0;
    while (common < coding->prefix_length && common < code->length
           && code->bytes[common] == coding->prefix[common]) {
        common++;
    }
    return common;
}

/* The digest of a key of the coding's kind, which is not CODE_OTHER. A key without the prefix is
   less or greater than all keys that have it: its digest is the least or the greatest. */
static inline uint64_t
digest_of(const Coding *coding, PyObject *key)
{
    if (coding->kind == CODE_INT) {
        int64_t value;
        int64_of(key, &value);
        return int_digest(value);
    }
    if (coding->kind == CODE_FLOAT) {
        return float_digest(PyFloat_AS_DOUBLE(key));
    }
    Code code;
    code_make(&code, key, coding->kind, coding->prefix_length + DIGEST_BYTES);
    if (coding->prefix_length == 0) {
        return first_eight(code.bytes, code.length);
    }
    int common = prefix_in(coding, &code);
    if (common < coding->prefix_length) {
        int before = common == code.length || code.bytes[common] < coding->prefix[common];
        return before ? 0 : UINT64_MAX;
    }
    return first_eight(code.bytes + common, code.length - common);
}

static inline int
has_prefix(int kind)
{
    return kind == CODE_TEXT || kind == CODE_BYTES || kind >= CODE_TUPLE;
}

/* Makes the start of a key's code the prefix; `coding_share` then shortens it to what another key's
   code begins with, too. */
static void
coding_start(Coding *coding, PyObject *key)
{
    Code code;
    code_make(&code, key, coding->kind, LONGEST_PREFIX);
    coding->prefix_length = (int)Py_MIN(code.length, LONGEST_PREFIX);
    memcpy(coding->prefix, code.bytes, (size_t)coding->prefix_length);
}

static inline void
coding_share(Coding *coding, PyObject *key)
{
    Code code;
    code_make(&code, key, coding->kind, coding->prefix_length);
    coding->prefix_length = prefix_in(coding, &code);
}

/* Whether a key of the coding's kind has the prefix. */
static inline int
coding_fits(const Coding *coding, PyObject *key)
{
    if (coding->prefix_length == 0) {
        return 1;
    }
    Code code;
    code_make(&code, key, coding->kind, coding->prefix_length);
    return prefix_in(coding, &code) == coding->prefix_length;
}

#endif
