/* What is asked of millions of pairs of texts, compiled. `native.py` calls it; `metrics.py` says the
 * same in Python, and tests hold the two together to the last bit.
 *
 * Texts come as Arrow string views (the Arrow C data interface, "vu"), so none is copied. What
 * is allocated here is freed here, and nothing is read beyond what Arrow handed over.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#define OPEN __declspec(dllexport)
#else
#define OPEN __attribute__((visibility("default")))
#endif

/* ---- columns of texts: the Arrow C data interface, as its specification gives it ---- */

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

/* A text of up to 12 bytes stands in the view itself, a longer one in one of the buffers. */
typedef struct {
    int32_t size;
    union {
        char inlined[12];
        struct {
            char start[4];
            int32_t buffer, offset;
        } held;
    } as;
} View;

/* Beside the texts a number for each, by which most unlike pairs are told without looking at them:
 * which letters occur an odd number of times (32 bits), the length (6), the first three letters
 * (24). Texts that are too long or not plain ASCII have the length UNTOLD. */
typedef struct {
    struct ArrowArray array;
    const View *views;
    const char *const *buffers;
    uint64_t *signs;
    uint32_t *tails; /* of numbers: their last seven digits */
} Texts;

enum { MOST = 64, UNTOLD = 63, LENGTH = 32, START = 40 };

/* The only chunk of a stream of string views; NULL if it is anything else. Takes the stream over. */
OPEN Texts *texts_open(struct ArrowArrayStream *stream, int64_t length) {
    struct ArrowSchema schema = {0};
    Texts *texts = calloc(1, sizeof *texts);
    bool is_fit = texts && !stream->get_schema(stream, &schema) && !strcmp(schema.format, "vu");
    is_fit = is_fit && !stream->get_next(stream, &texts->array);
    is_fit = is_fit && texts->array.release && texts->array.length == length;
    if (schema.release) schema.release(&schema);
    if (!is_fit) {
        if (texts && texts->array.release) texts->array.release(&texts->array);
        free(texts);
        return NULL;
    }
    texts->views = (const View *)texts->array.buffers[1] + texts->array.offset;
    texts->buffers = (const char *const *)texts->array.buffers + 2;
    return texts;
}

OPEN void texts_close(Texts *texts) {
    texts->array.release(&texts->array);
    free(texts->signs);
    free(texts->tails);
    free(texts);
}

static inline const unsigned char *bytes_of(const Texts *texts, const View *view) {
    const char *bytes = view->as.inlined;
    if (view->size > 12) bytes = texts->buffers[view->as.held.buffer] + view->as.held.offset;
    return (const unsigned char *)bytes;
}

static inline bool is_known(const Texts *texts, int64_t row) {
    const uint8_t *known = texts->array.buffers[0];
    row += texts->array.offset;
    return !known || known[row >> 3] >> (row & 7) & 1;
}

static uint64_t sign_of(const unsigned char *bytes, int size) {
    if (size >= UNTOLD) return (uint64_t)UNTOLD << LENGTH;
    uint32_t odd = 0;
    unsigned char any = 0;
    for (int at = 0; at < size; at++) {
        any |= bytes[at];
        odd ^= (uint32_t)1 << (bytes[at] & 31);
    }
    if (any & 0x80) return (uint64_t)UNTOLD << LENGTH;
    uint64_t sign = odd | (uint64_t)size << LENGTH;
    for (int at = 0; at < size && at < 3; at++) sign |= (uint64_t)bytes[at] << (START + 8 * at);
    return sign;
}

/* Whether there is room for what metrics ask beside the texts; made when it is first asked. */
static bool signed_(Texts *texts) {
    int64_t size = texts->array.length;
    if (texts->signs) return true;
    texts->signs = malloc(size * sizeof *texts->signs);
    if (!texts->signs) return false;
    for (int64_t at = 0; at < size; at++)
        texts->signs[at] = sign_of(bytes_of(texts, texts->views + at), texts->views[at].size);
    return true;
}

