/* Short parts of memory, read and written in words: to call memcpy or memcmp would take longer. */
#ifndef KEYVIEW_WORDS_H
#define KEYVIEW_WORDS_H

#include "state.h"

/* Longer text is left to memcpy and memcmp. */
#define FEW_BYTES 64

static inline uint64_t
load_word(const char *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

static inline void
store_word(char *to, uint64_t word)
{
    memcpy(to, &word, sizeof word);
}

/* Less than eight bytes, of which the first is the lowest. */
static inline uint64_t
load_part(const char *from, size_t size)
{
    if (PY_LITTLE_ENDIAN && size >= 4) {
        uint32_t low, high;
        memcpy(&low, from, sizeof low);
        memcpy(&high, from + size - 4, sizeof high); /* Some bytes are in both. */
        return low | (uint64_t)high << 8 * (size - 4);
    }
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) {
        word |= (uint64_t)(unsigned char)from[i] << 8 * i;
    }
    return word;
}

/* Whether two parts of memory of equal size have the same bytes. */
static inline int
same_bytes(const char *left, const char *right, size_t size)
{
    if (size > FEW_BYTES) {
        return memcmp(left, right, size) == 0;
    }
    if (size < 8) {
        return load_part(left, size) == load_part(right, size);
    }
    for (size_t i = 0; i < size - 8; i += 8) {
        if (load_word(left + i) != load_word(right + i)) {
            return 0;
        }
    }
    return load_word(left + size - 8) == load_word(right + size - 8);
}

/* Copies two parts, one after the other. The words of `to` are written whole, as they are hashed next: a
   processor waits when it reads a word whose bytes were written by several instructions. The last word
   may be longer than the parts. */
static inline void
join_bytes(char *to, const char *first, size_t length, const char *second, size_t more)
{
    if (!PY_LITTLE_ENDIAN || length == 0 || length >= 8 || more > FEW_BYTES) {
        memcpy(to, first, length);
        memcpy(to + length, second, more);
        return;
    }
    uint64_t word, rest = load_part(first, length);
    size_t shift = 8 * length;
    for (; more >= 8; more -= 8, second += 8, to += 8) {
        word = load_word(second);
        store_word(to, rest | word << shift);
        rest = word >> (64 - shift);
    }
    word = load_part(second, more);
    store_word(to, rest | word << shift);
    if (length + more > 8) {
        store_word(to + 8, word >> (64 - shift));
    }
}

#endif
