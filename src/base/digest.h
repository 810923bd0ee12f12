/* SHA-256 of bytes, as 64 lower-case hexadecimal digits (OpenSSL libcrypto). */
#ifndef RUBRIC_BASE_DIGEST_H
#define RUBRIC_BASE_DIGEST_H
#include <stddef.h>
const char *digest_sha256(const char *bytes, size_t length);
#endif
