/* The tree: pairs in the order of their keys, in leaves that are linked to each other, below inner
   nodes in which a search finds its leaf. A B+tree: all leaves are at one depth.

       Inner    +--------+-------+------------+---------------+--------------+--------------+
                | parent | count | 64 digests | 64 keys       | 64 children  | 64 counts    |
                +--------+-------+------------+---------------+--------------+--------------+
                                                -    m    t     |    |    |    40   64   12
                                  +-----------------------------+    |    +-----------+
                                  v                                  v                v
       Leaf     +--------+------+----------+-------+----------+   +-------------+   +-------+
                | parent | next | previous | count | capacity |   | m, n, ...   |   | t ... |
                +--------+------+----------+-------+----------+   +-------------+   +-------+
                | digests        | keys         | values      |     each leaf is one block,
                +----------------+--------------+-------------+     each inner node, too
                  `capacity` of each; a set's leaf has no values

   - A leaf owns its keys and values. The keys in inner nodes are borrowed: keys[i] is exactly the
     first key below children[i], and is replaced when that key is removed; keys[0] is not used.
     counts[i] is how many pairs are below children[i].
   - A full leaf is split only if it cannot move pairs to a neighbour, so trees that are filled at
     random are more than three quarters full. Keys that are appended leave full leaves behind. A
     leaf or inner node less than a quarter full is merged with a neighbour, or takes from it.
   - The only leaf of a small tree has a capacity of 4 pairs, then of 8, 16, ... LEAF.
   - A change first allocates all memory that it needs. If that fails, the tree is unchanged.

   RELEASE LATE, SAME VERSION and HOLD, at the head of table.h, hold for trees. Only `tree_ask` and
   `prefix_end_less` run Python code, which may change the tree. They then return CHANGED, and the
   search starts over. */
#ifndef KEYVIEW_TREE_H
#define KEYVIEW_TREE_H

#include "order.h"
#include "owner.h"
#include "table.h"

/* The sizes of nodes: other ones are for tests, which see more splits with few keys. */
#ifndef KEYVIEW_NODE
#define KEYVIEW_NODE 64
#endif

enum {
    LEAF = KEYVIEW_NODE,  /* pairs in a leaf, at most */
    INNER = KEYVIEW_NODE, /* children of an inner node, at most; no inner node has less than two */
    SMALLEST_LEAF = 4,
    FREE_TO_SHARE = LEAF < 16 ? 2 : LEAF / 8, /* unused pairs of a neighbour that takes some */
    MOST_ATTEMPTS = 100                       /* of a search, if the tree changes during each */
};

/* Besides 0, 1 and FAILED, the result of a comparison during which Python code changed the tree. */
enum { CHANGED = -3 };

typedef struct Inner Inner;

/* Both kinds of node start with their parent. */
typedef struct Leaf {
    Inner *parent;
    struct Leaf *next, *previous;
    int count, capacity;
    uint64_t digests[]; /* `capacity` of them, then the keys, then the values */
} Leaf;

struct Inner {
    Inner *parent;
    int count;
    uint64_t digests[INNER]; /* of the keys */
    PyObject *keys[INNER];   /* borrowed */
    void *children[INNER];
    Py_ssize_t counts[INNER];
};

typedef struct {
    void *root; /* NULL, or a Leaf if the height is 0, else an Inner */
    int height;
    char has_values;
    Coding coding;
    Py_ssize_t used; /* keys stored */
    Leaf *first, *last;
    size_t bytes;     /* of memory in all nodes */
    uint64_t version; /* counts every change that moves, adds or removes a pair */
} Tree;

/* Where a pair is, or would be inserted, until the version changes. In an empty tree, `leaf` is
   NULL. */
typedef struct {
    Leaf *leaf;
    int index;
} Place;

/* What is looked for. */
typedef struct {
    State *state;
    PyObject *object; /* is compared with keys */
    PyObject *key;    /* is stored if absent; NULL for a view whose key has not been built */
    PyObject *built;  /* NULL, or the key of a view: an owned reference */
    uint64_t digest;
    char by_digest;  /* whether digests decide */
    char prefix_end; /* whether the end of the keys that begin with `object` is looked for */
    int attempts;    /* how often the tree has changed during the search */
} Query;

static void
tree_init(Tree *tree, int has_values)
{
    memset(tree, 0, sizeof *tree);
    tree->has_values = (char)has_values;
}

/* -- nodes ------------------------------------------------------------------------------------- */

static inline PyObject **
keys_of(Leaf *leaf)
{
    return (PyObject **)(leaf->digests + leaf->capacity);
}

static inline PyObject **
values_of(Leaf *leaf)
{
    return keys_of(leaf) + leaf->capacity;
}

static inline PyObject *
key_at(Place place)
{
    return keys_of(place.leaf)[place.index];
}

/* Not for a set, which has no values. */
static inline PyObject **
value_cell(Place place)
{
    return &values_of(place.leaf)[place.index];
}

static inline size_t
leaf_bytes(const Tree *tree, int capacity)
{
    return sizeof(Leaf) + (size_t)capacity * (tree->has_values ? 24 : 16);
}