static bool tailed(Texts *texts) {
    int64_t size = texts->array.length;
    if (texts->tails) return true;
    texts->tails = malloc(size * sizeof *texts->tails);
    if (!texts->tails) return false;
    for (int64_t at = 0; at < size; at++) {
        const View *view = texts->views + at;
        const unsigned char *bytes = bytes_of(texts, view);
        uint32_t tail = 0;
        for (int back = 7; back; back--)
            if (view->size >= back) tail = tail * 31 + bytes[view->size - back];
        texts->tails[at] = tail;
    }
    return true;
}

/* ---- the distinct texts of a column ---- */

static uint64_t stirred(uint64_t some) {
    some ^= some >> 32;
    some *= 0xD6E8FEB86659FD93u;
    return some ^ some >> 29;
}

static uint32_t digest(const View *view, const unsigned char *bytes) {
    uint64_t words[2], sum = 0;
    if (view->size <= 12) { /* the view holds nothing but the text, and zeros behind it */
        memcpy(words, view, sizeof words);
        sum = stirred(words[0] * 0x9E3779B97F4A7C15u) + words[1];
    } else {
        for (int at = 0; at + 8 <= view->size; at += 8) {
            memcpy(words, bytes + at, 8);
            sum = stirred(sum + words[0]) * 0x9E3779B97F4A7C15u;
        }
        memcpy(words, bytes + view->size - 8, 8);
        sum += words[0];
    }
    return (uint32_t)(stirred(stirred(sum)) >> 16);
}

static bool is_same(const Texts *texts, const View *one, const View *other) {
    if (one->size <= 12) return !memcmp(one, other, sizeof *one);
    return one->size == other->size &&
           !memcmp(bytes_of(texts, one), bytes_of(texts, other), one->size);
}

/* A table of places by digest: both in one number, of which a digest tells where to begin. */
static const uint64_t FREE = UINT64_MAX;

static uint64_t *doubled(uint64_t *slots, uint64_t size) {
    uint64_t *larger = malloc(2 * size * sizeof *larger);
    if (larger) {
        memset(larger, 0xFF, 2 * size * sizeof *larger);
        for (uint64_t at = 0; at < size; at++) {
            if (slots[at] == FREE) continue;
            uint64_t to = slots[at] >> 32 & (2 * size - 1);
            while (larger[to] != FREE) to = (to + 1) & (2 * size - 1);
            larger[to] = slots[at];
        }
    }
    free(slots);
    return larger;
}

/* Of every row the place of its text among the distinct ones, which stand as they first occur; of
 * one without a text the place after the last. `firsts`: the rows where they do. Answers how many
 * there are, -1 without memory. */
OPEN int64_t distinct(const Texts *texts, uint32_t *codes, uint32_t *firsts) {
    int64_t rows = texts->array.length;
    uint64_t size = 1024, count = 0;
    uint64_t *slots = malloc(size * sizeof *slots);
    if (slots) memset(slots, 0xFF, size * sizeof *slots);
    for (int64_t row = 0; slots && row < rows; row++) {
        codes[row] = UINT32_MAX;
        if (!is_known(texts, row)) continue;
        const View *view = texts->views + row;
        uint64_t sign = digest(view, bytes_of(texts, view)), at = sign & (size - 1);
        for (; slots[at] != FREE; at = (at + 1) & (size - 1)) {
            uint32_t place = (uint32_t)slots[at];
            if (slots[at] >> 32 != sign || !is_same(texts, view, texts->views + firsts[place]))
                continue;
            codes[row] = place;
            break;
        }
        if (slots[at] != FREE) continue;
        slots[at] = sign << 32 | count;
        firsts[count] = (uint32_t)row;
        codes[row] = (uint32_t)count++;
        if (2 * count > size) slots = doubled(slots, size), size *= 2;
    }
    if (!slots) return -1;
    free(slots);
    for (int64_t row = 0; row < rows; row++)
        if (codes[row] == UINT32_MAX) codes[row] = (uint32_t)count;
    return (int64_t)count;
}

