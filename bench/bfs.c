/*
 * Breadth-first search over compressed rows: the baseline that the engine's figures are ratios against.
 *   bfs FILE
 * FILE (little-endian int32): nodes, edges, out offsets[nodes+1], out targets[edges], in offsets[nodes+1], in targets[edges].
 * `queue` is the textbook form: FIFO queue and a byte of distance per node. `best` is level-synchronous on bit sets and
 * direction-optimising (Beamer et al., 2012). The process reads one line per command from standard input,
 * "queue START" or "best START", and answers "MILLISECONDS REACHED SUM_OF_DISTANCES"; it ends at end of input.
 */
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int32_t n, m, *out_off, *out_to, *in_off, *in_to, *queue;
static uint16_t *dist;
static uint32_t *visited, *frontier, *next;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void queue_bfs(int32_t start) {
  memset(dist, 0, (size_t)n * sizeof *dist);
  int32_t head = 0, tail = 0;
  dist[start] = 1;
  queue[tail++] = start;
  while (head < tail) {
    int32_t u = queue[head++];
    uint16_t d = dist[u] + 1;
    for (int32_t i = out_off[u]; i < out_off[u + 1]; i++) {
      int32_t v = out_to[i];
      if (!dist[v]) {
        dist[v] = d;
        queue[tail++] = v;
      }
    }
  }
}

static void best_bfs(int32_t start) {
  int32_t words = (n + 31) / 32;
  memset(dist, 0, (size_t)n * sizeof *dist);
  memset(visited, 0, (size_t)words * 4);
  memset(frontier, 0, (size_t)words * 4);
  memset(next, 0, (size_t)words * 4);
  visited[start >> 5] |= 1u << (start & 31);
  frontier[start >> 5] |= 1u << (start & 31);
  dist[start] = 1;
  int64_t frontier_edges = out_off[start + 1] - out_off[start], unseen = m - frontier_edges, states = 1;
  for (uint16_t d = 2; states; d++) {
    if (frontier_edges > unseen / 14 && states > n / 24) {
      for (int32_t w = 0; w < words; w++) {
        uint32_t word = ~visited[w], found = 0;
        if (w == words - 1 && (n & 31)) word &= (1u << (n & 31)) - 1;
        for (; word; word &= word - 1) {
          int32_t v = (w << 5) + __builtin_ctz(word);
          for (int32_t i = in_off[v]; i < in_off[v + 1]; i++) {
            int32_t u = in_to[i];
            if (frontier[u >> 5] >> (u & 31) & 1) {
              found |= 1u << (v & 31);
              break;
            }
          }
        }
        next[w] = found;
      }
    } else {
      for (int32_t w = 0; w < words; w++)
        for (uint32_t word = frontier[w]; word; word &= word - 1) {
          int32_t u = (w << 5) + __builtin_ctz(word);
          for (int32_t i = out_off[u]; i < out_off[u + 1]; i++) {
            int32_t v = out_to[i];
            next[v >> 5] |= 1u << (v & 31);
          }
        }
    }
    states = frontier_edges = 0;
    for (int32_t w = 0; w < words; w++) {
      uint32_t word = next[w] & ~visited[w];
      frontier[w] = word;
      next[w] = 0;
      visited[w] |= word;
      for (; word; word &= word - 1) {
        int32_t v = (w << 5) + __builtin_ctz(word);
        dist[v] = d;
        states++;
        frontier_edges += out_off[v + 1] - out_off[v];
      }
    }
    unseen -= frontier_edges;
  }
}

static int32_t *read_ints(FILE *f, size_t count) {
  int32_t *a = malloc((count ? count : 1) * sizeof *a);
  if (!a || fread(a, sizeof *a, count, f) != count) {
    fprintf(stderr, "bfs: the graph file is truncated\n");
    exit(1);
  }
  return a;
}

int main(int argc, char **argv) {
  FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!f) {
    fprintf(stderr, "usage: bfs FILE\n");
    return 1;
  }
  int32_t *head = read_ints(f, 2);
  n = head[0];
  m = head[1];
  out_off = read_ints(f, (size_t)n + 1);
  out_to = read_ints(f, m);
  in_off = read_ints(f, (size_t)n + 1);
  in_to = read_ints(f, m);
  size_t words = ((size_t)n + 31) / 32;
  queue = malloc((size_t)n * sizeof *queue);
  dist = malloc((size_t)n * sizeof *dist);
  visited = malloc(words * 4);
  frontier = malloc(words * 4);
  next = malloc(words * 4);
  char how[16];
  int start;
  while (scanf("%15s %d", how, &start) == 2) {
    double t = now();
    if (!strcmp(how, "best")) best_bfs(start);
    else queue_bfs(start);
    t = now() - t;
    int64_t reached = 0, sum = 0;
    for (int32_t v = 0; v < n; v++)
      if (dist[v]) {
        reached++;
        sum += dist[v] - 1;
      }
    printf("%.4f %lld %lld\n", t, (long long)reached, (long long)sum);
    fflush(stdout);
  }
  return 0;
}
