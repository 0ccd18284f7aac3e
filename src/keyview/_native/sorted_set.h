/* SortedSet: every operation of a sorted set that has to work on the tree itself.

   A sorted set is a sorted map without values: the same object, whose tree has none. The functions
   of sorted maps that are not about values (clear, range, at, ...) serve sets, too.

   The algebra is that of set.h, but two sorted sets are merged, and in any other set the elements
   of this one are looked up. A result is a new set, which then gets the class of the operand, or
   replaces the elements of a set.

   RELEASE LATE, SAME VERSION and HOLD are explained at the head of table.h. */
#ifndef KEYVIEW_SORTED_SET_H
#define KEYVIEW_SORTED_SET_H

#include "set.h"

/* -- lookup ------------------------------------------------------------------------------------ */

static PyObject *
sorted_set_get(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    int found = sorted_find(self, asked, &query, &place);
    PyObject *element = entry_or_element(self, found, place);
    query_end(&query);
    return element;
}

/* -- insertion --------------------------------------------------------------------------------- */

/* Stores an element if no equal one is there; *added says which. -1 and an exception on failure. */
static int
sorted_add_element(Sorted *self, PyObject *element, int *added)
{
    Query query;
    Place place;
    *added = 0;
    int done = query_start(&query, self, element);
    if (done == 0) {
        done = sorted_find_or_add(self, &query, NULL, &place, added);
    }
    query_end(&query);
    return done;
}