/* What is held at each of these places. */
OPEN void gathered(const int64_t *restrict held, const uint32_t *restrict places, int64_t size,
                   int64_t *restrict result) {
    for (int64_t at = 0; at < size; at++) result[at] = held[places[at]];
}

/* ---- common shapes of addresses and numbers, see `shapes.py` ---- */

static inline bool is_digit(unsigned char sign) { return sign >= '0' && sign <= '9'; }
static inline bool is_small(unsigned char sign) { return sign >= 'a' && sign <= 'z'; }

/* Whether a text is one of some words, which stand with their length before them, 0 at the end. */
static bool is_among(const unsigned char *bytes, int size, const unsigned char *words) {
    for (; *words; words += *words + 1)
        if (*words == size && !memcmp(words + 1, bytes, size)) return true;
    return false;
}

static bool is_address(const unsigned char *bytes, int size, const unsigned char *nobody,
                       const unsigned char *dotless) {
    int at = 0, label = 0, dots = 0, letters = 0;
    while (at < size && (is_small(bytes[at]) || is_digit(bytes[at]) || bytes[at] == '.' ||
                         bytes[at] == '_' || bytes[at] == '-'))
        at++;
    if (at < 1 || at > 64 || at == size || bytes[at] != '@' || size > 254) return false;
    const unsigned char *host = bytes + at + 1, *end = bytes + size;
    for (const unsigned char *sign = host; sign < end; sign++) {
        if (*sign == '.') {
            if (!label) return false;
            dots++, label = letters = 0;
        } else if (is_small(*sign) || is_digit(*sign) || *sign == '-') {
            label++, letters += is_small(*sign);
        } else {
            return false;
        }
    }
    return dots && label >= 2 && letters == label && !is_among(bytes, at, nobody) &&
           !is_among(host, (int)(end - host), dotless);
}

/* Which texts are plain addresses as they are: lower case, of somebody, at a host whose dots
 * matter. */
OPEN void addresses(const Texts *texts, const unsigned char *nobody, const unsigned char *dotless,
                    uint8_t *found) {
    for (int64_t row = 0; row < texts->array.length; row++) {
        const View *view = texts->views + row;
        found[row] = is_known(texts, row) &&
                     is_address(bytes_of(texts, view), view->size, nobody, dotless);
    }
}

/* The digits of a plain telephone number with those of the country, 0 for none. */
static int64_t telephone(const unsigned char *bytes, int size) {
    enum { LEAST = 7, LONGEST = 15, WRITTEN = 30 };
    unsigned char digits[WRITTEN];
    int count = 0;
    if (size < LEAST || size > WRITTEN) return 0;
    for (int at = 0; at < size; at++) {
        if (is_digit(bytes[at]))
            digits[count++] = bytes[at];
        else if (!bytes[at] || !strchr(" ()+./-", bytes[at]))
            return 0;
        if (bytes[at] == '(' && at + 2 < size && bytes[at + 1] == '0' && bytes[at + 2] == ')')
            return 0;
    }
    if (count < 4 || (digits[0] == '0' && digits[1] == '0')) return 0;
    const unsigned char *last = digits + count - 4;
    if (last[0] == last[1] && last[1] == last[2] && last[2] == last[3]) return 0;
    if (count >= 8 && !memcmp(digits + count - 8, "12345678", 8)) return 0;
    bool is_home = digits[0] == '0';
    count += is_home; /* 31 in place of the 0 */
    if (count < LEAST || count > LONGEST) return 0;
    int64_t number = is_home ? 31 : 0;
    for (int at = is_home; at < count - is_home; at++) number = number * 10 + digits[at] - '0';
    return number;
}

OPEN void telephones(const Texts *texts, int64_t *numbers) {
    for (int64_t row = 0; row < texts->array.length; row++) {
        const View *view = texts->views + row;
        numbers[row] = is_known(texts, row) ? telephone(bytes_of(texts, view), view->size) : 0;
    }
}

