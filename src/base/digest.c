#include "base/digest.h"
/* The plain calls: EVP would first load its providers and a configuration file, which takes a millisecond. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include "base/str.h"

const char *digest_sha256(const char *bytes, size_t length)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes, length);
    SHA256_Final(digest, &context);
    struct str out = {0};
    for (size_t i = 0; i < sizeof digest; i++)
        str_format(&out, "%02x", digest[i]);
    return str_text(&out);
}
