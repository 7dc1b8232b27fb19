// SPDX-License-Identifier: BSD-2-Clause
// Makes a container with two pairs and a certificate, and tells its file and the pairs' moduli.
//
//   make_container CERTIFICATE.der
#include <capishim/wincrypt.h>
#include <capishim/windows.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

void require(BOOL success, const char* what)
{
    if (success)
        return;
    std::fprintf(stderr, "%s: %#x\n", what, GetLastError());
    std::exit(1);
}

void print_modulus(const char* name, HCRYPTKEY pair)
{
    constexpr std::size_t header_size = 20;
    std::vector<BYTE> blob(1000);
    DWORD size = static_cast<DWORD>(blob.size());
    require(CryptExportKey(pair, 0, PUBLICKEYBLOB, 0, blob.data(), &size), "CryptExportKey");
    std::printf("%s=", name);
    for (std::size_t i = size; i > header_size; --i)
        std::printf("%02X", blob[i - 1]);
    std::printf("\n");
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 2;
    HCRYPTPROV provider = 0;
    require(CryptAcquireContextA(&provider, "100% of a container", MS_ENHANCED_PROV_A,
                                 PROV_RSA_FULL, CRYPT_NEWKEYSET),
            "CryptAcquireContext");
    HCRYPTKEY exchange = 0, signature = 0;
    require(CryptGenKey(provider, AT_KEYEXCHANGE, 1024u << 16 | CRYPT_EXPORTABLE, &exchange),
            "CryptGenKey");
    require(CryptGenKey(provider, AT_SIGNATURE, 1024u << 16, &signature), "CryptGenKey");
    std::ifstream file(arguments[1], std::ios::binary);
    const std::vector<char> certificate((std::istreambuf_iterator<char>(file)), {});
    require(CryptSetKeyParam(exchange, KP_CERTIFICATE,
                             reinterpret_cast<const BYTE*>(certificate.data()), 0),
            "CryptSetKeyParam");
    char name[100];
    DWORD size = sizeof name;
    require(
        CryptGetProvParam(provider, PP_UNIQUE_CONTAINER, reinterpret_cast<BYTE*>(name), &size, 0),
        "CryptGetProvParam");
    std::printf("file=%s\n", name);
    print_modulus("exchange", exchange);
    print_modulus("signature", signature);
    CryptReleaseContext(provider, 0);
}