/* ---- one text: its letters, as numbers; many that are asked fit in so many ---- */

typedef struct {
    int size; /* in letters; -1 where there are more than MOST */
    bool is_plain;
    const unsigned char *bytes;
    uint32_t wide[MOST]; /* only of texts that are not plain ASCII */
} Text;

static inline uint32_t letter(const Text *text, int at) {
    return text->is_plain ? text->bytes[at] : text->wide[at];
}

static void widen(Text *text, int size) {
    int letters = 0;
    for (int at = 0; at < size;) {
        unsigned char first = text->bytes[at];
        int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        uint32_t one = more == 0 ? first : first & (0x3F >> more);
        if (letters == MOST || at + more >= size) {
            text->size = -1;
            return;
        }
        for (int k = 1; k <= more; k++) one = one << 6 | (text->bytes[at + k] & 0x3F);
        text->wide[letters++] = one;
        at += more + 1;
    }
    text->size = letters;
}

static inline void read_text(const Texts *texts, uint32_t place, Text *text) {
    const View *view = texts->views + place;
    text->bytes = bytes_of(texts, view);
    text->is_plain = true;
    text->size = view->size;
    if ((texts->signs[place] >> LENGTH & UNTOLD) != UNTOLD) return;
    text->is_plain = false;
    if (view->size > 4 * MOST)
        text->size = -1;
    else
        widen(text, view->size);
}

/* ---- metrics, of texts of at most MOST letters ---- */

static inline int least_of(int one, int other) { return one < other ? one : other; }
static inline int most_of(int one, int other) { return one > other ? one : other; }

static bool is_slip(const Text *one, const Text *other) {
    if (one->size > other->size) {
        const Text *swap = one;
        one = other;
        other = swap;
    }
    int short_ = one->size, long_ = other->size, start = 0, end = 0;
    if (long_ - short_ > 1) return false;
    while (start < short_ && letter(one, start) == letter(other, start)) start++;
    while (end < short_ - start && letter(one, short_ - 1 - end) == letter(other, long_ - 1 - end))
        end++;
    int left = short_ - start - end;
    if (long_ > short_) return left == 0;
    if (left <= 1) return true;
    return left == 2 && letter(one, start) == letter(other, start + 1) &&
           letter(one, start + 1) == letter(other, start);
}

static bool stands_at(const Text *part, const Text *whole, int from) {
    for (int at = 0; at < part->size; at++)
        if (letter(part, at) != letter(whole, from + at)) return false;
    return true;
}

static bool begins(const Text *one, const Text *other) {
    if (one->size > other->size) return begins(other, one);
    return one->size >= 3 && stands_at(one, other, 0);
}

static bool ends(const Text *one, const Text *other) {
    if (one->size > other->size) return ends(other, one);
    if (one->size < 7) return false;
    if (stands_at(one, other, other->size - one->size)) return true;
    for (int at = 1; at <= 9; at++)
        if (one->size < at || letter(one, one->size - at) != letter(other, other->size - at))
            return false;
    return true;
}

static bool holds(const Text *one, const Text *other) {
    if (one->size > other->size) return holds(other, one);
    if (one->size < 3) return false;
    for (int from = 0; from + one->size <= other->size; from++)
        if (stands_at(one, other, from)) return true;
    return false;
}

/* Whether texts begin alike and then differ. */
static bool parts(const Text *one, const Text *other) {
    int both = least_of(one->size, other->size);
    if (!both || letter(one, 0) != letter(other, 0)) return false;
    for (int at = 1; at < both; at++)
        if (letter(one, at) != letter(other, at)) return true;
    return false;
}

/* Which letters occur an odd number of times, 32 kinds of them. */
static inline uint32_t odd_letters(const Text *text) {
    uint32_t odd = 0;
    for (int at = 0; at < text->size; at++) odd ^= (uint32_t)1 << (letter(text, at) & 31);
    return odd;
}