static PyObject *
sorted_set_add(Sorted *self, PyObject *element)
{
    int added;
    return sorted_add_element(self, element, &added) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
sorted_set_insert(Sorted *self, PyObject *element)
{
    int added;
    return sorted_add_element(self, element, &added) < 0 ? NULL : PyBool_FromLong(added);
}

static PyObject *
sorted_set_get_or_insert(Sorted *self, PyObject *asked)
{
    Query query;
    Place place;
    PyObject *element = NULL;
    int added, done = query_start(&query, self, asked);
    if (done == 0 && sorted_find_or_add(self, &query, NULL, &place, &added) == 0) {
        element = Py_NewRef(key_at(place));
    }
    query_end(&query);
    return element;
}

/* Stores the query's key in place of the equal one at a place, and returns the old key. NULL and an
   exception on failure; NULL without an exception if the tree has changed meanwhile. Builds *key, a
   new reference, only if it is NULL: the caller's loop then ends even if `__key__` changes the tree
   each time. */
static PyObject *
sorted_replace_at(Sorted *self, const Query *query, Place place, PyObject **key)
{
    uint64_t version = self->tree.version;
    if (*key == NULL) {
        *key = sorted_key(self->state, query->object);
    }
    if (*key == NULL || self->tree.version != version) {
        return NULL;
    }
    return tree_swap_key(&self->tree, place, *key);
}

static PyObject *
sorted_set_replace(Sorted *self, PyObject *element)
{
    Query query;
    Place place;
    PyObject *old = NULL, *key = NULL;
    int added, done = query_start(&query, self, element);
    while (done == 0 && old == NULL) {
        done = sorted_find_or_add(self, &query, NULL, &place, &added);
        if (done == 0) {
            old = added ? Py_NewRef(Py_None) : sorted_replace_at(self, &query, place, &key);
        }
        if (done == 0 && old == NULL) {
            done = PyErr_Occurred() ? -1 : query_again(&self->tree, &query);
        }
    }
    Py_XDECREF(key);
    query_end(&query);
    return old;
}

/* -- removal ----------------------------------------------------------------------------------- */

static PyObject *
sorted_set_remove(Sorted *self, PyObject *asked)
{
    Pair taken;
    int found = sorted_take(self, asked, &taken);
    if (found <= 0) {
        return found == 0 ? raise_key_error(asked) : NULL;
    }
    pair_drop(taken);
    Py_RETURN_NONE;
}

static int
sorted_discard(Sorted *self, PyObject *asked)
{
    Pair taken;
    int found = sorted_take(self, asked, &taken);
    if (found > 0) {
        pair_drop(taken);
    }
    return found < 0 ? -1 : 0;
}

static PyObject *
sorted_set_discard(Sorted *self, PyObject *asked)
{
    return sorted_discard(self, asked) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
sorted_set_take(Sorted *self, PyObject *asked)
{
    Pair taken;
    int found = sorted_take(self, asked, &taken);
    if (found <= 0) {
        return found == 0 ? raise_key_error(asked) : NULL;
    }
    return taken.key;
}

static PyObject *
sorted_set_pop(Sorted *self, PyObject *Py_UNUSED(ignored))
{
    return sorted_take_end(self, NULL, 1, "pop", (PyObject *)self);
}

/* -- results ----------------------------------------------------------------------------------- */

/* A new set for a result. The garbage collector does not track it, so no other code can get a
   reference to it. */
static Sorted *
result_new(Sorted *like)
{
    Sorted *made = sorted_new_empty(like->state->SortedSet, like->state, 0);
    if (made != NULL) {
        PyObject_GC_UnTrack(made);
    }
    return made;
}

/* A result with the same elements, which are not compared. */
static Sorted *
result_copied(Sorted *self)
{
    Sorted *made = result_new(self);
    if (made != NULL && tree_copy(&made->tree, &self->tree) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

/* A result with new references to the elements of these records, which are in order. */
static Sorted *
result_filled(Sorted *like, Record *records, Py_ssize_t count)
{
    Sorted *made = result_new(like);
    Coding coding = {.kind = count == 0 ? CODE_OTHER : kind_of_key(records[0].key)};
    for (Py_ssize_t i = 1; i < count && coding.kind != CODE_OTHER; i++) {
        if (kind_of_key(records[i].key) != coding.kind) {
            coding.kind = CODE_OTHER;
        }
    }
    if (coding.kind != CODE_OTHER) {
        records_digest(records, count, &coding);
    }
    for (Py_ssize_t i = 1; i < count && coding.kind != CODE_OTHER; i++) {
        if (records[i - 1].digest > records[i].digest) { /* The order of the keys has changed. */
            coding.kind = CODE_OTHER;
        }
    }
    if (made != NULL && tree_build(&made->tree, &coding, records, count) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

/* Replaces the elements of a set by those of a result, which is stolen. */
static void
sorted_become(Sorted *self, Sorted *made)
{
    Tree old = self->tree;
    made->tree.version = old.version + 1;
    self->tree = made->tree;
    tree_init(&made->tree, 0);
    Py_DECREF(made);
    tree_drop(&old);
}

/* A new set of the class of another, with the elements of a result, which is stolen; or NULL, if
   the result is NULL with an exception set. */
static PyObject *
sorted_made_like(Sorted *self, Sorted *made)
{
    State *state = self->state;
    PyTypeObject *type = Py_TYPE(self);
    if (made == NULL) {
        return NULL;
    }
    PyObject *set = PyObject_CallMethodOneArg((PyObject *)type, state->name_new, (PyObject *)type);
    if (set != NULL && !PyObject_TypeCheck(set, state->SortedSet)) {
        raise_message(state, "not_a_set", Py_BuildValue("(ONs)", type, set, "SortedSet"));
        set = NULL;
    }
    if (set == NULL) {
        Py_DECREF(made);
        return NULL;
    }
    sorted_become((Sorted *)set, made);
    return set;
}

/* -- merging two sorted sets ------------------------------------------------------------------- */

/* The source, if it is a SortedSet that does not override __iter__; else NULL, and the source is
   read as any iterable. */
static inline Sorted *
exact_sorted_set(State *state, PyObject *source)
{
    return PyObject_TypeCheck(source, state->SortedSet)
            && Py_TYPE(source)->tp_iter == (getiterfunc)sorted_iter
        ? (Sorted *)source
        : NULL;
}

/* Which of two sets has the element of a step of a merge. Equal elements are one step. */
enum { HERE = 1, THERE = 2, BOTH = HERE | THERE };

/* Iterates over the elements of two sets, as they were at the start, in one order. */
typedef struct {
    State *state;
    Pair *ours, *theirs; /* snapshots, to be freed by merge_end */
    Py_ssize_t our_count, their_count, here, there;
    int strict; /* whether two elements of which neither is less, nor equal, raise OrderError */
} Merge;

static int
merge_start(Merge *merge, Sorted *self, Sorted *other, int strict)
{
    *merge = (Merge){.state = self->state, .strict = strict};
    merge->ours = tree_snapshot(&self->tree);
    merge->our_count = self->tree.used;
    merge->theirs = merge->ours == NULL ? NULL : tree_snapshot(&other->tree);
    merge->their_count = other->tree.used;
    return merge->theirs == NULL ? -1 : 0;
}

static void
merge_end(Merge *merge)
{
    pairs_free(merge->ours, merge->our_count);
    pairs_free(merge->theirs, merge->their_count);
}

/* Which of two elements comes first; may run Python code. -1 and an exception on failure. */
static int
merge_ask(const Merge *merge, PyObject *ours, PyObject *theirs)
{
    int answer = PyObject_RichCompareBool(ours, theirs, Py_LT);
    if (answer != 0) {
        return answer < 0 ? -1 : HERE;
    }
    answer = PyObject_RichCompareBool(theirs, ours, Py_LT);
    if (answer != 0) {
        return answer < 0 ? -1 : THERE;
    }
    answer = is_equal(ours, theirs);
    if (answer != 0) {
        return answer < 0 ? -1 : BOTH;
    }
    if (merge->strict) {
        raise_message(merge->state, "unordered_keys", PyTuple_Pack(2, ours, theirs));
        return -1;
    }
    return HERE;
}

/* The next step: HERE, THERE or BOTH, 0 at the end, -1 and an exception on failure. */
static int
merge_next(Merge *merge)
{
    int step = (merge->here < merge->our_count ? HERE : 0)
        | (merge->there < merge->their_count ? THERE : 0);
    if (step == BOTH) {
        PyObject *ours = merge->ours[merge->here].key, *theirs = merge->theirs[merge->there].key;
        int order = ours == theirs ? 0 : compare_without_python(ours, theirs);
        if (order == UNKNOWN) {
            step = merge_ask(merge, ours, theirs);
        }
        else if (order != 0) {
            step = order < 0 ? HERE : THERE;
        }
    }
    if (step > 0) {
        merge->here += (step & HERE) != 0;
        merge->there += (step & THERE) != 0;
    }
    return step;
}

/* Whether the merge of two sets has a step `wanted`; the first ends the search. */
static int
merge_has(Sorted *self, Sorted *other, int wanted)
{
    Merge merge;
    int step = merge_start(&merge, self, other, 0);
    if (step == 0) {
        do {
            step = merge_next(&merge);
        } while (step > 0 && step != wanted);
    }
    merge_end(&merge);
    return step < 0 ? -1 : step > 0;
}

/* A result with the elements of those steps of the merge whose bit is set in `wanted`. */
static Sorted *
merged(Sorted *self, Sorted *other, unsigned wanted, int strict)
{
    Merge merge;
    Sorted *made = NULL;
    Record *records = NULL;
    Py_ssize_t count = 0;
    int step = merge_start(&merge, self, other, strict);
    if (step == 0) {
        size_t most = (size_t)merge.our_count + (size_t)merge.their_count + 1;
        records = PyMem_Malloc(most * sizeof *records);
    }
    if (records != NULL) {
        while ((step = merge_next(&merge)) > 0) {
            if (wanted >> step & 1) {
                records[count++].key = step & HERE ? merge.ours[merge.here - 1].key
                                                   : merge.theirs[merge.there - 1].key;
            }
        }
        if (step == 0) {
            made = result_filled(self, records, count);
        }
    }
    else if (step == 0) {
        PyErr_NoMemory();
    }
    PyMem_Free(records);
    merge_end(&merge);
    return made;
}

enum { ONLY_HERE = 1 << HERE, ONLY_THERE = 1 << THERE, IN_BOTH = 1 << BOTH };

/* -- adding and removing many ------------------------------------------------------------------ */

/* Fills an empty set with the elements of a source at once. 1 if done; 0, and nothing done, if
   reading the source or comparing its elements may run Python code; -1 and an exception on
   failure. */
static int
fill_elements_at_once(Sorted *self, PyObject *source)
{
    State *state = self->state;
    int is_list = PyList_CheckExact(source) || PyTuple_CheckExact(source);
    int is_table = PyAnySet_CheckExact(source) || PyDict_CheckExact(source)
        || exact_set(state, source) != NULL;
    if (!(is_list || is_table) || self->tree.used > 0) {
        return 0;
    }
    PyObject *items = is_list ? Py_NewRef(source) : PySequence_List(source);
    if (items == NULL) {
        return -1;
    }
    Batch batch = {NULL, PySequence_Fast_GET_SIZE(items)};
    batch.records = PyMem_Calloc((size_t)batch.count + 1, sizeof *batch.records);
    int done = 0;
    if (batch.records == NULL) {
        PyErr_NoMemory();
        done = -1;
    }
    for (Py_ssize_t i = 0; done == 0 && i < batch.count; i++) {
        batch.records[i].key = PySequence_Fast_ITEMS(items)[i];
    }
    Coding coding = {.kind = done < 0 ? CODE_OTHER : batch_kind(state, &batch)};
    if (coding.kind < 0) {
        done = -1;
    }
    else if (coding.kind != CODE_OTHER && self->tree.used == 0) { /* SAME VERSION */
        Py_ssize_t count = records_prepare(batch.records, batch.count, &coding);
        done = count == FAILED ? -1 : 0;
        if (count >= 0) {
            done = tree_build(&self->tree, &coding, batch.records, count) < 0 ? -1 : 1;
        }
    }
    PyMem_Free(batch.records);
    Py_DECREF(items);
    return done;
}

/* Adds the elements of another sorted set by merging the two, if comparing them runs no Python
   code. 1 if done, 0 if not. */
static int
add_merged(Sorted *self, Sorted *other)
{
    int kind = self->tree.coding.kind;
    uint64_t version = self->tree.version;
    int runs_no_python = kind == other->tree.coding.kind && kind < CODE_TUPLE && kind != CODE_OTHER;
    if (!runs_no_python || other->tree.used < self->tree.used / 8) {
        return 0;
    }
    Sorted *made = merged(self, other, ONLY_HERE | ONLY_THERE | IN_BOTH, 0);
    if (made == NULL) {
        return -1;
    }
    if (self->tree.version != version) { /* SAME VERSION: the garbage collector may have run. */
        Py_DECREF(made);
        return 0;
    }
    if (made->tree.used == self->tree.used) { /* Nothing is new: no iterator is to notice. */
        Py_DECREF(made);
        return 1;
    }
    sorted_become(self, made);
    return 1;
}

static int
add_sorted(Sorted *self, Sorted *other)
{
    if (self == other) {
        return 0;
    }
    if (self->tree.used == 0) {
        return tree_copy(&self->tree, &other->tree);
    }
    int done = add_merged(self, other);
    if (done != 0) {
        return done < 0 ? -1 : 0;
    }
    Py_ssize_t count = other->tree.used;
    Pair *elements = tree_snapshot(&other->tree);
    done = elements == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; done == 0 && i < count; i++) {
        int added;
        done = sorted_add_element(self, elements[i].key, &added);
    }
    pairs_free(elements, count);
    return done;
}

/* Adds every element of a source; if one fails, those before it have been added. */
static int
add_elements(Sorted *self, PyObject *source)
{
    Sorted *other = exact_sorted_set(self->state, source);
    if (other != NULL) {
        return add_sorted(self, other);
    }
    int done = fill_elements_at_once(self, source);
    if (done != 0) {
        return done < 0 ? -1 : 0;
    }
    PyObject *iterator = PyObject_GetIter(source), *element;
    done = iterator == NULL ? -1 : 0;
    while (done == 0 && (element = PyIter_Next(iterator)) != NULL) {
        int added;
        done = sorted_add_element(self, element, &added);
        Py_DECREF(element);
    }
    Py_XDECREF(iterator);
    return done < 0 || PyErr_Occurred() ? -1 : 0;
}

/* -- which elements are in a source ------------------------------------------------------------ */

/* Whether an element of a source finds one (or, if `wanted` is 0, finds none). The first ends the
   search. */
static int
source_has(Sorted *self, PyObject *source, int wanted)
{
    PyObject *iterator = PyObject_GetIter(source), *element;
    int has = iterator == NULL ? -1 : 0;
    while (has == 0 && (element = PyIter_Next(iterator)) != NULL) {
        int found = sorted_contains(self, element);
        Py_DECREF(element);
        has = found < 0 ? -1 : found == wanted;
    }
    Py_XDECREF(iterator);
    return has == 0 && PyErr_Occurred() ? -1 : has;
}

/* Whether another set has an element of this one (or, if `wanted` is 0, lacks one). The first ends
   the search. */
static int
any_is_in_set(Sorted *self, PyObject *other, int wanted)
{
    Py_ssize_t count = self->tree.used;
    Pair *elements = tree_snapshot(&self->tree);
    int any = elements == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; any == 0 && i < count; i++) {
        int found = is_in_set(other, elements[i].key);
        any = found < 0 ? -1 : found == wanted;
    }
    pairs_free(elements, count);
    return any;
}

/* Adds every element that one of a source finds to `seen`. */
static int
see_each(Sorted *self, PyObject *source, Seen *seen)
{
    PyObject *iterator = PyObject_GetIter(source), *asked;
    int done = iterator == NULL ? -1 : 0;
    while (done == 0 && (asked = PyIter_Next(iterator)) != NULL) {
        PyObject *element = sorted_set_get(self, asked);
        int known = element == NULL ? -1 : seen_has(seen, element);
        done = known == 0 ? seen_add(seen, element) : Py_MIN(known, 0);
        Py_XDECREF(element);
        Py_DECREF(asked);
    }
    Py_XDECREF(iterator);
    return done < 0 || PyErr_Occurred() ? -1 : 0;
}

/* A result with the elements that are in `other` or, if that is NULL, in `seen`; with the others if
   `wanted` is 0. */
static Sorted *
picked_from(Sorted *self, PyObject *other, Seen *seen, int wanted)
{
    Sorted *made = NULL;
    Py_ssize_t count = self->tree.used, kept = 0;
    Pair *elements = tree_snapshot(&self->tree);
    Record *records = elements == NULL ? NULL : PyMem_Malloc(((size_t)count + 1) * sizeof *records);
    int found = elements == NULL ? -1 : 0;
    if (elements != NULL && records == NULL) {
        PyErr_NoMemory();
        found = -1;
    }
    for (Py_ssize_t i = 0; found >= 0 && i < count; i++) {
        PyObject *element = elements[i].key;
        found = other != NULL ? is_in_set(other, element) : seen_has(seen, element);
        if (found == wanted) {
            records[kept++].key = element;
        }
    }
    if (found >= 0) {
        made = result_filled(self, records, kept);
    }
    PyMem_Free(records);
    pairs_free(elements, count);
    return made;
}

/* A result with the elements that a source has, too; with the others if `wanted` is 0. */
static Sorted *
picked(Sorted *self, PyObject *source, int wanted)
{
    Sorted *other = exact_sorted_set(self->state, source), *made = NULL;
    if (other != NULL) {
        return merged(self, other, wanted ? IN_BOTH : ONLY_HERE, 0);
    }
    int is_set = is_any_set(self->state, source);
    if (is_set != 0) {
        return is_set < 0 ? NULL : picked_from(self, source, NULL, wanted);
    }
    Seen seen;
    seen_start(&seen);
    if (see_each(self, source, &seen) == 0) {
        made = picked_from(self, NULL, &seen, wanted);
    }
    seen_end(&seen);
    return made;
}

/* Removes every element that one of a source finds; if one fails, those before it are removed. */
static int
discard_elements(Sorted *self, PyObject *source)
{
    int is_set = is_any_set(self->state, source);
    if (is_set != 0) {
        Sorted *found = is_set < 0 ? NULL : picked(self, source, 1);
        int done = found == NULL ? -1 : 0;
        Place place = found == NULL ? no_place() : tree_first(&found->tree);
        for (; done == 0 && place.leaf != NULL; place = place_after(place)) {
            done = sorted_discard(self, key_at(place));
        }
        Py_XDECREF(found);
        return done;
    }
    PyObject *iterator = PyObject_GetIter(source), *asked;
    int done = iterator == NULL ? -1 : 0;
    while (done == 0 && (asked = PyIter_Next(iterator)) != NULL) {
        done = sorted_discard(self, asked);
        Py_DECREF(asked);
    }
    Py_XDECREF(iterator);
    return done < 0 || PyErr_Occurred() ? -1 : 0;
}

/* Whether every element of a source finds one. */
static int
sorted_holds_all(Sorted *self, PyObject *source)
{
    Sorted *other = exact_sorted_set(self->state, source);
    int is_set = other != NULL ? 0 : is_any_set(self->state, source);
    if (is_set > 0) {
        Sorted *found = picked(self, source, 1);
        Py_ssize_t length = found == NULL ? -1 : PyObject_Size(source);
        int holds = length < 0 ? -1 : found->tree.used == length;
        Py_XDECREF(found);
        return holds;
    }
    int missing = is_set;
    if (is_set == 0) {
        missing = other != NULL ? merge_has(self, other, THERE) : source_has(self, source, 0);
    }
    return missing < 0 ? -1 : !missing;
}

/* Whether an element of a source finds one. */
static int
sorted_holds_any(Sorted *self, PyObject *source)
{
    Sorted *other = exact_sorted_set(self->state, source);
    if (other != NULL) {
        return merge_has(self, other, BOTH);
    }
    int is_set = is_any_set(self->state, source);
    if (is_set != 0) {
        return is_set < 0 ? -1 : any_is_in_set(self, source, 1);
    }
    return source_has(self, source, 1);
}

/* Whether every element is in the other set, and that is as large (`strictly`: larger). */
static int
sorted_is_within(Sorted *self, PyObject *other, int strictly)
{
    Py_ssize_t length = PyObject_Size(other);
    if (length < 0 || self->tree.used + strictly > length) {
        return length < 0 ? -1 : 0;
    }
    Sorted *theirs = exact_sorted_set(self->state, other);
    /* Of sets of one length, `==` decides, which does not raise for elements that do not compare. */
    if (theirs != NULL && self->tree.used == theirs->tree.used) {
        return is_equal_sorted(self, theirs);
    }
    int lacks = theirs != NULL ? merge_has(self, theirs, HERE) : any_is_in_set(self, other, 0);
    return lacks < 0 ? -1 : !lacks;
}

/* -- the steps of the algebra ------------------------------------------------------------------ */

/* Makes a result of a set and a source. */
typedef Sorted *(*SortedStep)(Sorted *self, PyObject *source);

static Sorted *
sorted_with(Sorted *self, PyObject *source)
{
    Sorted *made = result_copied(self);
    if (made != NULL && add_elements(made, source) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

static Sorted *
sorted_common(Sorted *self, PyObject *source)
{
    return picked(self, source, 1);
}

static Sorted *
sorted_without(Sorted *self, PyObject *source)
{
    return picked(self, source, 0);
}

/* A result with the elements of a source only. */
static Sorted *
result_of(Sorted *like, PyObject *source)
{
    Sorted *made = result_new(like);
    if (made != NULL && add_elements(made, source) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

static Sorted *
sorted_exclusive(Sorted *self, PyObject *source)
{
    Sorted *other = exact_sorted_set(self->state, source);
    other = other != NULL ? (Sorted *)Py_NewRef(other) : result_of(self, source);
    Sorted *made = other == NULL ? NULL : merged(self, other, ONLY_HERE | ONLY_THERE, 1);
    Py_XDECREF(other);
    return made;
}

/* Applies a step with each of the others to the last result; without others, returns a copy. */
static Sorted *
sorted_steps(Sorted *self, SortedStep step, PyObject *const *others, Py_ssize_t count)
{
    Sorted *made = count == 0 ? result_copied(self) : (Sorted *)Py_NewRef(self);
    for (Py_ssize_t i = 0; made != NULL && i < count; i++) {
        Sorted *before = made;
        made = step(before, others[i]);
        Py_DECREF(before);
    }
    return made;
}

/* -- the named methods ------------------------------------------------------------------------- */

static PyObject *
sorted_set_union(Sorted *self, PyObject *const *others, Py_ssize_t count)
{
    Sorted *made = result_copied(self);
    for (Py_ssize_t i = 0; made != NULL && i < count; i++) {
        if (add_elements(made, others[i]) < 0) {
            Py_CLEAR(made);
        }
    }
    return sorted_made_like(self, made);
}

static PyObject *
sorted_set_intersection(Sorted *self, PyObject *const *others, Py_ssize_t count)
{
    return sorted_made_like(self, sorted_steps(self, sorted_common, others, count));
}

static PyObject *
sorted_set_difference(Sorted *self, PyObject *const *others, Py_ssize_t count)
{
    return sorted_made_like(self, sorted_steps(self, sorted_without, others, count));
}

static PyObject *
sorted_set_symmetric_difference(Sorted *self, PyObject *other)
{
    return sorted_made_like(self, sorted_exclusive(self, other));
}

static PyObject *
sorted_set_update(Sorted *self, PyObject *const *others, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (add_elements(self, others[i]) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
sorted_set_intersection_update(Sorted *self, PyObject *const *others, Py_ssize_t count)
{
    if (count > 0) {
        Sorted *made = sorted_steps(self, sorted_common, others, count);
        if (made == NULL) {
            return NULL;
        }
        sorted_become(self, made);
    }
    Py_RETURN_NONE;
}

static PyObject *
sorted_set_difference_update(Sorted *self, PyObject *const *others, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (others[i] == (PyObject *)self) {
            Tree taken = tree_take_all(&self->tree);
            tree_drop(&taken);
        }
        else if (discard_elements(self, others[i]) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
sorted_set_symmetric_difference_update(Sorted *self, PyObject *other)
{
    Sorted *made = sorted_exclusive(self, other);
    if (made == NULL) {
        return NULL;
    }
    sorted_become(self, made);
    Py_RETURN_NONE;
}

static PyObject *
sorted_set_issubset(Sorted *self, PyObject *other)
{
    int is_set = is_any_set(self->state, other), within = is_set;
    if (is_set > 0) {
        within = sorted_is_within(self, other, 0);
    }
    else if (is_set == 0) {
        Sorted *found = sorted_common(self, other);
        within = found == NULL ? -1 : found->tree.used == self->tree.used;
        Py_XDECREF(found);
    }
    return within < 0 ? NULL : PyBool_FromLong(within);
}

static PyObject *
sorted_set_issuperset(Sorted *self, PyObject *other)
{
    int holds = sorted_holds_all(self, other);
    return holds < 0 ? NULL : PyBool_FromLong(holds);
}

static PyObject *
sorted_set_isdisjoint(Sorted *self, PyObject *other)
{
    int holds = sorted_holds_any(self, other);
    return holds < 0 ? NULL : PyBool_FromLong(!holds);
}

static PyObject *
sorted_set_richcompare(Sorted *self, PyObject *other, int operation)
{
    int answer = is_any_set(self->state, other);
    if (answer <= 0) {
        return answer < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    if (operation == Py_LE || operation == Py_LT) {
        answer = sorted_is_within(self, other, operation == Py_LT);
    }
    else {
        Py_ssize_t length = PyObject_Size(other), used = self->tree.used;
        if (length < 0) {
            return NULL;
        }
        if (operation == Py_EQ || operation == Py_NE) {
            answer = length == used ? sorted_is_within(self, other, 0) : 0;
        }
        else {
            answer = used < length + (operation == Py_GT) ? 0 : sorted_holds_all(self, other);
        }
    }
    return answer < 0 ? NULL : PyBool_FromLong(answer == (operation != Py_NE));
}

/* -- the operators ----------------------------------------------------------------------------- */

/* The result of an operator. If the left operand is not a SortedSet, `reflected` makes the result
   of the right operand and the left one. */
static PyObject *
sorted_operate(PyObject *left, PyObject *right, SortedStep step, SortedStep reflected)
{
    State *state = state_of_operands(left, right);
    if (state == NULL) {
        return NULL;
    }
    int ours = PyObject_TypeCheck(left, state->SortedSet);
    Sorted *self = (Sorted *)(ours ? left : right);
    PyObject *other = ours ? right : left;
    int is_set = is_any_set(state, other);
    if (is_set <= 0) {
        return is_set < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    return sorted_made_like(self, ours ? step(self, other) : reflected(self, other));
}

static Sorted *
reflected_or(Sorted *self, PyObject *other)
{
    Sorted *made = result_of(self, other);
    if (made != NULL && add_elements(made, (PyObject *)self) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

/* Only those elements of `other` that are in the result need an order. */
static Sorted *
reflected_subtract(Sorted *self, PyObject *other)
{
    Sorted *found = sorted_common(self, other), *made = NULL;
    PyObject *rest = found == NULL ? NULL : PySet_New(other);
    PyObject *done =
        rest == NULL ? NULL : PyObject_CallMethod(rest, "difference_update", "O", found);
    if (done != NULL) {
        made = result_of(self, rest);
    }
    Py_XDECREF(done);
    Py_XDECREF(rest);
    Py_XDECREF(found);
    return made;
}

static Sorted *
reflected_xor(Sorted *self, PyObject *other)
{
    Sorted *theirs = result_of(self, other);
    Sorted *made = theirs == NULL ? NULL : sorted_exclusive(theirs, (PyObject *)self);
    Py_XDECREF(theirs);
    return made;
}

static PyObject *
sorted_set_or(PyObject *left, PyObject *right)
{
    return sorted_operate(left, right, sorted_with, reflected_or);
}

static PyObject *
sorted_set_and(PyObject *left, PyObject *right)
{
    return sorted_operate(left, right, sorted_common, sorted_common);
}

static PyObject *
sorted_set_subtract(PyObject *left, PyObject *right)
{
    return sorted_operate(left, right, sorted_without, reflected_subtract);
}

static PyObject *
sorted_set_xor(PyObject *left, PyObject *right)
{
    return sorted_operate(left, right, sorted_exclusive, reflected_xor);
}

/* Calls the method of an operator such as `|=`, and returns the set itself. */
static PyObject *
sorted_operate_inplace(Sorted *self, PyObject *other,
                       PyObject *(*method)(Sorted *, PyObject *const *, Py_ssize_t))
{
    int is_set = is_any_set(self->state, other);
    if (is_set <= 0) {
        return is_set < 0 ? NULL : Py_NewRef(Py_NotImplemented);
    }
    PyObject *done = method(self, &other, 1);
    Py_XDECREF(done);
    return done == NULL ? NULL : Py_NewRef(self);
}

static PyObject *
sorted_set_inplace_or(Sorted *self, PyObject *other)
{
    return sorted_operate_inplace(self, other, sorted_set_update);
}

static PyObject *
sorted_set_inplace_and(Sorted *self, PyObject *other)
{
    return sorted_operate_inplace(self, other, sorted_set_intersection_update);
}

static PyObject *
sorted_set_inplace_subtract(Sorted *self, PyObject *other)
{
    return sorted_operate_inplace(self, other, sorted_set_difference_update);
}

static PyObject *
sorted_set_exclusive_update(Sorted *self, PyObject *const *others, Py_ssize_t Py_UNUSED(count))
{
    return sorted_set_symmetric_difference_update(self, others[0]);
}

static PyObject *
sorted_set_inplace_xor(Sorted *self, PyObject *other)
{
    return sorted_operate_inplace(self, other, sorted_set_exclusive_update);
}

/* -- the type ---------------------------------------------------------------------------------- */

/* A set can be used before __init__ has run, as pickle and copy do. */
static PyObject *
sorted_set_new(PyTypeObject *type, PyObject *Py_UNUSED(arguments), PyObject *Py_UNUSED(keywords))
{
    State *state = state_of_class(type);
    return state == NULL ? NULL : (PyObject *)sorted_new_empty(type, state, 0);
}

static int
sorted_set_init(Sorted *self, PyObject *arguments, PyObject *keywords)
{
    Py_ssize_t count = PyTuple_GET_SIZE(arguments);
    if (keywords != NULL && PyDict_GET_SIZE(keywords) > 0) {
        PyErr_SetString(PyExc_TypeError, "SortedSet() takes no keyword arguments");
        return -1;
    }
    if (!takes("SortedSet", count, 0, 1)) {
        return -1;
    }
    Tree taken = tree_take_all(&self->tree);
    tree_drop(&taken);
    if (count == 0) {
        return 0;
    }
    /* An iterator is read into a list first, so that its elements can be stored at once. */
    PyObject *source = PyTuple_GET_ITEM(arguments, 0);
    int is_read = PyIter_Check(source);
    PyObject *read = is_read ? PySequence_List(source) : Py_NewRef(source);
    int done = read == NULL ? -1 : add_elements(self, read);
    Py_XDECREF(read);
    return done;
}

static PyMethodDef sorted_set_methods[] = {
    METHOD("get", sorted_set_get, METH_O, DOC_SortedSet_get),
    METHOD("add", sorted_set_add, METH_O, DOC_SortedSet_add),
    METHOD("insert", sorted_set_insert, METH_O, DOC_SortedSet_insert),
    METHOD("get_or_insert", sorted_set_get_or_insert, METH_O, DOC_SortedSet_get_or_insert),
    METHOD("replace", sorted_set_replace, METH_O, DOC_SortedSet_replace),
    METHOD("update", sorted_set_update, METH_FASTCALL, DOC_SortedSet_update),
    METHOD("remove", sorted_set_remove, METH_O, DOC_SortedSet_remove),
    METHOD("discard", sorted_set_discard, METH_O, DOC_SortedSet_discard),
    METHOD("take", sorted_set_take, METH_O, DOC_SortedSet_take),
    METHOD("pop", sorted_set_pop, METH_NOARGS, DOC_SortedSet_pop),
    METHOD("pop_first", sorted_pop_first, METH_NOARGS, DOC_SortedSet_pop_first),
    METHOD("pop_last", sorted_pop_last, METH_NOARGS, DOC_SortedSet_pop_last),
    METHOD("clear", sorted_clear, METH_NOARGS, DOC_SortedSet_clear),
    METHOD("retain", sorted_retain, METH_O, DOC_SortedSet_retain),
    METHOD("extract_if", sorted_extract_if, METH_O, DOC_SortedSet_extract_if),
    METHOD("drain", sorted_drain, METH_NOARGS, DOC_SortedSet_drain),
    METHOD("union", sorted_set_union, METH_FASTCALL, DOC_SortedSet_union),
    METHOD("intersection", sorted_set_intersection, METH_FASTCALL, DOC_SortedSet_intersection),
    METHOD("difference", sorted_set_difference, METH_FASTCALL, DOC_SortedSet_difference),
    METHOD("symmetric_difference", sorted_set_symmetric_difference, METH_O,
           DOC_SortedSet_symmetric_difference),
    METHOD("intersection_update", sorted_set_intersection_update, METH_FASTCALL,
           DOC_SortedSet_intersection_update),
    METHOD("difference_update", sorted_set_difference_update, METH_FASTCALL,
           DOC_SortedSet_difference_update),
    METHOD("symmetric_difference_update", sorted_set_symmetric_difference_update, METH_O,
           DOC_SortedSet_symmetric_difference_update),
    METHOD("issubset", sorted_set_issubset, METH_O, DOC_SortedSet_issubset),
    METHOD("issuperset", sorted_set_issuperset, METH_O, DOC_SortedSet_issuperset),
    METHOD("isdisjoint", sorted_set_isdisjoint, METH_O, DOC_SortedSet_isdisjoint),
    METHOD("first", sorted_first, METH_NOARGS, DOC_SortedSet_first),
    METHOD("last", sorted_last, METH_NOARGS, DOC_SortedSet_last),
    METHOD("lower", sorted_lower, METH_O, DOC_SortedSet_lower),
    METHOD("floor", sorted_floor, METH_O, DOC_SortedSet_floor),
    METHOD("ceiling", sorted_ceiling, METH_O, DOC_SortedSet_ceiling),
    METHOD("higher", sorted_higher, METH_O, DOC_SortedSet_higher),
    METHOD("range", sorted_range, METH_FASTCALL | METH_KEYWORDS, DOC_SortedSet_range),
    METHOD("at", sorted_at, METH_O, DOC_SortedSet_at),
    METHOD("index_of", sorted_index_of, METH_O, DOC_SortedSet_index_of),
    METHOD("rank", sorted_rank, METH_O, DOC_SortedSet_rank),
    METHOD("__reversed__", sorted_reversed, METH_NOARGS, "The elements, the greatest first."),
    METHOD("__sizeof__", sorted_sizeof, METH_NOARGS, "The size of the set in memory, in bytes."),
    GENERIC,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sorted_set_slots[] = {
    {Py_tp_doc,
     (void *)PyDoc_STR("SortedSetBase(source=(), /)\n--\n\n"
                       "The base of `keyview.SortedSet` in C; see there.")},
    {Py_tp_new, sorted_set_new},
    {Py_tp_init, sorted_set_init},
    {Py_tp_traverse, sorted_traverse},
    {Py_tp_clear, sorted_tp_clear},
    {Py_tp_dealloc, sorted_dealloc},
    {Py_tp_hash, PyObject_HashNotImplemented},
    {Py_tp_richcompare, sorted_set_richcompare},
    {Py_tp_iter, sorted_iter},
    {Py_sq_length, sorted_length},
    {Py_sq_contains, sorted_contains},
    {Py_nb_or, sorted_set_or},
    {Py_nb_and, sorted_set_and},
    {Py_nb_subtract, sorted_set_subtract},
    {Py_nb_xor, sorted_set_xor},
    {Py_nb_inplace_or, sorted_set_inplace_or},
    {Py_nb_inplace_and, sorted_set_inplace_and},
    {Py_nb_inplace_subtract, sorted_set_inplace_subtract},
    {Py_nb_inplace_xor, sorted_set_inplace_xor},
    {Py_tp_methods, sorted_set_methods},
    {Py_tp_members, sorted_members},
    {0, NULL},
};

static PyType_Spec sorted_set_spec = {"keyview._core.SortedSetBase", sizeof(Sorted), 0,
                                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
                                      sorted_set_slots};

/* -- what HashSet and SortedSet are made from -------------------------------------------------- */

static Owner *
first_set(PyObject *module, const char *name, PyObject *const *arguments, Py_ssize_t count,
          Py_ssize_t wanted)
{
    State *state = PyModule_GetState(module);
    return first_of(state->Set, state->SortedSet, "a set of keyview", name, arguments, count,
                    wanted);
}

/* Like core_specialize, for sets. */
static PyObject *
core_specialize_set(PyObject *module, PyObject *type)
{
    State *state = PyModule_GetState(module);
    int hashed = PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, state->Set);
    int sorted = PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, state->SortedSet);
    if (!hashed && !sorted) {
        return PyErr_Format(PyExc_TypeError, "specialize_set() takes a class of sets, not %R",
                            type);
    }
    if (copy_methods(type, hashed ? set_methods : sorted_set_methods) < 0) {
        return NULL;
    }
    if (hashed) {
        free_list_clear(&state->sets);
        Py_XSETREF(state->specialized_set, (PyTypeObject *)Py_NewRef(type));
        specialize_making(state->specialized_set, set_vectorcall);
    }
    Py_RETURN_NONE;
}

static PyObject *
core_copied_set(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *set = first_set(module, "copied_set", arguments, count, 1);
    if (set == NULL) {
        return NULL;
    }
    return set->kind == SORTED ? sorted_set_union((Sorted *)set, NULL, 0)
                               : set_union((Set *)set, NULL, 0);
}

static PyObject *
core_reserve_set(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *set = first_set(module, "reserve_set", arguments, count, 3);
    if (set != NULL && set->kind != HASHED) {
        return PyErr_Format(PyExc_TypeError, "reserve_set() takes a HashSet, not %R", set);
    }
    return set == NULL ? NULL : reserve_for((Set *)set, arguments[1], arguments[2]);
}

/* Moves the elements of a sorted set that are not less than a query into a new one. */
static PyObject *
core_split_off_set(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Owner *set = first_set(module, "split_off_set", arguments, count, 2);
    if (set != NULL && set->kind != SORTED) {
        return PyErr_Format(PyExc_TypeError, "split_off_set() takes a SortedSet, not %R", set);
    }
    PyObject *made =
        set == NULL ? NULL : sorted_made_like((Sorted *)set, result_new((Sorted *)set));
    if (made != NULL && sorted_split_off((Sorted *)set, arguments[1], (Sorted *)made) < 0) {
        Py_CLEAR(made);
    }
    return made;
}

#endif
