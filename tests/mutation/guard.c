/* Linked into each mutant: one that never ends, or takes all the memory, must not take the machine with it. */
#include <sys/resource.h>

/* The sanitizers take room of their own, and time. */
#ifdef RUBRIC_NO_GC
enum { SECONDS = 20 };
#define BYTES RLIM_INFINITY
#else
enum { SECONDS = 6 };
#define BYTES ((rlim_t)1536 << 20)
#endif

__attribute__((constructor)) static void guard(void)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){SECONDS, SECONDS});
    setrlimit(RLIMIT_AS, &(struct rlimit){BYTES, BYTES});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}