static inline int bits_of(uint32_t some) {
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_popcount(some);
#else
    int found = 0;
    for (; some; some &= some - 1) found++;
    return found;
#endif
}

/* Jaro-Winkler as rapidfuzz computes it, in the same order of operations; 0 under the least. */
static double jaro_winkler(const Text *one, const Text *other, double least) {
    int a = one->size, b = other->size, start = 0, both = least_of(a, b);
    if (!both) return a == b && 1.0 >= least ? 1.0 : 0.0;
    while (start < least_of(both, 4) && letter(one, start) == letter(other, start)) start++;
    /* Letters that are uneven have no partner; with m partners Jaro is at most (m/a + m/b + 1)/3. */
    double bound = (least - 0.1 * start) / (1 - 0.1 * start);
    if (bound < 0.7) bound = least < 0.7 ? least : 0.7;
    int even = (a + b - bits_of(odd_letters(one) ^ odd_letters(other))) / 2;
    int partners = least_of(both, even);
    if ((double)partners * (a + b) < (3 * (bound - 1e-9) - 1) * a * b) return 0;

    int reach = most_of(a, b) / 2 - 1;
    if (reach < 0) reach = 0;
    uint64_t taken = 0, met = 0;
    int common = 0;
    for (int j = 0; j < b; j++) {
        uint32_t sought = letter(other, j);
        int to = least_of(a - 1, j + reach);
        for (int i = most_of(0, j - reach); i <= to; i++)
            if (!(taken >> i & 1) && letter(one, i) == sought) {
                taken |= (uint64_t)1 << i;
                met |= (uint64_t)1 << j;
                common++;
                break;
            }
    }
    if (!common) return 0;
    int crossed = 0;
    for (int i = 0, j = 0; i < a; i++)
        if (taken >> i & 1) {
            while (!(met >> j & 1)) j++;
            crossed += letter(one, i) != letter(other, j++);
        }
    crossed /= 2;
    double likeness = 0;
    likeness += (double)common / a;
    likeness += (double)common / b;
    likeness += ((double)common - crossed) / common;
    likeness /= 3.0;
    if (likeness > 0.7) {
        likeness += start * 0.1 * (1.0 - likeness);
        if (likeness > 1.0) likeness = 1.0;
    }
    return likeness >= least ? likeness : 0;
}

enum { JARO_WINKLER, SLIP, LONG_SLIP, BEGINS, ENDS, HOLDS, PARTS };

static float measured(int metric, const Text *one, const Text *other, double least) {
    switch (metric) {
    case JARO_WINKLER: return (float)jaro_winkler(one, other, least);
    case SLIP: return is_slip(one, other);
    case LONG_SLIP: return least_of(one->size, other->size) >= 6 && is_slip(one, other);
    case BEGINS: return begins(one, other);
    case ENDS: return ends(one, other);
    case HOLDS: return holds(one, other);
    default: return -(float)parts(one, other);
    }
}

/* ---- what the signs of two texts tell: whether a metric may be more than 0 ---- */

static inline int length_of(uint64_t sign) { return sign >> LENGTH & UNTOLD; }

/* By both lengths and how many letters (up to three) they begin with alike, the least number of
 * letters with a partner by which Jaro-Winkler reaches the least. With m partners Jaro is at most
 * (m/a + m/b + 1) / 3. */
typedef uint8_t Needed[UNTOLD][UNTOLD][4];

OPEN int64_t needed_size(void) { return sizeof(Needed); }

OPEN void partners_needed(double least, Needed needed) {
    for (int a = 0; a < UNTOLD; a++)
        for (int b = 0; b < UNTOLD; b++)
            for (int alike = 0; alike < 4; alike++) {
                double start = alike == 3 ? 0.4 : 0.1 * alike;
                int partners = 0;
                while (partners <= least_of(a, b)) {
                    double jaro = 1;
                    if (a && b) jaro = ((double)partners / a + (double)partners / b + 1) / 3;
                    if (jaro + start * (1 - jaro) >= least - 1e-6) break;
                    partners++;
                }
                needed[a][b][alike] = (uint8_t)partners;
            }
}