static Leaf *
leaf_new(Tree *tree, int capacity)
{
    Leaf *leaf = PyMem_Malloc(leaf_bytes(tree, capacity));
    if (leaf == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    tree->bytes += leaf_bytes(tree, capacity);
    leaf->parent = NULL;
    leaf->next = leaf->previous = NULL;
    leaf->count = 0;
    leaf->capacity = capacity;
    return leaf;
}

static void
leaf_free(Tree *tree, Leaf *leaf)
{
    tree->bytes -= leaf_bytes(tree, leaf->capacity);
    PyMem_Free(leaf);
}

static void
inner_free(Tree *tree, Inner *inner)
{
    tree->bytes -= sizeof *inner;
    PyMem_Free(inner);
}

/* Frees unused inner nodes, which are linked by `parent`. */
static void
spare_free(Tree *tree, Inner *spare)
{
    while (spare != NULL) {
        Inner *next = spare->parent;
        inner_free(tree, spare);
        spare = next;
    }
}

/* Allocates `count` inner nodes, linked by `parent`, in *spare. -1 and MemoryError on failure. */
static int
spare_new(Tree *tree, Py_ssize_t count, Inner **spare)
{
    *spare = NULL;
    for (; count > 0; count--) {
        Inner *inner = PyMem_Malloc(sizeof *inner);
        if (inner == NULL) {
            spare_free(tree, *spare);
            *spare = NULL;
            PyErr_NoMemory();
            return -1;
        }
        tree->bytes += sizeof *inner;
        inner->parent = *spare;
        inner->count = 0;
        *spare = inner;
    }
    return 0;
}

static inline Inner *
spare_take(Inner **spare)
{
    Inner *taken = *spare;
    *spare = taken->parent;
    taken->parent = NULL;
    return taken;
}

static inline Inner *
parent_of(const void *node)
{
    return *(Inner *const *)node;
}

static inline void
set_parent(void *node, Inner *parent)
{
    *(Inner **)node = parent;
}

static inline int
child_at(const Inner *inner, const void *child)
{
    int at = 0;
    while (inner->children[at] != child) {
        at++;
    }
    return at;
}

/* Moves pairs, with their references. */
static inline void
leaf_copy(const Tree *tree, Leaf *to, int to_index, Leaf *from, int from_index, int count)
{
    size_t size = (size_t)count * sizeof(void *);
    memmove(to->digests + to_index, from->digests + from_index, (size_t)count * sizeof(uint64_t));
    memmove(keys_of(to) + to_index, keys_of(from) + from_index, size);
    if (tree->has_values) {
        memmove(values_of(to) + to_index, values_of(from) + from_index, size);
    }
}

/* Makes a hole for `count` pairs. */
static inline void
leaf_open(const Tree *tree, Leaf *leaf, int index, int count)
{
    leaf_copy(tree, leaf, index + count, leaf, index, leaf->count - index);
    leaf->count += count;
}

/* Closes the hole of `count` pairs that were moved away. */
static inline void
leaf_close(const Tree *tree, Leaf *leaf, int index, int count)
{
    leaf->count -= count;
    leaf_copy(tree, leaf, index, leaf, index + count, leaf->count - index);
}

static inline void
inner_copy(Inner *to, int to_index, const Inner *from, int from_index, int count)
{
    size_t many = (size_t)count;
    memmove(to->digests + to_index, from->digests + from_index, many * sizeof *to->digests);
    memmove(to->keys + to_index, from->keys + from_index, many * sizeof *to->keys);
    memmove(to->children + to_index, from->children + from_index, many * sizeof *to->children);
    memmove(to->counts + to_index, from->counts + from_index, many * sizeof *to->counts);
    if (to != from) {
        for (int i = 0; i < count; i++) {
            set_parent(to->children[to_index + i], to);
        }
    }
}

static inline void
inner_open(Inner *inner, int index, int count)
{
    inner_copy(inner, index + count, inner, index, inner->count - index);
    inner->count += count;
}

static inline void
inner_close(Inner *inner, int index, int count)
{
    inner->count -= count;
    inner_copy(inner, index, inner, index + count, inner->count - index);
}

static Py_ssize_t
inner_total(const Inner *inner)
{
    Py_ssize_t total = 0;
    for (int i = 0; i < inner->count; i++) {
        total += inner->counts[i];
    }
    return total;
}

static inline void
separator_set(Inner *inner, int at, Leaf *first)
{
    inner->keys[at] = keys_of(first)[0];
    inner->digests[at] = first->digests[0];
}

static inline void
separator_copy(Inner *to, int to_at, const Inner *from, int from_at)
{
    to->keys[to_at] = from->keys[from_at];
    to->digests[to_at] = from->digests[from_at];
}

/* Corrects the key for a leaf in the inner nodes above, after the leaf's first key changed. */
static void
separator_mend(Leaf *leaf)
{
    void *child = leaf;
    for (Inner *inner = leaf->parent; inner != NULL; inner = inner->parent) {
        int at = child_at(inner, child);
        if (at > 0) {
            separator_set(inner, at, leaf);
            return;
        }
        child = inner;
    }
}

/* Adds `more` to the counts above a leaf. */
static inline void
count_up(Leaf *leaf, Py_ssize_t more)
{
    void *child = leaf;
    for (Inner *inner = leaf->parent; inner != NULL; inner = inner->parent) {
        inner->counts[child_at(inner, child)] += more;
        child = inner;
    }
}

/* -- places ------------------------------------------------------------------------------------ */

static inline Place
no_place(void)
{
    return (Place){NULL, 0};
}

/* The place itself, or if it is behind the last pair of a leaf, that of the next pair: with a leaf
   of NULL if there is none. */
static inline Place
place_at_pair(Place place)
{
    if (place.leaf == NULL || place.index < place.leaf->count) {
        return place;
    }
    return (Place){place.leaf->next, 0};
}

static inline Place
place_after(Place place)
{
    return place_at_pair((Place){place.leaf, place.index + 1});
}

static inline Place
place_before(Place place)
{
    if (place.leaf == NULL || place.index > 0) {
        return (Place){place.leaf, place.index - 1};
    }
    Leaf *before = place.leaf->previous;
    return (Place){before, before == NULL ? 0 : before->count - 1};
}

static inline Place
tree_first(const Tree *tree)
{
    return (Place){tree->first, 0};
}

static inline Place
tree_last(const Tree *tree)
{
    return (Place){tree->last, tree->last == NULL ? 0 : tree->last->count - 1};
}

/* The place of the pair at a position, which must exist. */
static Place
tree_place_of(const Tree *tree, Py_ssize_t position)
{
    void *node = tree->root;
    for (int height = tree->height; height > 0; height--) {
        const Inner *inner = node;
        int at = 0;
        while (position >= inner->counts[at]) {
            position -= inner->counts[at++];
        }
        node = inner->children[at];
    }
    return (Place){node, (int)position};
}

/* How many pairs are before a place. */
static Py_ssize_t
tree_position_of(Place place)
{
    Py_ssize_t position = place.index;
    const void *child = place.leaf;
    if (child == NULL) {
        return 0;
    }
    for (const Inner *inner = place.leaf->parent; inner != NULL; inner = inner->parent) {
        for (int at = 0; inner->children[at] != child; at++) {
            position += inner->counts[at];
        }
        child = inner;
    }
    return position;
}

/* -- consistency ------------------------------------------------------------------------------- */

#ifdef KEYVIEW_DEBUG
/* `condition` is true of a tree that is not being changed. */
#define HOLDS(condition)                                                                           \
    if (!(condition))                                                                              \
    Py_FatalError("keyview: the tree is not consistent: " #condition)

static void
leaf_check(const Tree *tree, Leaf *leaf, Leaf **previous, size_t *bytes)
{
    PyObject **keys = keys_of(leaf);
    HOLDS(0 < leaf->count && leaf->count <= leaf->capacity && leaf->capacity <= LEAF);
    HOLDS(tree->height == 0 || leaf->capacity == LEAF);
    HOLDS(leaf->previous == *previous && (*previous == NULL || (*previous)->next == leaf));
    *previous = leaf;
    *bytes += leaf_bytes(tree, leaf->capacity);
    for (int i = 0; i < leaf->count; i++) {
        HOLDS(Py_REFCNT(keys[i]) > 0);
        HOLDS(!tree->has_values || Py_REFCNT(values_of(leaf)[i]) > 0);
        if (tree->coding.kind != CODE_OTHER) {
            HOLDS(kind_of_key(keys[i]) == tree->coding.kind && coding_fits(&tree->coding, keys[i]));
            HOLDS(leaf->digests[i] == digest_of(&tree->coding, keys[i]));
            HOLDS(i == 0 || leaf->digests[i - 1] <= leaf->digests[i]);
        }
        int order = i == 0 ? -1 : compare_without_python(keys[i - 1], keys[i]);
        HOLDS(order == -1 || order == UNKNOWN);
    }
}

static Py_ssize_t
node_check(const Tree *tree, void *node, int height, Leaf **first, Leaf **previous, size_t *bytes)
{
    if (height == 0) {
        *first = node;
        leaf_check(tree, node, previous, bytes);
        return ((Leaf *)node)->count;
    }
    const Inner *inner = node;
    HOLDS(2 <= inner->count && inner->count <= INNER);
    *bytes += sizeof *inner;
    for (int i = 0; i < inner->count; i++) {
        Leaf *below = NULL;
        HOLDS(parent_of(inner->children[i]) == inner);
        HOLDS(node_check(tree, inner->children[i], height - 1, &below, previous, bytes)
              == inner->counts[i]);
        HOLDS(i == 0 || inner->keys[i] == keys_of(below)[0]);
        HOLDS(i == 0 || inner->digests[i] == below->digests[0]);
        if (i == 0) {
            *first = below;
        }
    }
    return inner_total(inner);
}

static void
tree_check(const Tree *tree)
{
    Leaf *first = NULL, *previous = NULL;
    size_t bytes = 0;
    if (tree->used > 1000 && tree->version % 1000 != 0) {
        return; /* Else each change would take time in proportion to the tree. */
    }
    if (tree->root == NULL) {
        HOLDS(tree->used == 0 && tree->height == 0 && tree->coding.kind == CODE_NONE);
    }
    else {
        HOLDS(parent_of(tree->root) == NULL);
        HOLDS(node_check(tree, tree->root, tree->height, &first, &previous, &bytes) == tree->used);
    }
    HOLDS(first == tree->first && previous == tree->last);
    HOLDS(previous == NULL || previous->next == NULL);
    HOLDS(bytes == tree->bytes);
}
#undef HOLDS
#else
#define tree_check(tree) ((void)(tree))
#endif

/* -- comparing --------------------------------------------------------------------------------- */

/* The result of `left OP right`: 0 or 1, FAILED, or CHANGED. HOLDs both. */
static int
tree_ask(const Tree *tree, PyObject *left, PyObject *right, int operation)
{
    uint64_t version = tree->version;
    Py_INCREF(left);
    Py_INCREF(right);
    PyObject *answer = PyObject_RichCompare(left, right, operation);
    int truth = answer == NULL ? -1 : answer == Py_True;
    if (answer != NULL && answer != Py_True && answer != Py_False) {
        truth = PyObject_IsTrue(answer);
    }
    Py_XDECREF(answer);
    Py_DECREF(left);
    Py_DECREF(right);
    if (truth < 0) {
        return FAILED;
    }
    return tree->version == version ? truth : CHANGED;
}

static inline int
tree_less(const Tree *tree, PyObject *left, PyObject *right)
{
    int order = compare_without_python(left, right);
    return order != UNKNOWN ? order < 0 : tree_ask(tree, left, right, Py_LT);
}

/* As in Python's containers, an object is equal to itself. */
static inline int
tree_equal(const Tree *tree, PyObject *left, PyObject *right)
{
    if (left == right) {
        return 1;
    }
    int order = compare_without_python(left, right);
    return order != UNKNOWN ? order == 0 : tree_ask(tree, left, right, Py_EQ);
}

/* -- finding ----------------------------------------------------------------------------------- */

/* Whether a key begins with a prefix: a str, bytes or tuple. FAILED and an exception on failure. */
static int
begins_with(State *state, PyObject *key, PyObject *prefix)
{
    PyObject *answer = NULL;
    if (PyTuple_Check(prefix) && PyTuple_Check(key)) {
        PyObject *start = PyTuple_GetSlice(key, 0, PyTuple_GET_SIZE(prefix));
        answer = start == NULL ? NULL : PyObject_RichCompare(prefix, start, Py_EQ);
        Py_XDECREF(start);
    }
    else if (PyUnicode_CheckExact(prefix) && PyUnicode_CheckExact(key)) {
        return (int)PyUnicode_Tailmatch(key, prefix, 0, PY_SSIZE_T_MAX, -1);
    }
    else if (PyUnicode_Check(prefix) ? PyUnicode_Check(key)
                                     : PyBytes_Check(prefix) && PyBytes_Check(key)) {
        answer = PyObject_CallMethodOneArg(key, state->name_startswith, prefix);
    }
    else {
        PyObject *borrow =
            _PyType_Lookup(Py_TYPE(key), state->name_borrow); /* borrowed reference */
        if (borrow == NULL) {
            return 0;
        }
        Py_INCREF(borrow);
        PyObject *borrowed = PyObject_CallOneArg(borrow, key);
        Py_DECREF(borrow);
        int begins = borrowed == NULL ? FAILED : begins_with(state, borrowed, prefix);
        Py_XDECREF(borrowed);
        return begins;
    }
    int truth = answer == NULL ? FAILED : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    return truth < 0 ? FAILED : truth;
}

/* Whether a key is behind all keys that begin with a prefix. The results are those of tree_less. */
static int
prefix_end_less(State *state, const Tree *tree, PyObject *prefix, PyObject *key)
{
    uint64_t version = tree->version;
    Py_INCREF(key);
    int begins = begins_with(state, key, prefix);
    int less = begins != 0 ? begins : PyObject_RichCompareBool(prefix, key, Py_LT);
    Py_DECREF(key);
    if (begins == FAILED || less < 0) {
        return FAILED;
    }
    return tree->version == version ? !begins && less : CHANGED;
}

/* Sets the query's digest, and whether digests decide. Call again when the tree has changed. */
static inline void
query_digest(const Tree *tree, Query *query)
{
    int kind = tree->coding.kind;
    query->by_digest =
        kind != CODE_OTHER && kind == kind_of_key(query->object) && !query->prefix_end;
    query->digest = query->by_digest ? digest_of(&tree->coding, query->object) : 0;
}

/* Call when the tree has changed. FAILED and an exception if that was once too often. */
static int
query_again(const Tree *tree, Query *query)
{
    if (++query->attempts >= MOST_ATTEMPTS) {
        raise_message(query->state, "restless_order", PyTuple_New(0));
        return FAILED;
    }
    query_digest(tree, query);
    return 0;
}

/* How many of `count` ascending digests are not greater than `digest`. No branch depends on their
   values. */
static inline int
digests_up_to(const uint64_t *digests, int count, uint64_t digest)
{
    const uint64_t *from = digests;
    while (count > 1) {
        int half = count >> 1;
        from = from[half - 1] <= digest ? from + half : from;
        count -= half;
    }
    return (int)(from - digests) + (count == 1 && *from <= digest);
}

/* How many of a node's keys the query is not less than; that is known of the first `from`. */
static inline int
node_search(const Tree *tree, const uint64_t *digests, PyObject *const *keys, int from, int count,
            const Query *query)
{
    int low = from, high = count;
    if (query->by_digest) {
        high = from + digests_up_to(digests + from, count - from, query->digest);
        if (high == from || digests[high - 1] != query->digest) {
            return high;
        }
        if (query->digest > 0) {
            low = from + digests_up_to(digests + from, high - from, query->digest - 1);
        }
    }
    while (low < high) {
        int middle = (low + high) / 2;
        int less = query->prefix_end
            ? prefix_end_less(query->state, tree, query->object, keys[middle])
            : tree_less(tree, query->object, keys[middle]);
        if (less < 0) {
            return less;
        }
        if (less) {
            high = middle;
        }
        else {
            low = middle + 1;
        }
    }
    return low;
}

/* Evaluates `query < key` down the tree, then `query == key` for the last key that the query is not
   less than. 1 and that key's place if they are equal; 0 and the place where the query would be
   inserted; FAILED; CHANGED. */
static int
tree_find_once(const Tree *tree, const Query *query, Place *place)
{
    void *node = tree->root;
    for (int height = tree->height; height > 0; height--) {
        const Inner *inner = node;
        int found = node_search(tree, inner->digests, inner->keys, 1, inner->count, query);
        if (found < 0) {
            return found;
        }
        node = inner->children[found - 1];
    }
    Leaf *leaf = node;
    if (leaf == NULL) {
        *place = no_place();
        return 0;
    }
    /* The first key of a leaf was compared in the inner nodes, except that of the first leaf. */
    int known = leaf != tree->first;
    int found = node_search(tree, leaf->digests, keys_of(leaf), known, leaf->count, query);
    if (found <= 0) {
        *place = (Place){leaf, 0};
        return found;
    }
    int equal = 0;
    if (query->by_digest ? leaf->digests[found - 1] == query->digest : !query->prefix_end) {
        equal = tree_equal(tree, query->object, keys_of(leaf)[found - 1]);
    }
    *place = (Place){leaf, equal > 0 ? found - 1 : found};
    return equal;
}

/* As tree_find_once, but starts over if the tree has changed. */
static inline int
tree_find(const Tree *tree, Query *query, Place *place)
{
    int found;
    while ((found = tree_find_once(tree, query, place)) == CHANGED) {
        if (query_again(tree, query) < 0) {
            return FAILED;
        }
    }
    return found;
}

/* -- digests of all keys ----------------------------------------------------------------------- */

static void
node_redigest(const Tree *tree, void *node, int height)
{
    if (height == 0) {
        Leaf *leaf = node;
        for (int i = 0; i < leaf->count; i++) {
            leaf->digests[i] = digest_of(&tree->coding, keys_of(leaf)[i]);
        }
        return;
    }
    Inner *inner = node;
    for (int i = 0; i < inner->count; i++) {
        node_redigest(tree, inner->children[i], height - 1);
        if (i > 0) {
            inner->digests[i] = digest_of(&tree->coding, inner->keys[i]);
        }
    }
}

/* Finds the prefix of all keys: what the first and the last have in common. */
static void
tree_find_prefix(Tree *tree)
{
    Coding *coding = &tree->coding;
    if (!has_prefix(coding->kind)) {
        return;
    }
    Coding found = *coding;
    coding_start(&found, key_at(tree_first(tree)));
    coding_share(&found, key_at(tree_last(tree)));
    /* One of the two prefixes begins with the other. */
    if (found.prefix_length != coding->prefix_length) {
        *coding = found;
        node_redigest(tree, tree->root, tree->height);
    }
}

/* Changes the coding, if it must be, so that it fits a key that is about to be added. */
static void
tree_admit(Tree *tree, PyObject *key)
{
    Coding *coding = &tree->coding;
    int kind = kind_of_key(key);
    if (tree->used == 0) {
        *coding = (Coding){.kind = kind};
    }
    else if (kind != coding->kind) {
        coding->kind = CODE_OTHER; /* The digests are no longer used. */
    }
    else if (kind != CODE_OTHER && !coding_fits(coding, key)) {
        coding->prefix_length = 0;
        node_redigest(tree, tree->root, tree->height);
    }
}

/* -- inserting --------------------------------------------------------------------------------- */

/* The only leaf, with twice the capacity. NULL and MemoryError if there is no memory. */
static Leaf *
leaf_grow(Tree *tree, Leaf *leaf)
{
    Leaf *grown = leaf_new(tree, Py_MIN(2 * leaf->capacity, (int)LEAF));
    if (grown == NULL) {
        return NULL;
    }
    leaf_copy(tree, grown, 0, leaf, 0, leaf->count);
    grown->count = leaf->count;
    leaf_free(tree, leaf);
    tree->root = tree->first = tree->last = grown;
    return grown;
}

/* Moves pairs of a full leaf to a neighbour that has unused capacity. Returns the new place; with a
   leaf of NULL if there is no such neighbour. */
static Place
leaf_share(Tree *tree, Place place)
{
    Leaf *leaf = place.leaf;
    Inner *parent = leaf->parent;
    int at = child_at(parent, leaf);
    Leaf *left = at > 0 ? parent->children[at - 1] : NULL;
    if (left != NULL && left->count <= LEAF - FREE_TO_SHARE) {
        int moved = (LEAF - left->count) / 2, before = left->count;
        leaf_copy(tree, left, before, leaf, 0, moved);
        left->count += moved;
        leaf_close(tree, leaf, 0, moved);
        separator_set(parent, at, leaf);
        parent->counts[at - 1] += moved;
        parent->counts[at] -= moved;
        return place.index > moved ? (Place){leaf, place.index - moved}
                                   : (Place){left, before + place.index};
    }
    Leaf *right = at + 1 < parent->count ? parent->children[at + 1] : NULL;
    if (right != NULL && right->count <= LEAF - FREE_TO_SHARE) {
        int moved = (LEAF - right->count) / 2, kept = LEAF - moved;
        leaf_open(tree, right, 0, moved);
        leaf_copy(tree, right, 0, leaf, kept, moved);
        leaf->count = kept;
        separator_set(parent, at + 1, right);
        parent->counts[at + 1] += moved;
        parent->counts[at] -= moved;
        return place.index <= kept ? place : (Place){right, place.index - kept};
    }
    return no_place();
}

/* Puts the node `right` behind its neighbour `left`, and splits the nodes above that are full. The
   counts are the pairs in each. `spare` has all nodes that this needs. */
static void
child_add(Tree *tree, void *left, Py_ssize_t left_count, void *right, Py_ssize_t right_count,
          PyObject *key, uint64_t digest, int append, Inner **spare)
{
    Inner *parent = parent_of(left), *half = NULL;
    if (parent == NULL) {
        parent = spare_take(spare);
        parent->children[0] = left;
        parent->count = 1;
        set_parent(left, parent);
        tree->root = parent;
        tree->height++;
    }
    int at = child_at(parent, left) + 1;
    Inner *into = parent;
    parent->counts[at - 1] = left_count;
    if (parent->count == INNER) {
        int kept = append ? INNER - 1 : INNER / 2;
        half = spare_take(spare);
        half->count = INNER - kept;
        parent->count = kept;
        inner_copy(half, 0, parent, kept, half->count);
        if (at > kept) {
            into = half;
            at -= kept;
        }
    }
    inner_open(into, at, 1);
    into->keys[at] = key;
    into->digests[at] = digest;
    into->children[at] = right;
    into->counts[at] = right_count;
    set_parent(right, into);
    if (half != NULL) {
        child_add(tree, parent, inner_total(parent), half, inner_total(half), half->keys[0],
                  half->digests[0], append, spare);
    }
}

/* Splits a full leaf, and returns the new place. A leaf of NULL and MemoryError if there is no
   memory. */
static Place
leaf_split(Tree *tree, Place place)
{
    Leaf *leaf = place.leaf;
    Py_ssize_t needed = 0;
    Inner *above = leaf->parent, *spare;
    while (above != NULL && above->count == INNER) {
        needed++;
        above = above->parent;
    }
    if (spare_new(tree, needed + (above == NULL), &spare) < 0) {
        return no_place();
    }
    Leaf *right = leaf_new(tree, LEAF);
    if (right == NULL) {
        spare_free(tree, spare);
        return no_place();
    }
    /* A leaf to which keys are appended stays full, but for one pair: the first of the new leaf. */
    int append = leaf == tree->last && place.index == LEAF;
    int kept = append ? LEAF - 1 : LEAF / 2;
    leaf_copy(tree, right, 0, leaf, kept, LEAF - kept);
    right->count = LEAF - kept;
    leaf->count = kept;
    right->next = leaf->next;
    right->previous = leaf;
    leaf->next = right;
    if (right->next != NULL) {
        right->next->previous = right;
    }
    else {
        tree->last = right;
    }
    child_add(tree, leaf, leaf->count, right, right->count, keys_of(right)[0], right->digests[0],
              append, &spare);
    return place.index <= kept ? place : (Place){right, place.index - kept};
}

/* Inserts a pair, with new references, at the place where tree_find found that its key is absent;
   *place is then the place of the pair. -1 and MemoryError, and the tree unchanged, if there is no
   memory. */
static int
tree_insert(Tree *tree, Place *place, PyObject *key, PyObject *value)
{
    int height = tree->height;
    Place to = *place;
    if (to.leaf == NULL) {
        to = (Place){leaf_new(tree, SMALLEST_LEAF), 0};
        if (to.leaf != NULL) {
            tree->root = tree->first = tree->last = to.leaf;
        }
    }
    else if (to.leaf->count == to.leaf->capacity) {
        if (to.leaf->capacity < LEAF) {
            to.leaf = leaf_grow(tree, to.leaf);
        }
        else {
            int append = to.leaf == tree->last && to.index == LEAF;
            Place shared = height == 0 || append ? no_place() : leaf_share(tree, to);
            to = shared.leaf != NULL ? shared : leaf_split(tree, to);
        }
    }
    if (to.leaf == NULL) {
        return -1;
    }
    tree_admit(tree, key);
    leaf_open(tree, to.leaf, to.index, 1);
    keys_of(to.leaf)[to.index] = Py_NewRef(key);
    if (tree->has_values) {
        *value_cell(to) = Py_NewRef(value);
    }
    to.leaf->digests[to.index] =
        tree->coding.kind == CODE_OTHER ? 0 : digest_of(&tree->coding, key);
    count_up(to.leaf, 1);
    tree->used++;
    tree->version++;
    if (tree->height > height) {
        tree_find_prefix(tree);
    }
    tree_check(tree);
    *place = to;
    return 0;
}

/* -- removing ---------------------------------------------------------------------------------- */

/* Merges an inner node that has too few children with a neighbour, or takes some from there; then
   the nodes above. */
static void
inner_mend(Tree *tree, Inner *inner)
{
    while (inner->count < Py_MAX(INNER / 4, 2)) {
        Inner *parent = inner->parent;
        if (parent == NULL) {
            if (inner->count == 1) {
                tree->root = inner->children[0];
                tree->height--;
                set_parent(tree->root, NULL);
                inner_free(tree, inner);
            }
            return;
        }
        int at = child_at(parent, inner), left_at = at > 0 ? at - 1 : at;
        Inner *left = parent->children[left_at], *right = parent->children[left_at + 1];
        separator_copy(right, 0, parent, left_at + 1);
        int both = left->count + right->count;
        if (both > INNER * 3 / 4) {
            int wanted = both / 2, moved = wanted - left->count;
            if (moved > 0) {
                inner_copy(left, left->count, right, 0, moved);
                inner_close(right, 0, moved);
            }
            else {
                inner_open(right, 0, -moved);
                inner_copy(right, 0, left, wanted, -moved);
            }
            left->count = wanted;
            separator_copy(parent, left_at + 1, right, 0);
            parent->counts[left_at] = inner_total(left);
            parent->counts[left_at + 1] = inner_total(right);
            return;
        }
        inner_copy(left, left->count, right, 0, right->count);
        left->count = both;
        parent->counts[left_at] += parent->counts[left_at + 1];
        inner_close(parent, left_at + 1, 1);
        inner_free(tree, right);
        inner = parent;
    }
}

/* Merges a leaf that has few pairs, or none, with a neighbour, or takes pairs from there. */
static void
leaf_mend(Tree *tree, Leaf *leaf)
{
    Inner *parent = leaf->parent;
    int at = child_at(parent, leaf), left_at = at > 0 ? at - 1 : at;
    Leaf *left = parent->children[left_at], *right = parent->children[left_at + 1];
    int both = left->count + right->count;
    if (both > LEAF * 3 / 4) {
        int wanted = both / 2, moved = wanted - left->count;
        if (moved > 0) {
            leaf_copy(tree, left, left->count, right, 0, moved);
            leaf_close(tree, right, 0, moved);
        }
        else {
            leaf_open(tree, right, 0, -moved);
            leaf_copy(tree, right, 0, left, wanted, -moved);
        }
        left->count = wanted;
        separator_set(parent, left_at + 1, right);
        parent->counts[left_at] = left->count;
        parent->counts[left_at + 1] = right->count;
        separator_mend(left);
        return;
    }
    leaf_copy(tree, left, left->count, right, 0, right->count);
    left->count = both;
    left->next = right->next;
    if (left->next != NULL) {
        left->next->previous = left;
    }
    else {
        tree->last = left;
    }
    leaf_free(tree, right);
    parent->counts[left_at] = both;
    inner_close(parent, left_at + 1, 1);
    separator_mend(left);
    inner_mend(tree, parent);
}

/* Makes the tree empty, after its last pair was removed. */
static void
tree_empty(Tree *tree)
{
    tree->root = tree->first = tree->last = NULL;
    tree->height = 0;
    tree->used = 0;
    tree->coding = (Coding){.kind = CODE_NONE};
}

/* Removes the pair at a place. The caller owns the references (RELEASE LATE). A set has no value.
   */
static Pair
tree_remove(Tree *tree, Place place)
{
    Leaf *leaf = place.leaf;
    Pair taken = {key_at(place), tree->has_values ? *value_cell(place) : NULL};
    leaf_close(tree, leaf, place.index, 1);
    count_up(leaf, -1);
    tree->used--;
    tree->version++;
    if (tree->used == 0) {
        leaf_free(tree, leaf);
        tree_empty(tree);
    }
    else if (leaf->parent != NULL) {
        if (leaf->count < LEAF / 4) {
            leaf_mend(tree, leaf);
        }
        else if (place.index == 0) {
            separator_mend(leaf);
        }
    }
    tree_check(tree);
    return taken;
}

/* Stores a key in place of an equal one, and returns the old key, which the caller owns. */
static PyObject *
tree_swap_key(Tree *tree, Place place, PyObject *key)
{
    PyObject *old = key_at(place);
    if (kind_of_key(key) != tree->coding.kind || !coding_fits(&tree->coding, key)) {
        tree->coding.kind = CODE_OTHER;
    }
    keys_of(place.leaf)[place.index] = Py_NewRef(key);
    if (place.index == 0) {
        separator_mend(place.leaf);
    }
    tree_check(tree);
    return old;
}

/* -- all at once ------------------------------------------------------------------------------- */

/* A pair that is to be stored, with the digest by which it is sorted: borrowed references. */
typedef struct {
    uint64_t digest;
    PyObject *key;
    PyObject *value; /* NULL in a set */
} Record;

/* How many leaves can be below a node of this height. */
static Py_ssize_t
leaves_below(int height)
{
    Py_ssize_t leaves = 1;
    while (height-- > 0) {
        leaves *= INNER;
    }
    return leaves;
}

static int
height_over(Py_ssize_t leaves)
{
    int height = 0;
    while (leaves_below(height) < leaves) {
        height++;
    }
    return height;
}

/* How many children a node of this height has that is to be above `leaves` leaves; and below, how
   many of the leaves the child `i` has. They are shared out evenly. */
static inline int
children_over(int height, Py_ssize_t leaves)
{
    Py_ssize_t below = leaves_below(height - 1);
    return (int)((leaves + below - 1) / below);
}

static inline Py_ssize_t
share_of(Py_ssize_t leaves, int children, int i)
{
    return leaves / children + (i < leaves % children);
}

/* How many inner nodes a node of this height above `leaves` leaves needs, itself included. */
static Py_ssize_t
inner_needed(int height, Py_ssize_t leaves)
{
    if (height <= 0) {
        return 0;
    }
    int children = children_over(height, leaves);
    int larger =
        (int)(leaves % children); /* The first of them have one leaf more than the others. */
    return 1 + larger * inner_needed(height - 1, share_of(leaves, children, 0))
        + (children - larger) * inner_needed(height - 1, share_of(leaves, children, children - 1));
}

/* Like spare_new, for all inner nodes above `leaves` leaves. */
static int
spare_over(Tree *tree, Py_ssize_t leaves, Inner **spare)
{
    return spare_new(tree, inner_needed(height_over(leaves), leaves), spare);
}

/* Makes a node of this height above the next `leaves` leaves of a chain. Returns how many pairs it
   has. */
static Py_ssize_t
node_raise(int height, Py_ssize_t leaves, Leaf **chain, Inner **spare, void **node)
{
    if (height == 0) {
        Leaf *leaf = *chain;
        *chain = leaf->next;
        *node = leaf;
        return leaf->count;
    }
    Inner *inner = spare_take(spare);
    Py_ssize_t total = 0;
    inner->count = children_over(height, leaves);
    for (int i = 0; i < inner->count; i++) {
        Py_ssize_t share = share_of(leaves, inner->count, i);
        Leaf *first = *chain;
        inner->counts[i] = node_raise(height - 1, share, chain, spare, &inner->children[i]);
        separator_set(inner, i, first);
        set_parent(inner->children[i], inner);
        total += inner->counts[i];
    }
    *node = inner;
    return total;
}

/* Makes a tree of a chain of leaves, of which there is at least one. `spare` has the inner
   nodes. */
static void
tree_raise(Tree *tree, Leaf *first, Py_ssize_t leaves, Inner **spare)
{
    int height = height_over(leaves);
    Leaf *chain = first;
    tree->used = node_raise(height, leaves, &chain, spare, &tree->root);
    set_parent(tree->root, NULL);
    tree->height = height;
    tree->first = first;
    while (first->next != NULL) {
        first = first->next;
    }
    tree->last = first;
}

static void
chain_free(Tree *tree, Leaf *leaf)
{
    while (leaf != NULL) {
        Leaf *next = leaf->next;
        leaf_free(tree, leaf);
        leaf = next;
    }
}

/* Allocates `leaves` empty leaves of this capacity, linked. NULL and MemoryError on failure. */
static Leaf *
chain_new(Tree *tree, Py_ssize_t leaves, int capacity)
{
    Leaf *first = NULL;
    for (; leaves > 0; leaves--) {
        Leaf *leaf = leaf_new(tree, capacity);
        if (leaf == NULL) {
            chain_free(tree, first);
            return NULL;
        }
        leaf->next = first;
        if (first != NULL) {
            first->previous = leaf;
        }
        first = leaf;
    }
    return first;
}

/* Allocates the nodes of a tree of `leaves` leaves. -1 and MemoryError on failure. */
static int
chain_and_spare(Tree *tree, Py_ssize_t leaves, int capacity, Leaf **chain, Inner **spare)
{
    *chain = chain_new(tree, leaves, capacity);
    if (*chain != NULL && spare_over(tree, leaves, spare) == 0) {
        return 0;
    }
    chain_free(tree, *chain);
    return -1;
}

static int
capacity_for(Py_ssize_t count)
{
    int capacity = SMALLEST_LEAF;
    while (capacity < count && capacity < LEAF) {
        capacity *= 2;
    }
    return capacity;
}

/* Fills an empty tree with records that are in order and all different, with new references. -1
   and MemoryError, and nothing done, if there is no memory. */
static int
tree_build(Tree *tree, const Coding *coding, const Record *records, Py_ssize_t count)
{
    Leaf *first;
    Inner *spare;
    Py_ssize_t leaves = (count + LEAF - 1) / LEAF, done = 0;
    if (count == 0) {
        return 0;
    }
    if (chain_and_spare(tree, leaves, capacity_for(count), &first, &spare) < 0) {
        return -1;
    }
    for (Leaf *leaf = first; leaf != NULL; leaf = leaf->next) {
        PyObject **keys = keys_of(leaf), **values = values_of(leaf);
        for (; leaf->count < leaf->capacity && done < count; leaf->count++, done++) {
            leaf->digests[leaf->count] = records[done].digest;
            keys[leaf->count] = Py_NewRef(records[done].key);
            if (tree->has_values) {
                values[leaf->count] = Py_NewRef(records[done].value);
            }
        }
    }
    tree->coding = *coding;
    tree_raise(tree, first, leaves, &spare);
    tree->version++;
    tree_check(tree);
    return 0;
}

static Py_ssize_t
chain_length(const Leaf *leaf)
{
    Py_ssize_t length = 0;
    for (; leaf != NULL; leaf = leaf->next) {
        length++;
    }
    return length;
}

/* Fills an empty tree with the pairs of another. Both have values, or neither has. */
static int
tree_copy(Tree *tree, const Tree *other)
{
    Leaf *first;
    Inner *spare;
    Py_ssize_t leaves = chain_length(other->first);
    if (leaves == 0) {
        return 0;
    }
    if (chain_and_spare(tree, leaves, other->first->capacity, &first, &spare) < 0) {
        return -1;
    }
    Leaf *leaf = first;
    for (Leaf *from = other->first; from != NULL; from = from->next, leaf = leaf->next) {
        leaf->count = from->count;
        leaf_copy(tree, leaf, 0, from, 0, from->count);
        for (int i = 0; i < leaf->count; i++) {
            Py_INCREF(keys_of(leaf)[i]);
            if (tree->has_values) {
                Py_INCREF(values_of(leaf)[i]);
            }
        }
    }
    tree->coding = other->coding;
    tree_raise(tree, first, leaves, &spare);
    tree->version++;
    tree_check(tree);
    return 0;
}

static void
nodes_free(Tree *tree, void *node, int height)
{
    if (height == 0 || node == NULL) {
        return;
    }
    Inner *inner = node;
    for (int i = 0; height > 1 && i < inner->count; i++) {
        nodes_free(tree, inner->children[i], height - 1);
    }
    inner_free(tree, inner);
}

/* Returns all nodes in a new tree, and leaves this one empty. */
static Tree
tree_take_all(Tree *tree)
{
    Tree taken = *tree;
    tree_init(tree, taken.has_values);
    tree->version = taken.version + (taken.used > 0);
    return taken;
}

/* Releases the references and the memory of a tree that tree_take_all returned. */
static void
tree_drop(Tree *tree)
{
    nodes_free(tree, tree->root, tree->height);
    Leaf *leaf = tree->first;
    while (leaf != NULL) {
        Leaf *next = leaf->next;
        for (int i = 0; i < leaf->count; i++) {
            Py_DECREF(keys_of(leaf)[i]);
            if (tree->has_values) {
                Py_DECREF(values_of(leaf)[i]);
            }
        }
        leaf_free(tree, leaf);
        leaf = next;
    }
}

/* Moves all pairs from a place to the end into an empty tree. -1 and MemoryError, and nothing done,
   if there is no memory. */
static int
tree_split(Tree *tree, Place place, Tree *tail)
{
    place = place_at_pair(place);
    if (place.leaf == NULL) {
        return 0;
    }
    if (place.leaf == tree->first && place.index == 0) {
        Tree taken = tree_take_all(tree);
        taken.version = tail->version + 1;
        *tail = taken;
        return 0;
    }
    /* If the place is in the middle of a leaf, the pairs behind it move into a new leaf. */
    Leaf *cut = place.index > 0 ? leaf_new(tail, LEAF) : NULL;
    Leaf *last = place.index > 0 ? place.leaf : place.leaf->previous;
    Py_ssize_t leaves = chain_length(tree->first), behind = chain_length(last->next);
    Py_ssize_t behind_and_cut = behind + (cut != NULL);
    Inner *spare = NULL, *tail_spare = NULL;
    if ((place.index > 0 && cut == NULL) || spare_over(tree, leaves - behind, &spare) < 0
        || spare_over(tail, behind_and_cut, &tail_spare) < 0) {
        spare_free(tree, spare);
        chain_free(tail, cut);
        return -1;
    }
    size_t moved = (size_t)behind * leaf_bytes(tree, LEAF);
    Leaf *first = last->next;
    nodes_free(tree, tree->root, tree->height);
    if (cut != NULL) {
        cut->count = last->count - place.index;
        leaf_copy(tree, cut, 0, last, place.index, cut->count);
        last->count = place.index;
        cut->next = first;
        if (first != NULL) {
            first->previous = cut;
        }
        first = cut;
    }
    first->previous = NULL;
    last->next = NULL;
    tree->bytes -= moved;
    tail->bytes += moved;
    tail->coding = tree->coding;
    tree_raise(tree, tree->first, leaves - behind, &spare);
    tree_raise(tail, first, behind_and_cut, &tail_spare);
    tree->version++;
    tail->version++;
    tree_check(tree);
    tree_check(tail);
    return 0;
}

/* Removes the pairs whose positions are marked, and stores them in `taken`, which is large enough.
   -1 and MemoryError, and nothing done, if there is no memory. */
static int
tree_remove_marked(Tree *tree, const char *marked, Pair *taken)
{
    Inner *spare = NULL;
    Py_ssize_t position = 0, count = 0;
    for (Py_ssize_t i = 0; i < tree->used; i++) {
        count += marked[i] != 0;
    }
    if (count == 0) {
        return 0;
    }
    Py_ssize_t leaves = (tree->used - count + LEAF - 1) / LEAF; /* All but the last will be full. */
    if (spare_over(tree, leaves, &spare) < 0) {
        return -1;
    }
    nodes_free(tree, tree->root, tree->height);
    Leaf *kept = NULL; /* the last leaf so far that keeps a pair */
    for (Leaf *leaf = tree->first, *next; leaf != NULL; leaf = next) {
        next = leaf->next;
        int stay = 0, was = leaf->count;
        for (int i = 0; i < was; i++) {
            Place place = {leaf, i};
            if (marked[position++]) {
                *taken++ = (Pair){key_at(place), tree->has_values ? *value_cell(place) : NULL};
            }
            else if (kept != NULL && kept->count < LEAF) {
                leaf_copy(tree, kept, kept->count, leaf, i, 1);
                kept->count++;
            }
            else {
                leaf_copy(tree, leaf, stay++, leaf, i, 1);
            }
        }
        leaf->count = stay;
        if (stay == 0) {
            leaf_free(tree, leaf);
            continue;
        }
        leaf->previous = kept;
        leaf->next = NULL;
        if (kept == NULL) {
            tree->first = leaf;
        }
        else {
            kept->next = leaf;
        }
        kept = leaf;
    }
    if (kept == NULL) {
        tree_empty(tree);
    }
    else {
        tree_raise(tree, tree->first, leaves, &spare);
    }
    tree->version++;
    tree_check(tree);
    return 0;
}

/* -- sorting records --------------------------------------------------------------------------- */

/* Prefetches the keys of the records that a loop reads next. The keys of a large source are anywhere
   in memory, and the loop would mostly wait for them. Always inline: gcc removes calls of a function
   that does nothing else. */
static inline Py_ALWAYS_INLINE void
records_ahead(const Record *records, Py_ssize_t count, Py_ssize_t i)
{
#if defined(__GNUC__)
    if (i + 16 < count) {
        __builtin_prefetch(records[i + 16].key);
    }
    if (i + 8 < count && PyTuple_CheckExact(records[i + 8].key)) {
        PyObject *tuple = records[i + 8].key;
        for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(tuple) && j < 2; j++) {
            __builtin_prefetch(PyTuple_GET_ITEM(tuple, j));
        }
    }
#else
    (void)records, (void)count, (void)i;
#endif
}

/* Whether a record is less than another; -1 if comparing them may run Python code. */
static inline int
record_less(const Record *left, const Record *right)
{
    if (left->digest != right->digest) {
        return left->digest < right->digest;
    }
    int order = compare_without_python(left->key, right->key);
    return order == UNKNOWN ? -1 : order < 0;
}

/* Sorts few records by inserting each. Returns what records_sort does. */
static int
records_sort_few(Record *records, Py_ssize_t count)
{
    for (Py_ssize_t i = 1; i < count; i++) {
        Record record = records[i];
        Py_ssize_t to = i;
        int less = 1;
        while (to > 0 && (less = record_less(&record, &records[to - 1])) > 0) {
            records[to] = records[to - 1];
            to--;
        }
        records[to] = record;
        if (less < 0) {
            return -1;
        }
    }
    return 0;
}

/* Sorts records by merging halves, which is stable. `room` has memory for half of them. -1 if
   comparing them may run Python code. */
static int
records_sort(Record *records, Py_ssize_t count, Record *room)
{
    if (count <= 12) {
        return records_sort_few(records, count);
    }
    Py_ssize_t half = count / 2;
    Record *right = records + half, *end = records + count, *left = room, *left_end = room + half;
    if (records_sort(records, half, room) < 0 || records_sort(right, count - half, room) < 0) {
        return -1;
    }
    int less = record_less(right, right - 1);
    if (less <= 0) {
        return less;
    }
    memcpy(room, records, (size_t)half * sizeof *room);
    while (left < left_end && right < end && (less = record_less(right, left)) >= 0) {
        *records++ = *(less ? right++ : left++);
    }
    memcpy(records, left, (size_t)(left_end - left) * sizeof *room);
    return less < 0 ? -1 : 0;
}

/* Sets the coding's prefix, and the digests of records, whose keys are of the coding's kind. */
static void
records_digest(Record *records, Py_ssize_t count, Coding *coding)
{
    coding->prefix_length = 0;
    if (has_prefix(coding->kind) && count > 1) {
        coding_start(coding, records[0].key);
        for (Py_ssize_t i = 1; i < count && coding->prefix_length > 0; i++) {
            records_ahead(records, count, i);
            coding_share(coding, records[i].key);
        }
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        records_ahead(records, count, i);
        records[i].digest = digest_of(coding, records[i].key);
    }
}

/* Unites equal keys: the first key, with the last value. Returns how many records are left. */
static Py_ssize_t
records_unite(Record *records, Py_ssize_t count)
{
    Py_ssize_t kept = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (kept > 0 && record_less(&records[kept - 1], &records[i]) == 0) {
            records[kept - 1].value = records[i].value;
        }
        else {
            records[kept++] = records[i];
        }
    }
    return kept;
}

/* Sorts records and unites equal keys. Returns how many are left; ABSENT if comparing them may run
   Python code; FAILED and MemoryError if there is no memory. */
static Py_ssize_t
records_prepare(Record *records, Py_ssize_t count, Coding *coding)
{
    records_digest(records, count, coding);
    int ascending = 1;
    for (Py_ssize_t i = 1; i < count && ascending > 0; i++) {
        ascending = record_less(&records[i - 1], &records[i]);
    }
    if (ascending < 0) {
        return ABSENT;
    }
    if (!ascending) {
        Record *room = PyMem_Malloc(((size_t)count / 2 + 1) * sizeof *room);
        if (room == NULL) {
            PyErr_NoMemory();
            return FAILED;
        }
        int done = records_sort(records, count, room);
        PyMem_Free(room);
        if (done < 0) {
            return ABSENT;
        }
    }
    return ascending ? count : records_unite(records, count);
}

#endif