static inline bool may_be(int metric, uint64_t one, uint64_t other,
                          const Needed needed) {
    int a = length_of(one), b = length_of(other);
    if (a == UNTOLD || b == UNTOLD) return true;
    int uneven = bits_of((uint32_t)(one ^ other)), apart = a > b ? a - b : b - a;
    uint64_t start = (one ^ other) >> START;
    switch (metric) {
    case JARO_WINKLER: {
        int alike = !(start & 0xFF) + !(start & 0xFFFF) + !start;
        return least_of(least_of(a, b), (a + b - uneven) / 2) >= needed[a][b][alike];
    }
    case SLIP: return uneven <= 2 && apart <= 1;
    case LONG_SLIP: return uneven <= 2 && apart <= 1 && least_of(a, b) >= 6;
    case BEGINS: return uneven <= apart && !start && least_of(a, b) >= 3;
    case HOLDS: return uneven <= apart && least_of(a, b) >= 3;
    case PARTS: return !(start & 0xFF);
    default: return true;
    }
}

/* A column of a table: the texts, and which of them each row has (NULL: each its own). */
typedef struct {
    Texts *texts;
    const uint32_t *codes;
} Column;

static inline uint32_t place_of(const Column *column, int64_t row) {
    return column->codes ? column->codes[row] : (uint32_t)row;
}

/* Pairs looked at in one go: first the signs of all of them, which lie far apart in memory and are
 * fetched side by side, then the texts of the few that are left. */
enum { AT_ONCE = 1024 };

static void fetch(const Texts *texts, const uint32_t *places, int size, bool by_tail,
                  uint64_t *signs) {
    if (by_tail)
        for (int at = 0; at < size; at++) signs[at] = texts->tails[places[at]];
    else
        for (int at = 0; at < size; at++) signs[at] = texts->signs[places[at]];
}

/* The metric of every pair that is asked for, 0 of the others. `needed`: see `partners_needed`, of
 * the least. `longer`: the places of pairs of which a text is too long for this, to be measured
 * elsewhere; answers how many, -1 without memory. */
OPEN int64_t likeness(int metric, double least, const Needed needed, const Column *one,
                      const Column *other, const int64_t *left, const int64_t *right,
                      const bool *where, int64_t size, float *result, int64_t *longer) {
    int64_t open = 0;
    int64_t asked[AT_ONCE];
    uint32_t places[2][AT_ONCE];
    uint64_t signs[2][AT_ONCE];
    Text a, b;
    if (!signed_(one->texts) || !signed_(other->texts)) return -1;
    bool by_tail = metric == ENDS;
    if (by_tail && !(tailed(one->texts) && tailed(other->texts))) return -1;
    memset(result, 0, size * sizeof *result);
    for (int64_t at = 0; at < size;) {
        int found = 0, left_over = 0;
        for (; at < size && found < AT_ONCE; at++) {
            asked[found] = at;
            found += where[at];
        }
        for (int k = 0; k < found; k++) places[0][k] = place_of(one, left[asked[k]]);
        for (int k = 0; k < found; k++) places[1][k] = place_of(other, right[asked[k]]);
        fetch(one->texts, places[0], found, by_tail, signs[0]);
        fetch(other->texts, places[1], found, by_tail, signs[1]);
        for (int k = 0; k < found; k++) {
            bool may = by_tail ? signs[0][k] == signs[1][k]
                               : may_be(metric, signs[0][k], signs[1][k], needed);
            asked[left_over] = asked[k];
            places[0][left_over] = places[0][k];
            places[1][left_over] = places[1][k];
            left_over += may;
        }
        for (int k = 0; k < left_over; k++) {
            read_text(one->texts, places[0][k], &a);
            read_text(other->texts, places[1][k], &b);
            if (a.size < 0 || b.size < 0)
                longer[open++] = asked[k];
            else
                result[asked[k]] = measured(metric, &a, &b, least);
        }
    }
    return open;
}

/* ---- hashes of both sides of pairs; 0 is missing ---- */

/* Where both sides are known, and where they are known and equal. Some are fetched at a time, which
 * lie far apart in memory, before they are looked at. */
OPEN void agreement(const int64_t *restrict one, const int64_t *restrict other,
                    const int64_t *restrict left, const int64_t *restrict right, int64_t size,
                    uint8_t *restrict both, uint8_t *restrict equal) {
    int64_t a[AT_ONCE], b[AT_ONCE];
    for (int64_t start = 0; start < size; start += AT_ONCE) {
        int some = size - start < AT_ONCE ? (int)(size - start) : AT_ONCE;
        for (int at = 0; at < some; at++) a[at] = one[left[start + at]];
        for (int at = 0; at < some; at++) b[at] = other[right[start + at]];
        for (int at = 0; at < some; at++) {
            both[start + at] = (a[at] != 0) & (b[at] != 0);
            equal[start + at] = (a[at] == b[at]) & (a[at] != 0);
        }
    }
}

/* ---- components and linkage ---- */

/* Connected components of `size` rows over links: the smallest row of its component for each. */
OPEN void components(int64_t *restrict label, int64_t size, const int64_t *restrict left,
                     const int64_t *restrict right, int64_t links) {
    for (int64_t row = 0; row < size; row++) label[row] = row;
    for (int64_t at = 0; at < links; at++) {
        int64_t one = left[at], other = right[at];
        while (label[one] != one) one = label[one] = label[label[one]];
        while (label[other] != other) other = label[other] = label[label[other]];
        if (one < other)
            label[other] = one;
        else
            label[one] = other;
    }
    /* A row's label is never larger than the row, so what it points to is settled before it. */
    for (int64_t row = 0; row < size; row++) label[row] = label[label[row]];
}

/* How sums over the pairs between two sets are weighed, see `sets.SetEvidence`: after FIXED sums
 * (pairs, evidence, rules) stand blocks of three (known, same, household). */
enum { FIXED = 3, EACH = 3 };
enum { ONE_EACH = 1, FIRST_NAME = 2 }; /* of a first name a second block, without initials, follows */

typedef struct {
    int32_t comparisons, figures;
    const uint8_t *kinds; /* per comparison */
    double same, household; /* priors, against strangers */
    double lowest, saturation;
} Weighing;

static double logaddexp2_0(double x) { /* log2(2^x + 1), as NumPy's logaddexp2(x, 0) */
    if (x == 0) return 1;
    return x > 0 ? x + 1.442695040888963407359924681001892137 * log1p(exp2(-x))
                 : 1.442695040888963407359924681001892137 * log1p(exp2(x));
}

static double weighed(const Weighing *by, const float *sums) {
    double logs[2] = {by->same, by->household}, ratios[2] = {1, 1};
    const float *block = sums + FIXED;
    for (int at = 0; at < by->comparisons; at++) {
        const float *said = block;
        block += EACH;
        if (by->kinds[at] & FIRST_NAME) {
            if (block[0] > 0) said = block;
            block += EACH;
        }
        if (by->kinds[at] & ONE_EACH) {
            float known = said[0] > 1 ? said[0] : 1;
            for (int k = 0; k < 2; k++) logs[k] += said[1 + k] / known;
        } else {
            float missing = said[0] == 0;
            for (int k = 0; k < 2; k++) ratios[k] *= (said[1 + k] + missing) / (said[0] + missing);
        }
    }
    for (int k = 0; k < 2; k++) logs[k] += log2(ratios[k]);
    float pairs = sums[0] > 1 ? sums[0] : 1;
    double bits = logs[0] - logaddexp2_0(logs[1]) + sums[2] / pairs;
    bits = bits < by->lowest ? by->lowest : bits > by->saturation ? by->saturation : bits;
    double average = sums[1] / pairs;
    return (bits + (average < bits ? average : bits)) / 2;
}

/* Linkage inside many components, as `linkage.linked`: most alike groups merge first.
 *
 * sizes, pairs: rows and pairs per component. left, right, weight: of the pairs, component by
 * component, the places in it. sums: figures of every pair, NULL to merge by the average weight.
 * group: of every row the first row (its place) of its group. Answers false without memory. */
OPEN bool linked(int64_t count, const int64_t *sizes, const int64_t *pairs, const int32_t *left,
                 const int32_t *right, const double *weight, const float *sums,
                 const Weighing *by, double lowest, double threshold, int32_t *group) {
    int64_t most = 0;
    for (int64_t at = 0; at < count; at++)
        if (sizes[at] > most) most = sizes[at];
    int figures = sums ? by->figures : 0;
    double *matrix = malloc(most * most * sizeof *matrix);
    double *counts = malloc(most * sizeof *counts);
    float *added = figures ? malloc(most * most * figures * sizeof *added) : NULL;
    bool *is_gone = malloc(most * sizeof *is_gone);
    bool is_done = matrix && counts && is_gone && (added || !figures);
    for (int64_t at = 0; is_done && at < count; at++) {
        int n = (int)sizes[at];
        for (int cell = 0; cell < n * n; cell++) matrix[cell] = lowest;
        if (figures) {
            memset(added, 0, (size_t)n * n * figures * sizeof *added);
            for (int cell = 0; cell < n * n; cell++) {
                added[(size_t)cell * figures] = 1;
                added[(size_t)cell * figures + 1] = (float)lowest;
            }
        }
        for (int64_t k = 0; k < pairs[at]; k++) {
            int i = left[k], j = right[k];
            matrix[i * n + j] = matrix[j * n + i] = weight[k];
            if (!figures) continue;
            size_t bytes = figures * sizeof *added;
            memcpy(added + (size_t)(i * n + j) * figures, sums + k * figures, bytes);
            memcpy(added + (size_t)(j * n + i) * figures, sums + k * figures, bytes);
        }
        for (int row = 0; row < n; row++) {
            group[row] = row;
            counts[row] = 1;
            is_gone[row] = false;
        }
        for (int left_over = n; left_over > 1; left_over--) {
            int i = 0, j = 0;
            double best = -INFINITY;
            for (int a = 0; a < n; a++) {
                if (is_gone[a]) continue;
                for (int b = a + 1; b < n; b++)
                    if (!is_gone[b] && matrix[a * n + b] > best) {
                        best = matrix[a * n + b];
                        i = a;
                        j = b;
                    }
            }
            if (!(best >= threshold) || i == j) break;
            for (int row = 0; row < n; row++)
                if (group[row] == j) group[row] = i;
            is_gone[j] = true;
            for (int c = 0; c < n; c++) {
                if (is_gone[c] || c == i) continue;
                double one = matrix[i * n + c], other = matrix[j * n + c], both;
                if (figures) {
                    float *into = added + (size_t)(i * n + c) * figures;
                    const float *from = added + (size_t)(j * n + c) * figures;
                    for (int k = 0; k < figures; k++) into[k] += from[k];
                    memcpy(added + (size_t)(c * n + i) * figures, into, figures * sizeof *added);
                    both = weighed(by, into);
                } else {
                    both = (counts[i] * one + counts[j] * other) / (counts[i] + counts[j]);
                }
                if (best == INFINITY) both = one > other ? one : other;
                if (one == -INFINITY || other == -INFINITY) both = -INFINITY;
                if (one == INFINITY || other == INFINITY) both = INFINITY;
                matrix[i * n + c] = matrix[c * n + i] = both;
            }
            counts[i] += counts[j];
        }
        left += pairs[at];
        right += pairs[at];
        weight += pairs[at];
        if (figures) sums += pairs[at] * figures;
        group += n;
    }
    free(matrix);
    free(counts);
    free(added);
    free(is_gone);
    return is_done;
}
